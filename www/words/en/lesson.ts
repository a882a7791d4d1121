// Words of the lesson and its questions, in English. Of each outcome of a step: what came true, and what that means.

export const WORDS = {
  "lesson.steps": "Steps of the lesson",
  "lesson.back": "Back",
  "lesson.on": "Next step",
  "lesson.do": "Run it",
  "lesson.again": "Run it again",
  "lesson.predict-first": "Make a prediction first.",
  "lesson.untrained": "Train the network first, under Train.",
  "lesson.running": "Running …",
  "lesson.needs.purifier": "Where there is no purifier yet, the one that comes with the page is used.",
  "lesson.needs.hardened": "A copy of the network is trained on attacked signs, then both are measured: about a minute.",
  "lesson.needs.sticker": "The sticker is computed, then judged: about ten seconds.",
  "lesson.needs.stickers": "Both networks are measured under PGD, then each gets a sticker of its own: about half a minute.",
  "lesson.needs.signs": "This step needs the drawn signs: close the data set first, under Data.",
  "lesson.right": "As you said:",
  "lesson.wrong": "Not this time:",
  "lesson.figures": "Counted over many signs, with 95 % intervals",
  "lesson.figures-views": "Counted over many views of the sign, with 95 % intervals",
  "lesson.hardened": "hardened",
  "lesson.withstands": "PGD-20, ε = 8/255: still read right",
  "lesson.compare": "Here: {0}.",
  "lesson.norms": "{0}: L2 {1}, L∞ {2}/255",
  "lesson.end": "Believe a defence only after someone who knew it attacked it hard and wrote down how.",
  "lesson.came.before": "The network misread this sign already before the attack.",
  "lesson.came.before.reveal": "So the attack had nothing to do, and this picture shows nothing. Take another one under Data, and run it again.",
  "lesson.came.spoiled": "Behind the purifier this sign is misread even without an attack.",
  "lesson.came.spoiled.reveal": "A purifier costs some clean signs, and this is one of them. Take another picture under Data, and run it again.",
  "lesson.came.unread": "The network reads this sign right in no view, with or without a sticker.",
  "lesson.came.unread.reveal": "So there is nothing to fool. Train it for longer under Train, or select another model.",

  "lesson.perturbation.title": "A change you can hardly see",
  "lesson.perturbation.text":
    "An attack adds a little to each colour value of the picture, or takes a little away: the perturbation. Here it is at most 12 of 255 " +
    "steps, each in the direction that hurts the network most.",
  "lesson.perturbation.question": "Will the network still read the sign?",
  "lesson.perturbation.yes": "It reads another sign.",
  "lesson.perturbation.no": "It still reads the sign.",
  "lesson.perturbation.reveal.yes":
    "You and the network look at the same picture, but at other things in it. Move the edge to see how little has changed.",
  "lesson.perturbation.reveal.no": "This sign withstood so small a change. Take another picture under Data and run it again, or go on: ε is next.",

  "lesson.epsilon.title": "How much is enough: ε",
  "lesson.epsilon.text": "ε is the most that any colour value may change. The same attack now runs with ε = 2 and with ε = 24.",
  "lesson.epsilon.question": "Is ε = 2 of 255 enough to fool it?",
  "lesson.epsilon.yes": "Yes, even 2 steps are enough.",
  "lesson.epsilon.no": "No, 2 steps are too few; 24 are enough.",
  "lesson.epsilon.neither": "Neither 2 nor 24 steps were enough.",
  "lesson.epsilon.reveal.yes": "This sign falls to a change of 2 steps that nobody sees. Others need more: a robustness figure means nothing without its ε.",
  "lesson.epsilon.reveal.no":
    "A larger ε makes the attack easier, and easier to see. A figure of robustness means nothing without its ε.",
  "lesson.epsilon.reveal.neither":
    "This sign withstood one step of FGSM at both strengths. That is no proof: an attack that takes many small steps may still find a way.",

  "lesson.noise.title": "Random noise is no attack",
  "lesson.noise.text": "Now every colour value changes by up to 24 steps, but at random instead of along the gradient.",
  "lesson.noise.question": "Does noise of that strength fool the network?",
  "lesson.noise.yes": "Yes, noise fools it too.",
  "lesson.noise.no": "No, it still reads the sign.",
  "lesson.noise.reveal.yes":
    "That is rare: among thousands of directions few lead to another sign, and this time chance found one. With another picture it " +
    "usually does not.",
  "lesson.noise.reveal.no":
    "Among thousands of directions few lead to another sign. The attack computes one of them; chance hardly ever finds it.",

  "lesson.targeted.title": "A sign of the attacker's choice",
  "lesson.targeted.text": "A targeted attack aims at one sign: here “{0}”. It takes small steps and looks again after each.",
  "lesson.targeted.question": "Can the attacker choose what the network reads?",
  "lesson.targeted.yes": "Yes, it reads the chosen sign.",
  "lesson.targeted.no": "No, not the chosen one.",
  "lesson.targeted.reveal.yes":
    "Reaching one particular sign is harder than reaching any, but usually possible. Under Attack you can choose each of them.",
  "lesson.targeted.reveal.no":
    "Reaching one particular sign is harder than reaching any. Under Attack you can give it more steps, or a larger ε.",

  "lesson.cw.title": "The smallest change: Carlini & Wagner",
  "lesson.cw.text":
    "FGSM takes one step and spends all of ε. Carlini & Wagner look for the smallest change that works, with hundreds of steps, and " +
    "search how much fooling should count against staying close (c).",
  "lesson.cw.question": "Is the change that C&W needs smaller or larger than that of FGSM, measured as a length (L2)?",
  "lesson.cw.smaller": "It is shorter.",
  "lesson.cw.larger": "It is longer.",
  "lesson.cw.unclear": "Carlini & Wagner found no change that fools the network this time.",
  "lesson.cw.alone": "C&W fooled the network, and FGSM did not.",
  "lesson.cw.reveal.smaller":
    "Compare both lengths. FGSM moves every value by all of ε (L∞). C&W is bound by no ε, but moves only what helps, so that a defence which " +
    "stops FGSM may not notice it.",
  "lesson.cw.reveal.larger": "That is rare: with more steps Carlini & Wagner finds a smaller change for nearly every picture.",
  "lesson.cw.reveal.unclear":
    "So there is nothing to compare. With more steps it finds one for nearly every picture: take another one under Data, and run it again.",
  "lesson.cw.reveal.alone":
    "A change that fools nobody has no length worth comparing. One step within ε was too little here; a search found what is enough.",

  "lesson.purifier.title": "Washing the picture",
  "lesson.purifier.text":
    "A purifier is a second network. It learns to turn noisy and attacked pictures back into clean ones, and stands in front of the " +
    "classifier. The attacker does not know of it.",
  "lesson.purifier.question": "Is the sign read correctly after the purifier?",
  "lesson.purifier.yes": "Yes, the purifier repairs it.",
  "lesson.purifier.no": "No, the attack gets through.",
  "lesson.purifier.idle": "The attack did not even fool the network without the purifier.",
  "lesson.purifier.reveal.yes":
    "The change was made for the classifier alone. What little survives the purifier usually no longer points the right way.",
  "lesson.purifier.reveal.no":
    "This time the change got through the purifier, although the attacker knew nothing about it. One picture proves little: Measure counts " +
    "over many.",
  "lesson.purifier.reveal.idle": "So there was nothing to repair. Take another picture under Data, or a model that is fooled more easily.",

  "lesson.adaptive.title": "… until the attacker knows it",
  "lesson.adaptive.text": "Now the attacker knows the purifier and computes the gradient through both networks: an adaptive attack.",
  "lesson.adaptive.question": "Does the purifier still help?",
  "lesson.adaptive.yes": "Yes, it still holds.",
  "lesson.adaptive.no": "No, it falls.",
  "lesson.adaptive.reveal.yes": "One attack that fails proves no defence: with more steps or another picture it may fall.",
  "lesson.adaptive.reveal.no": "Two networks in a row are one network. A secret is no defence: secrets leak, and attackers guess.",

  "lesson.masked.title": "Robustness that is only apparent",
  "lesson.masked.text":
    "This layer does nothing at all, but it has no gradient, so the attack cannot move. A second attacker goes back through it as if it were " +
    "not there (BPDA).",
  "lesson.masked.question": "Does the layer without a gradient stop the second attacker?",
  "lesson.masked.yes": "No, the second attacker gets through.",
  "lesson.masked.no": "Yes, it stops both.",
  "lesson.masked.naive": "This time even the first attacker gets through.",
  "lesson.masked.reveal.yes": "When gradients are hidden, an attack fails for the wrong reason. The checks in Measure look for these symptoms.",
  "lesson.masked.reveal.no": "This time both attackers failed. One failed attack proves no defence: with more steps or another picture it may fall.",
  "lesson.masked.reveal.naive":
    "It has no gradient to follow, but it starts from random noise, and for this picture that was enough. Take another one under Data to " +
    "see the two attackers apart.",

  "lesson.training.title": "Learning from attacks, and the price",
  "lesson.training.text":
    "Adversarial training shows the network attacked signs while it learns. A copy is trained this way, then both networks read 172 new " +
    "signs, clean and attacked with PGD.",
  "lesson.training.question": "What happens to the copy?",
  "lesson.training.robust": "Better on attacked signs, worse on clean ones.",
  "lesson.training.both": "Better on attacked signs; on clean ones no difference that these signs can show.",
  "lesson.training.unclear": "On attacked signs no difference that these signs can show.",
  "lesson.training.worse": "The copy is worse on attacked signs.",
  "lesson.training.reveal.robust":
    "It is the defence that holds best within ε, and it costs: longer training, and some accuracy on clean signs.",
  "lesson.training.reveal.both":
    "It is the defence that holds best within ε, and it costs longer training. With more signs a small loss on clean ones usually shows, too.",
  "lesson.training.reveal.unclear":
    "The intervals of both networks overlap. Measure more signs, under Measure, or train for longer, under Train: no difference shown is " +
    "not the same as no difference.",
  "lesson.training.reveal.worse":
    "This quick training did harm. Trained for longer, under Train, a network usually withstands more than before.",

  "lesson.sticker.title": "A sticker, from every side",
  "lesson.sticker.text":
    "So far each picture was changed for itself. A sticker changes the sign once, and has to fool from near and far, tilted, in sun and " +
    "shade. Two bars on a quarter of a stop sign's plate are computed over many drawn views, to be read as “{0}”; then 200 fresh views " +
    "are counted.",
  "lesson.sticker.question": "In how many of the fresh views is the stop sign read as “{0}”?",
  "lesson.sticker.most": "In more than half of them.",
  "lesson.sticker.few": "In fewer than half of them.",
  "lesson.sticker.unclear": "Near half of them: more or fewer, these views cannot show.",
  "lesson.sticker.reveal.most":
    "The same colours fool the network from nearly everywhere, because they were chosen over many views at once (expectation over " +
    "transformation). Compare random colours on the same places: a sticker as such does not do it.",
  "lesson.sticker.reveal.few":
    "This network held in most views. One sticker that fails proves little: a larger one, more steps or another target may work. Try them in " +
    "Stickers.",
  "lesson.sticker.reveal.unclear":
    "The interval holds one half. More fresh views would tell; under Stickers you can set how many. Either way one sticker turns many views " +
    "that it was not made on.",

  "lesson.stickers.title": "Robust within ε, and a sticker",
  "lesson.stickers.text":
    "“{1}” comes with the page and was trained on attacks within ε. First it and “{0}” meet PGD. Then each gets a sticker of its own, as " +
    "large as the last one, computed by an attacker who knows the network.",
  "lesson.stickers.question": "Does adversarial training against small changes help against the sticker?",
  "lesson.stickers.less": "Yes, it is fooled in clearly fewer views.",
  "lesson.stickers.unclear": "No difference that these views can show.",
  "lesson.stickers.more": "No, it is fooled in even more views.",
  "lesson.stickers.reveal.less":
    "Here it helped a little. Look at how many views still fall: it was made robust within ε, and a sticker changes few places by far more " +
    "than ε.",
  "lesson.stickers.reveal.unclear":
    "It was made robust within ε: every place a little. A sticker changes few places, but as much as it likes. Robustness holds for the " +
    "attacks that it was made and measured for.",
  "lesson.stickers.reveal.more":
    "It was made robust within ε: every place a little. A sticker changes few places, but as much as it likes, and here that worked even " +
    "better. Robustness holds for the attacks that it was made and measured for.",

  "lesson.finish": "Finish",
  "lesson.next": "What next?",
  "lesson.next.set": "Set it up",
  "lesson.next.go": "Go there",
  "lesson.next.target": "Turn a sign into “{0}”",
  "lesson.next.target.words": "Carlini & Wagner with a target. Watch the search step by step, and change κ.",
  "lesson.next.knowledge": "How much is a secret worth?",
  "lesson.next.knowledge.words": "Count over 200 signs: the purifier against an attacker who does not know it, and one who does.",
  "lesson.next.train": "Harden a network yourself",
  "lesson.next.train.words": "Adversarial training with PGD, from nothing: watch clean and robust accuracy grow.",
  "lesson.next.sticker": "A sticker of black and white tape",
  "lesson.next.sticker.words": "On an eighth of the plate, as one could stick it: is that still enough?",
  "lesson.next.museum": "Break the bad defences",
  "lesson.next.museum.words": "Defences that looked good until somebody attacked them properly.",
  "lesson.forget": "Clear for the next person",
  "lesson.forget-question": "Clear the lesson?",
  "lesson.forget-words": "Predictions, results and the answers to the questions will be deleted.",

  "quiz.before": "Before: five questions",
  "quiz.after": "After: the same five questions",
  "quiz.before.lead": "What do you know already? Answer as well as you can; “I do not know” is an honest answer. The solutions come at the end.",
  "quiz.after.lead": "The same questions once more. Then you see what was right, and why.",
  "quiz.first": "Before you start, five questions; at the end you see what you have learned.",
  "quiz.first.go": "Five questions first",
  "quiz.end": "Hand in",
  "quiz.open": "Answer all five first.",
  "quiz.kept": "Your answers are kept. You get the same five questions after the last step; then they are explained.",
  "quiz.scores": "What you knew before and after",
  "quiz.question": "Question",
  "quiz.column.before": "Before",
  "quiz.column.after": "After",
  "quiz.right": "right",
  "quiz.not-right": "not right",
  "quiz.unsure": "I do not know",
  "quiz.total": "Right answers",
  "quiz.of": "{0} of {1}",
  "quiz.print": "Print the scores",
  "quiz.epsilon": "An attack keeps to ε = 8/255 (L∞). What does that say?",
  "quiz.epsilon.pixels": "It changes at most 8 of 255 pixels.",
  "quiz.epsilon.values": "It moves no colour value by more than 8 of 255 steps.",
  "quiz.epsilon.odds": "It succeeds in 8 of 255 pictures.",
  "quiz.epsilon.why": "ε bounds the change of every single colour value. How many pictures fall then is robust accuracy, and means nothing without ε.",
  "quiz.transfer": "Somebody wants to fool a network without access to its weights. Is that possible?",
  "quiz.transfer.often": "Often: an example made on a network of one’s own fools many others, too.",
  "quiz.transfer.never": "No: without the weights there is no gradient, and no attack.",
  "quiz.transfer.alike": "Only if both networks have the same weights.",
  "quiz.transfer.why": "Examples transfer between networks, and some attacks only ask for answers. To hide the weights is no defence.",
  "quiz.adaptive": "With a filter in front, 9 of 10 attacked signs are read correctly. The attacker did not know of the filter. What follows?",
  "quiz.adaptive.most": "The filter makes the network 90 % robust.",
  "quiz.adaptive.more": "The filter is better than adversarial training, which reaches less.",
  "quiz.adaptive.little": "Little, until somebody has attacked through the filter.",
  "quiz.adaptive.why": "A defence is worth what is left against an adaptive attacker, who knows it and attacks through it. Often that is next to nothing.",
  "quiz.cost": "What does adversarial training cost?",
  "quiz.cost.nothing": "Nothing: both clean and robust accuracy get better.",
  "quiz.cost.clean": "Longer training, and usually some accuracy on clean signs.",
  "quiz.cost.size": "A larger network; its accuracy on clean signs stays the same.",
  "quiz.cost.why": "Each step first computes attacks on the present weights, and what is learned from them is usually paid for with some clean signs.",
  "quiz.sticker": "A network was trained against changes within ε = 8/255. Now there is a sticker on the sign. Does that training help?",
  "quiz.sticker.same": "Yes, as much as against other attacks.",
  "quiz.sticker.never": "It is not needed: a sticker fools from one side only.",
  "quiz.sticker.hardly": "Hardly: a sticker changes few places, but by far more than ε.",
  "quiz.sticker.why": "Robustness holds for the attacks that it was made for. A sticker is computed over many views, and bound by its place instead of ε.",

  "sheet.title": "Fool the Sign: worksheet",
  "sheet.scores": "Fool the Sign: five questions before and after the lesson",
  "sheet.name": "Name: ______________________  Date: ______________",
  "sheet.seen": "What I saw: ______________________________________________________________",
};
