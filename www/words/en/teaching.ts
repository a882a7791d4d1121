// Words of the lesson, the museum and the glossary, in English.

export const WORDS = {
  "stage.through": "through “{0}”",
  "stage.held": "It held",
  "lesson.steps": "Steps of the lesson",
  "lesson.back": "Back",
  "lesson.on": "Next step",
  "lesson.do": "Do it",
  "lesson.again": "Do it again",
  "lesson.predict-first": "Guess first: then you can do it.",
  "lesson.untrained": "The network has to be trained first, under Train.",
  "lesson.running": "Running …",
  "lesson.needs.purifier": "A purifier is trained first if there is none: about half a minute.",
  "lesson.needs.hardened": "A copy of the network is trained on attacked signs, then both are measured: about a minute.",
  "lesson.right": "You guessed it:",
  "lesson.wrong": "It came otherwise:",
  "lesson.figures": "Both networks, signs read correctly",
  "lesson.hardened": "hardened",
  "lesson.compare": "Here: {0}.",
  "lesson.end": "Believe a defence when it has been attacked by somebody who knew it, tried hard, and wrote down how.",
  "lesson.perturbation.title": "A change you hardly see",
  "lesson.perturbation.text":
    "An attack adds a little to each colour value of the picture or takes a little away: the perturbation. Here it is 12 of 255 steps " +
    "at most, each in the direction that hurts the network most.",
  "lesson.perturbation.question": "Will the network still read the sign?",
  "lesson.perturbation.yes": "It reads another sign.",
  "lesson.perturbation.no": "It still reads the sign.",
  "lesson.perturbation.reveal":
    "You and the network look at the same picture, but at other things in it. Move the edge to see how little has changed.",
  "lesson.epsilon.title": "How much is enough: ε",
  "lesson.epsilon.text": "The most that a colour value may change is called ε. The same attack is now made with ε = 2 and with ε = 24.",
  "lesson.epsilon.question": "Is ε = 2 of 255 enough to fool it?",
  "lesson.epsilon.yes": "Yes, even 2 steps are enough.",
  "lesson.epsilon.no": "No, 2 steps are too few.",
  "lesson.epsilon.reveal":
    "The larger ε, the easier it is for the attacker and the easier to see. A figure of robustness means nothing without its ε.",
  "lesson.noise.title": "Chance is no attacker",
  "lesson.noise.text": "Now every colour value changes by up to 24 steps, but at random instead of along the gradient.",
  "lesson.noise.question": "Does noise of that strength fool the network?",
  "lesson.noise.yes": "Yes, noise fools it too.",
  "lesson.noise.no": "No, it reads on.",
  "lesson.noise.reveal": "Among thousands of directions few lead to another sign. The attack computes one of them; chance hardly ever finds it.",
  "lesson.targeted.title": "A sign of the attacker's choice",
  "lesson.targeted.text": "A targeted attack aims at one sign: here “Speed limit 120”. It takes small steps and looks again after each.",
  "lesson.targeted.question": "Can the attacker choose what the network reads?",
  "lesson.targeted.yes": "Yes, it reads the chosen sign.",
  "lesson.targeted.no": "No, not the chosen one.",
  "lesson.targeted.reveal": "To reach one chosen sign is harder than to reach any, and mostly possible. In Attack you can choose each of the 43.",
  "lesson.cw.title": "Why Carlini & Wagner is stronger",
  "lesson.cw.text":
    "FGSM takes one step and spends all of ε. Carlini & Wagner look for the smallest change that works, with hundreds of steps, and " +
    "try how much fooling should count against staying close (c).",
  "lesson.cw.question": "Is the change that C&W needs smaller or larger than that of FGSM?",
  "lesson.cw.smaller": "It is smaller.",
  "lesson.cw.larger": "It is larger.",
  "lesson.cw.reveal": "Compare the lengths of both changes (L2). A defence that stops FGSM may not notice this one at all.",
  "lesson.purifier.title": "Washing the picture",
  "lesson.purifier.text":
    "A purifier is a second network. It learns to turn noisy and attacked pictures back into clean ones, and stands before the " +
    "classifier. The attacker does not know of it.",
  "lesson.purifier.question": "Is the sign read correctly behind the purifier?",
  "lesson.purifier.yes": "Yes, the purifier repairs it.",
  "lesson.purifier.no": "No, the attack gets through.",
  "lesson.purifier.reveal":
    "The change was made for the classifier alone. What little of it is left behind the purifier mostly does not point the right way " +
    "any more.",
  "lesson.adaptive.title": "… until the attacker knows it",
  "lesson.adaptive.text": "Now the attacker knows the purifier and computes the gradient through both networks.",
  "lesson.adaptive.question": "Does the purifier still help?",
  "lesson.adaptive.yes": "Yes, it still holds.",
  "lesson.adaptive.no": "No, it falls.",
  "lesson.adaptive.reveal": "Two networks in a row are one network. A secret is no defence: secrets leak, and attackers guess.",
  "lesson.masked.title": "Strength that is only hidden",
  "lesson.masked.text":
    "This layer does nothing at all, but it has no gradient, so the attack stands still. A second attacker goes back through it as if " +
    "it were not there (BPDA).",
  "lesson.masked.question": "Does the layer without a gradient stop the second attacker?",
  "lesson.masked.yes": "No, the second attacker gets through.",
  "lesson.masked.no": "Yes, it stops both.",
  "lesson.masked.reveal": "When gradients are hidden, an attack fails for the wrong reason. The checks in Measure look for such signs.",
  "lesson.training.title": "Learning from attacks, and the price",
  "lesson.training.text":
    "Adversarial training shows the network attacked signs while it learns. A copy is trained so, then both networks read 86 new " +
    "signs, clean and attacked with PGD.",
  "lesson.training.question": "What happens to the copy?",
  "lesson.training.both": "Better on attacked signs, no worse on clean ones.",
  "lesson.training.robust": "Better on attacked signs, worse on clean ones.",
  "lesson.training.clean": "Not better on attacked signs.",
  "lesson.training.reveal":
    "It is the defence that holds best, and it costs: longer training, and some accuracy on clean signs. Now you know the whole field " +
    "in small.",
  "sheet.title": "Fool the Sign: worksheet",
  "sheet.name": "Name: ______________________  Date: ______________",
  "sheet.seen": "What I saw: ______________________________________________________________",
  "museum.weak": "Attack as it likes",
  "museum.strong": "Attack properly",
  "museum.set-up": "Set it up",
  "museum.huge_logits.title": "The loud network",
  "museum.huge_logits.claim": "Its outputs are multiplied by a million. It claims: “PGD cannot touch me.”",
  "museum.huge_logits.trick":
    "With outputs that large every probability is exactly 0 or 1, and the gradient of the loss rounds to zero. The attack gets no " +
    "direction; the network is as weak as before.",
  "museum.no_gradient.title": "The wall without a gradient",
  "museum.no_gradient.claim": "A layer that hands the picture on but has no gradient. It claims: “No gradient, no attack.”",
  "museum.no_gradient.trick": "BPDA goes back through the layer as if it were not there. Many published defences fell this way in 2018.",
  "museum.one_bit.title": "Black or white",
  "museum.one_bit.claim": "Each colour value becomes 0 or 1. It claims: “Small changes are rounded away.”",
  "museum.one_bit.trick":
    "Values near one half tip over easily, and rounding has no gradient, so a naive attack stands still. BPDA finds them. Look also at " +
    "what it costs on clean signs.",
  "museum.jpeg.title": "The crumpled copy",
  "museum.jpeg.claim": "The picture is strongly compressed as JPEG. It claims: “Compression removes the attack.”",
  "museum.jpeg.trick": "It removes an attack that was made without it. One that is made with it in mind survives.",
  "museum.secret.title": "The secret purifier",
  "museum.secret.claim": "A purifier that the attacker does not know. It claims: “Nobody gets past me.”",
  "museum.secret.trick": "It holds as long as it is a secret. End to end it is one more network to attack.",
  "museum.stale.title": "The old exercise book",
  "museum.stale.claim": "Adversarial training with examples that were made once, before training. It claims: “I have learned all attacks.”",
  "museum.stale.trick":
    "It has learned these pictures by heart. New examples, made for the present weights, fool it as before: train it and look at the " +
    "robust accuracy.",
  "museum.copying.title": "The copying purifier",
  "museum.copying.claim": "An autoencoder that was trained to turn clean signs into clean signs. It claims: “I have seen what signs look like.”",
  "museum.copying.trick":
    "The best way to turn clean into clean is to copy, and a copy hands the attack through. Train it and look at the pictures before " +
    "and after.",
  "gloss.terms": "Terms",
  "gloss.attacks": "Attacks",
  "gloss.defences": "Defences",
  "gloss.recipes": "Training recipes",
  "gloss.adversarial.title": "Adversarial example",
  "gloss.adversarial":
    "A picture that a person reads as before and a network reads as something else, because somebody has changed it for that purpose.",
  "gloss.perturbation.title": "Perturbation, δ",
  "gloss.perturbation":
    "What the attack adds to the picture: the difference between the attacked picture x′ and the original x. All values lie between 0 " +
    "and 1.",
  "gloss.norms.title": "L0, L2, L∞",
  "gloss.norms":
    "Three ways to say how large a change is: how many values change at all, how long the change is as an arrow, and how far the value " +
    "moves that moves most.",
  "gloss.epsilon.title": "Strength, ε",
  "gloss.epsilon": "The most that any colour value may change. It is given in steps of 1/255, the steps of a saved picture.",
  "gloss.logits.title": "Logits and probabilities",
  "gloss.logits":
    "The network ends in one number for each sign, the logits z. Softmax turns them into shares that add up to one. They say how sure " +
    "the network is, not how right.",
  "gloss.gradient.title": "Gradient",
  "gloss.gradient":
    "By how much the loss changes when a pixel changes a little, for each pixel. It is the direction that hurts most, and what most " +
    "attacks follow. As a picture it shows what the answer hangs on.",
  "gloss.margin.title": "Margin",
  "gloss.margin": "By how many logits the right sign is ahead of the next one, or the target behind. Below zero the attack has reached its goal.",
  "gloss.targeted.title": "Targeted and untargeted",
  "gloss.targeted": "An untargeted attack wants any wrong answer; a targeted one wants the answer t.",
  "gloss.knowledge.title": "What the attacker knows",
  "gloss.knowledge":
    "Oblivious: the attacker knows the network but not the defence. Adaptive: knows both and attacks through both. A defence is worth " +
    "what is left against an adaptive attacker.",
  "gloss.bpda.title": "BPDA",
  "gloss.bpda":
    "Backward pass differentiable approximation: forwards the defence g is used as it is, backwards it is taken for something that has " +
    "a gradient, here for the identity.",
  "gloss.transfer.title": "Transfer",
  "gloss.transfer": "An example made on one network often fools another. So an attacker needs no access to the network that is attacked.",
  "gloss.interval.title": "95 % interval",
  "gloss.interval":
    "A share counted over n signs is uncertain. The Wilson interval says between which bounds the true share lies, in 95 of 100 such " +
    "counts.",
  "gloss.attack.fgsm":
    "Fast gradient sign method. One step of size ε along the sign of the gradient, for all values at once. Quick, and the weakest of " +
    "the gradient attacks.",
  "gloss.attack.bim": "Basic iterative method: FGSM in small steps α, each followed by a return into the box of size ε (Π).",
  "gloss.attack.pgd": "Projected gradient descent: BIM from a random start, perhaps several times. The usual measure of robustness within ε.",
  "gloss.attack.apgd":
    "PGD with momentum whose step η halves when it stops helping. It needs no setting of the step, and its other loss (DLR) does not " +
    "mind how large the logits are.",
  "gloss.attack.square":
    "Changes random squares and keeps what helps. It only asks the network and uses no gradient, so hidden gradients do not stop it.",
  "gloss.attack.ensemble":
    "APGD, targeted APGD and Square, each on what the ones before could not fool; in the manner of AutoAttack. The worst of the three " +
    "counts.",
  "gloss.attack.cw":
    "Looks for the smallest change, measured by L2, that reaches the goal by a margin κ. The weight c is searched for: too small and " +
    "nothing is fooled, too large and the change grows. The variable w keeps all values between 0 and 1.",
  "gloss.attack.deepfool":
    "Takes the border to the nearest other sign for a plane, steps onto it, and looks again. A small change in few steps, without a " +
    "target.",
  "gloss.attack.jsma":
    "Changes few values, but strongly: those that raise the target and lower the rest most, by the saliency map S. In the one-pixel " +
    "form one value at a time.",
  "gloss.attack.noise": "No attack, but the control: random noise of the same strength. Whatever calls itself an attack has to beat it.",
  "gloss.defence.purifier":
    "An autoencoder g that learns to take noise and attacks n out of a picture. The second term makes the classifier's answer to the " +
    "purified picture that of the clean one.",
  "gloss.defence.detector":
    "Compares the answers before and after the purifier. A clean picture hardly changes, an attacked one does; what changes more than " +
    "τ is refused.",
  "gloss.defence.bit_depth": "Leaves b bits of each colour value, so that small changes are rounded away, unless they tip a value over.",
  "gloss.defence.median": "Each value becomes the median of its neighbours. Single outliers vanish; a change spread over the picture does not.",
  "gloss.defence.jpeg": "Compresses the picture as JPEG, which drops fine patterns. Attacks that are made with the compression in mind survive it.",
  "gloss.defence.huge_logits": "A bad example: outputs so large that the gradient of the loss rounds to zero.",
  "gloss.defence.no_gradient": "A bad example: a layer that changes nothing but hides the gradient.",
  "gloss.recipe.pgd":
    "In each step the worst example within ε is looked for with the present weights, and learned from. The most reliable recipe; as " +
    "many times slower as PGD has steps.",
  "gloss.recipe.fgsm": "Half of the loss on clean signs, half on signs attacked by FGSM.",
  "gloss.recipe.fast":
    "One step from a random start u. Quick, but it can overfit all at once: then it is robust against FGSM only. Training watches for " +
    "that and goes back.",
  "gloss.recipe.trades":
    "Learns the clean signs and, with weight β, to answer the attacked sign as it answers the clean one. β sets the price of " +
    "robustness.",
  "gloss.recipe.stale":
    "A bad example: the attacked signs are made once, with the weights before training. The network learns those and nothing else.",
  "gloss.equation": "Equation",
  "lesson.training.unclear": "With so few signs the difference cannot be told from chance.",
  "lesson.training.reveal.both":
    "It is the defence that holds best, and it costs longer training. On clean signs no difference shows with so few signs; with more " +
    "of them there usually is one.",
  "lesson.training.reveal.clean":
    "This quick training was not enough. Trained for longer, in Train, the copy usually withstands more; it is the defence that holds " +
    "best.",
  "lesson.training.reveal.unclear":
    "The intervals of both networks overlap. Measure more signs, in Measure, or train for longer: it is the defence that holds best.",
  "lesson.perturbation.reveal.no": "This sign withstood so small a change. Take another picture in Data, or a larger ε, and do it again.",
  "lesson.noise.reveal.yes":
    "That is rare: among thousands of directions few lead to another sign, and this time chance found one. With another picture it " +
    "mostly does not.",
  "lesson.cw.reveal.larger":
    "This time one large step was shorter. That is rare: with more steps Carlini & Wagner finds a smaller change for nearly every " +
    "picture.",
  "lesson.purifier.reveal.no":
    "This time the change got through the purifier, although the attacker knew nothing of it. One picture proves little: Measure " +
    "counts over many.",
  "lesson.adaptive.reveal.yes": "This time it held. One attack that fails proves no defence: with more steps or another picture it may fall.",
  "lesson.masked.reveal.no":
    "This time both attackers failed, the second too. One attack that fails proves no defence: with more steps or another picture it " +
    "may fall.",
  "lesson.epsilon.reveal.yes":
    "This sign falls to a change of 2 steps that nobody sees. Others need more: a figure of robustness means nothing without its ε.",
  "lesson.targeted.reveal.no":
    "This time the chosen sign was not reached. To reach one chosen sign is harder than to reach any: in Attack you can give it more steps, " +
    "or a larger ε.",
  "lesson.cw.unclear": "Carlini & Wagner found no change that fools the network this time.",
  "lesson.cw.reveal.unclear":
    "So there is nothing to compare. With more steps it finds one for nearly every picture: take another one in Data, and do it again.",
};
