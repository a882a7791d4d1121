// Words of the museum and the glossary, in English.

export const WORDS = {
  "stage.through": "through “{0}”",
  "stage.held": "It held",
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
  "museum.epsilon.title": "The armour against small changes",
  "museum.epsilon.claim": "A network that was trained against every change within ε. It claims: “I am robust.”",
  "museum.epsilon.trick":
    "A sticker keeps to a place and not to ε. In 2018 Eykholt and others put black and white stickers on a real stop sign: filmed from a " +
    "moving car, 84.8 % of the frames were read as the sign that they had chosen. One such sign was shown in the Science Museum in London.",
  "museum.epsilon.open": "Make such a sticker",
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
  "gloss.transfer-table.title": "Transfer table",
  "gloss.transfer-table":
    "A row for each network that examples are made on, a column for each that reads them. On the diagonal the attacker has the network " +
    "itself (white box), beside it only another one. Stickers shows a row of it: one sticker, read by every network on the shelf.",
  "gloss.universal.title": "Universal perturbation",
  "gloss.universal":
    "One change δ for all pictures, instead of a new one for each: made on some of them, it fools on most others, too. It needs no " +
    "computation at the moment of the attack.",
  "gloss.sticker.title": "Sticker, physical attack",
  "gloss.sticker":
    "A change s of the thing itself and not of its picture: it has to fool in every view v that a camera may have. It may change few places, " +
    "but those as much as it likes, so ε says nothing of it.",
  "gloss.eot.title": "EOT",
  "gloss.eot":
    "Expectation over transformation: the loss is averaged over views v that are drawn anew in each step (pose, light, blur), so that the " +
    "change works in all of them and not in one.",
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
};
