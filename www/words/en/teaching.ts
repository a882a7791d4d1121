// Words of the lesson, the museum and the glossary, in English.

export const WORDS = {
  "stage.through": "through “{0}”",
  "stage.held": "It held",
  "lesson.steps": "Steps of the lesson",
  "lesson.back": "Back",
  "lesson.on": "Next step",
  "lesson.do": "Run it",
  "lesson.again": "Run it again",
  "lesson.predict-first": "Make a prediction first.",
  "lesson.untrained": "Train the network first, under Train.",
  "lesson.running": "Running …",
  "lesson.needs.purifier": "If there is no purifier yet, one is trained first: about half a minute.",
  "lesson.needs.hardened": "A copy of the network is trained on attacked signs, then both are measured: about a minute.",
  "lesson.right": "Correct:",
  "lesson.wrong": "Not this time:",
  "lesson.figures": "Both networks, signs read correctly",
  "lesson.hardened": "hardened",
  "lesson.compare": "Here: {0}.",
  "lesson.end": "Believe a defence only after someone who knew it attacked it hard and wrote down how.",
  "lesson.perturbation.title": "A change you can hardly see",
  "lesson.perturbation.text":
    "An attack adds a little to each colour value of the picture, or takes a little away: the perturbation. Here it is at most 12 of 255 " +
    "steps, each in the direction that hurts the network most.",
  "lesson.perturbation.question": "Will the network still read the sign?",
  "lesson.perturbation.yes": "It reads another sign.",
  "lesson.perturbation.no": "It still reads the sign.",
  "lesson.perturbation.reveal": "You and the network read the same picture, but rely on different things in it. Move the edge to see how little has changed.",
  "lesson.epsilon.title": "How much is enough: ε",
  "lesson.epsilon.text": "ε is the most that any colour value may change. The same attack now runs with ε = 2 and with ε = 24.",
  "lesson.epsilon.question": "Is ε = 2 of 255 enough to fool it?",
  "lesson.epsilon.yes": "Yes, even 2 steps are enough.",
  "lesson.epsilon.no": "No, 2 steps are too few.",
  "lesson.epsilon.reveal": "A larger ε makes the attack easier, and easier to see. A robustness figure means nothing without its ε.",
  "lesson.noise.title": "Random noise is no attack",
  "lesson.noise.text": "Now every colour value changes by up to 24 steps, but at random instead of along the gradient.",
  "lesson.noise.question": "Does noise of that strength fool the network?",
  "lesson.noise.yes": "Yes, noise fools it too.",
  "lesson.noise.no": "No, it still reads the sign.",
  "lesson.noise.reveal": "Of all the possible directions, very few lead to another sign. The attack computes one of them; random noise hardly ever finds it.",
  "lesson.targeted.title": "A sign of the attacker's choice",
  "lesson.targeted.text": "A targeted attack aims at one sign: here “Speed limit 120”. It takes small steps and recomputes the direction after each.",
  "lesson.targeted.question": "Can the attacker choose what the network reads?",
  "lesson.targeted.yes": "Yes, it reads the chosen sign.",
  "lesson.targeted.no": "No, not the chosen one.",
  "lesson.targeted.reveal": "Reaching one particular sign is harder than reaching any, but usually possible. Under Attack you can choose any of the 43.",
  "lesson.cw.title": "How Carlini & Wagner finds a smaller change",
  "lesson.cw.text":
    "FGSM takes one step and uses all of ε on every value. Carlini & Wagner search for the smallest change (in L2) that works, over hundreds " +
    "of steps, and try how much fooling should count compared with staying close (c).",
  "lesson.cw.question": "Is the change that C&W needs shorter or longer (L2) than that of FGSM?",
  "lesson.cw.smaller": "It is shorter.",
  "lesson.cw.larger": "It is longer.",
  "lesson.cw.reveal":
    "Compare both norms: FGSM spreads its change evenly (small L∞, large L2), C&W keeps the whole change short (small L2). A defence that " +
    "stops one need not stop the other.",
  "lesson.purifier.title": "Washing the picture",
  "lesson.purifier.text":
    "A purifier is a second network, in front of the classifier. It learns to turn noisy and attacked pictures back into clean ones. The " +
    "attacker does not know about it.",
  "lesson.purifier.question": "Is the sign read correctly after the purifier?",
  "lesson.purifier.yes": "Yes, the purifier repairs it.",
  "lesson.purifier.no": "No, the attack gets through.",
  "lesson.purifier.reveal": "The change was made for the classifier alone. What little survives the purifier usually no longer points the right way.",
  "lesson.adaptive.title": "… until the attacker knows it",
  "lesson.adaptive.text": "Now the attacker knows the purifier and computes the gradient through both networks.",
  "lesson.adaptive.question": "Does the purifier still help?",
  "lesson.adaptive.yes": "Yes, it still holds.",
  "lesson.adaptive.no": "No, it falls.",
  "lesson.adaptive.reveal": "Two networks in a row are one network. A secret is no defence: secrets leak, and attackers guess.",
  "lesson.masked.title": "Robustness that is only apparent",
  "lesson.masked.text":
    "This layer does nothing at all, but it has no gradient, so the attack cannot move. A second attacker goes back through it as if it were " +
    "not there (BPDA).",
  "lesson.masked.question": "Does the layer without a gradient stop the second attacker?",
  "lesson.masked.yes": "No, the second attacker gets through.",
  "lesson.masked.no": "Yes, it stops both.",
  "lesson.masked.reveal": "When gradients are masked, an attack fails for the wrong reason. The checks under Measure look for these symptoms.",
  "lesson.training.title": "Learning from attacks, and the price",
  "lesson.training.text":
    "Adversarial training shows the network attacked signs while it learns. A copy is trained this way, then both networks read 86 new signs, " +
    "clean and attacked with PGD.",
  "lesson.training.question": "What happens to the copy?",
  "lesson.training.both": "Better on attacked signs, no worse on clean ones.",
  "lesson.training.robust": "Better on attacked signs, worse on clean ones.",
  "lesson.training.clean": "Not better on attacked signs.",
  "lesson.training.reveal":
    "It is the defence that holds up best, and it costs: longer training, and some accuracy on clean signs. Now you have seen the whole field " +
    "in miniature.",
  "sheet.title": "Fool the Sign: worksheet",
  "sheet.name": "Name: ______________________  Date: ______________",
  "sheet.seen": "What I saw: ______________________________________________________________",
  "museum.weak": "Attack it the easy way",
  "museum.strong": "Attack it properly",
  "museum.set-up": "Set it up",
  "museum.huge_logits.title": "The loud network",
  "museum.huge_logits.claim": "Its outputs are multiplied by a million. It claims: “PGD cannot touch me.”",
  "museum.huge_logits.trick":
    "With outputs that large every probability is exactly 0 or 1, and the gradient of the loss rounds to zero. The attack gets no direction, " +
    "but the network is as weak as before.",
  "museum.no_gradient.title": "The wall without a gradient",
  "museum.no_gradient.claim": "A layer that passes the picture on unchanged but has no gradient. It claims: “No gradient, no attack.”",
  "museum.no_gradient.trick":
    "BPDA goes back through the layer as if it were not there. In 2018 Athalye and others found masked gradients in 7 of 9 published defences: " +
    "6 fell completely, one in part.",
  "museum.one_bit.title": "Black or white",
  "museum.one_bit.claim": "Each colour value becomes 0 or 1. It claims: “Small changes are rounded away.”",
  "museum.one_bit.trick":
    "Values near one half flip easily, and rounding has no gradient, so a naive attack cannot move. BPDA gets around that. Look also at what " +
    "it costs on clean signs.",
  "museum.jpeg.title": "The crumpled copy",
  "museum.jpeg.claim": "The picture is heavily compressed as JPEG. It claims: “Compression removes the attack.”",
  "museum.jpeg.trick": "It removes an attack that was made without it. One made with the compression in mind survives.",
  "museum.secret.title": "The secret purifier",
  "museum.secret.claim": "A purifier that the attacker does not know about. It claims: “Nobody gets past me.”",
  "museum.secret.trick": "It holds as long as it stays secret. Attacked end to end, it is just one more network.",
  "museum.stale.title": "The old exercise book",
  "museum.stale.claim": "Adversarial training with examples that were made once, before training. It claims: “I have learned all attacks.”",
  "museum.stale.trick":
    "It has learned those pictures by heart. New examples, made for the current weights, fool it as before: train it and look at the robust " +
    "accuracy.",
  "museum.copying.title": "The copying purifier",
  "museum.copying.claim": "An autoencoder that was trained to turn clean signs into clean signs. It claims: “I have seen what signs look like.”",
  "museum.copying.trick":
    "The best way to turn clean into clean is to copy, and a copy lets the attack through. Train it and look at the pictures before and after.",
  "gloss.terms": "Terms",
  "gloss.attacks": "Attacks",
  "gloss.defences": "Defences",
  "gloss.recipes": "Training recipes",
  "gloss.adversarial.title": "Adversarial example",
  "gloss.adversarial": "A picture that a person reads as before and a network reads as something else, because somebody changed it for that purpose.",
  "gloss.perturbation.title": "Perturbation, δ",
  "gloss.perturbation":
    "What the attack adds to the picture: the difference between the attacked picture x′ and the original x. All values lie between 0 " +
    "and 1.",
  "gloss.norms.title": "L0, L2, L∞",
  "gloss.norms":
    "Three measures of a change: how many values change at all (L0; the page counts pixels that changed in any channel, JSMA counts values), " +
    "its length as an arrow (L2), and the largest change of any single value (L∞).",
  "gloss.epsilon.title": "Strength, ε",
  "gloss.epsilon": "The most that any colour value may change. It is given in steps of 1/255, the steps of a saved picture.",
  "gloss.logits.title": "Logits and probabilities",
  "gloss.logits":
    "The network ends in one number for each sign, the logits z. Softmax turns them into shares that add up to one. They say how sure the " +
    "network is, not how likely it is to be right.",
  "gloss.gradient.title": "Gradient",
  "gloss.gradient":
    "How much the loss changes when a pixel changes a little, for each pixel. It is the direction that hurts most, and what most attacks " +
    "follow. Drawn as a picture (of the answer’s logit), it shows what the answer depends on.",
  "gloss.margin.title": "Margin",
  "gloss.margin": "By how many logits the right sign is ahead of the next one, or the target behind. Below zero the attack has reached its goal.",
  "gloss.targeted.title": "Targeted and untargeted",
  "gloss.targeted": "An untargeted attack wants any wrong answer; a targeted one wants the answer t.",
  "gloss.knowledge.title": "What the attacker knows",
  "gloss.knowledge":
    "Oblivious: the attacker knows the network but not the defence. Adaptive: knows both and attacks through both. A defence is worth only " +
    "what survives an adaptive attacker.",
  "gloss.bpda.title": "BPDA",
  "gloss.bpda":
    "Backward pass differentiable approximation: forwards the defence g is used as it is; backwards it is replaced by something that has a " +
    "gradient, here the identity.",
  "gloss.transfer.title": "Transfer",
  "gloss.transfer": "An example made on one network often fools another, so an attacker needs no access to the network under attack.",
  "gloss.interval.title": "95 % interval",
  "gloss.interval":
    "A share counted over n signs is uncertain. The Wilson interval is built so that it contains the true share in about 95 of 100 such counts.",
  "gloss.attack.fgsm":
    "Fast gradient sign method. One step of size ε along the sign of the gradient, for all values at once. Quick, and the weakest of the " +
    "gradient attacks.",
  "gloss.attack.bim": "Basic iterative method: FGSM in small steps α, each followed by a projection back into the box of size ε (Π).",
  "gloss.attack.pgd": "Projected gradient descent: BIM from a random start, repeated if you like. The usual measure of robustness within ε.",
  "gloss.attack.apgd":
    "PGD with momentum, whose step η halves when it stops helping. It needs no step size to be set, and its other loss (DLR) is unaffected by " +
    "the scale of the logits.",
  "gloss.attack.square": "Changes random squares and keeps what helps. It only queries the network and uses no gradient, so masked gradients do not stop it.",
  "gloss.attack.ensemble":
    "APGD, targeted APGD and Square, each on what the previous ones could not fool, in the manner of AutoAttack. The worst of the three counts.",
  "gloss.attack.cw":
    "Searches for the smallest change, measured by L2, that reaches the goal by a margin κ. The weight c is searched for too: too small and " +
    "nothing is fooled, too large and the change grows. The variable w keeps all values between 0 and 1.",
  "gloss.attack.deepfool": "Treats the border to the nearest other sign as flat, steps onto it, and repeats. A small change in few steps, without a target.",
  "gloss.attack.jsma":
    "Changes few values, but strongly: those that most raise the target and lower the rest, by the saliency map S. There is also a form that " +
    "changes a single value at a time.",
  "gloss.attack.noise": "Not an attack but the control: random noise of the same strength. Anything that calls itself an attack has to beat it.",
  "gloss.defence.purifier":
    "An autoencoder g that learns to take noise and attacks η out of a picture. The second term brings the classifier’s answer to the purified " +
    "picture close to its answer to the clean one; the third, with weight μ, brings it close to the right label.",
  "gloss.defence.detector":
    "Compares a picture with its purified form: the answers (their Jensen–Shannon divergence) or the pixels (the reconstruction error, L1 or " +
    "L2). A clean picture hardly changes, an attacked one does; what changes more than τ is rejected.",
  "gloss.defence.bit_depth": "Keeps b bits of each colour value, so that small changes are rounded away, unless they flip a value.",
  "gloss.defence.median": "Each value becomes the median of its neighbours. Single outliers vanish; a change spread over the picture does not.",
  "gloss.defence.jpeg": "Compresses the picture as JPEG, which drops fine patterns. Attacks made with the compression in mind survive it.",
  "gloss.defence.huge_logits": "A bad example: outputs so large that the gradient of the loss rounds to zero.",
  "gloss.defence.no_gradient": "A bad example: a layer that changes nothing but hides the gradient.",
  "gloss.recipe.pgd":
    "In each step it searches for the worst example within ε at the current weights, and learns from that. The most reliable recipe; about " +
    "steps + 1 times as slow.",
  "gloss.recipe.fgsm": "Half of the loss on clean signs, half on signs attacked by FGSM.",
  "gloss.recipe.fast":
    "One step from a random start u. Quick, but it can suddenly overfit: then it is robust against FGSM only. Training watches for that and " +
    "goes back.",
  "gloss.recipe.trades":
    "Learns the clean signs and, with weight β, to answer the attacked sign as it answers the clean one. β sets the trade-off between accuracy " +
    "and robustness.",
  "gloss.recipe.stale":
    "A bad example: the attacked signs are made once, with the weights before training. The network learns those and nothing else.",
  "gloss.equation": "Equation",
  "lesson.training.unclear": "No difference that so few signs can show.",
  "lesson.training.reveal.both":
    "It is the defence that holds up best, at the price of longer training. On clean signs so few show no difference; with more there usually " +
    "is one.",
  "lesson.training.reveal.clean":
    "This quick training was not enough. Trained for longer, under Train, the copy usually withstands more; it is the defence that holds up " +
    "best.",
  "lesson.training.reveal.unclear":
    "The intervals of the two networks overlap. Measure more signs, under Measure, or train for longer: it is the defence that holds up best.",
  "lesson.perturbation.reveal.no": "This sign withstood so small a change. Pick another picture under Data, or a larger ε, and run it again.",
  "lesson.noise.reveal.yes":
    "That is rare: very few directions lead to another sign, and this time random noise found one. With another picture it usually does not.",
  "lesson.cw.reveal.larger":
    "This time one large step was shorter. That is rare: with more steps Carlini & Wagner finds a shorter change for nearly every picture.",
  "lesson.purifier.reveal.no":
    "This time the change got through the purifier, although the attacker knew nothing about it. One picture proves little: Measure counts " +
    "over many.",
  "lesson.adaptive.reveal.yes": "This time it held. One failed attack proves no defence: with more steps or another picture it may fall.",
  "lesson.masked.reveal.no": "This time both attackers failed. One failed attack proves no defence: with more steps or another picture it may fall.",
  "lesson.epsilon.reveal.yes": "This sign falls to a change of 2 steps that nobody sees. Others need more: a robustness figure means nothing without its ε.",
  "lesson.targeted.reveal.no":
    "This time the chosen sign was not reached. Reaching one particular sign is harder than reaching any: under Attack you can give it more " +
    "steps, or a larger ε.",
  "lesson.cw.unclear": "Carlini & Wagner found no change that fools the network this time.",
  "lesson.cw.reveal.unclear":
    "So there is nothing to compare. With more steps it finds one for nearly every picture: pick another one under Data, and run it again.",
};
