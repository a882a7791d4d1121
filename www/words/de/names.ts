// Names and explanations, in German.

import type { WORDS as EN } from "../en/names.js";

export const WORDS: Record<keyof typeof EN, string> = {
  "sign.0": "Tempo 20",
  "sign.1": "Tempo 30",
  "sign.2": "Tempo 50",
  "sign.3": "Tempo 60",
  "sign.4": "Tempo 70",
  "sign.5": "Tempo 80",
  "sign.6": "Ende von Tempo 80",
  "sign.7": "Tempo 100",
  "sign.8": "Tempo 120",
  "sign.9": "Überholverbot",
  "sign.10": "Überholverbot für Lkw",
  "sign.11": "Vorfahrt an der nächsten Kreuzung",
  "sign.12": "Vorfahrtstraße",
  "sign.13": "Vorfahrt gewähren",
  "sign.14": "Halt (Stopp)",
  "sign.15": "Verbot für Fahrzeuge aller Art",
  "sign.16": "Verbot für Lkw",
  "sign.17": "Einfahrt verboten",
  "sign.18": "Gefahrenstelle",
  "sign.19": "Linkskurve",
  "sign.20": "Rechtskurve",
  "sign.21": "Doppelkurve",
  "sign.22": "Unebene Fahrbahn",
  "sign.23": "Schleudergefahr",
  "sign.24": "Fahrbahn rechts verengt",
  "sign.25": "Baustelle",
  "sign.26": "Ampel",
  "sign.27": "Fußgänger",
  "sign.28": "Kinder",
  "sign.29": "Radfahrer",
  "sign.30": "Schnee- oder Eisglätte",
  "sign.31": "Wildwechsel",
  "sign.32": "Ende aller Verbote",
  "sign.33": "Rechts abbiegen",
  "sign.34": "Links abbiegen",
  "sign.35": "Geradeaus",
  "sign.36": "Geradeaus oder rechts",
  "sign.37": "Geradeaus oder links",
  "sign.38": "Rechts vorbei",
  "sign.39": "Links vorbei",
  "sign.40": "Kreisverkehr",
  "sign.41": "Ende des Überholverbots",
  "sign.42": "Ende des Überholverbots für Lkw",
  "knowledge.none": "Kein Angreifer",
  "attacker.none": "kein Angreifer",
  "attacker.oblivious": "ahnungsloser Angreifer",
  "attacker.adaptive": "angepasster Angreifer",
  "attacker.bpda": "BPDA-Angreifer",
  "attack.one-pixel": "Ein Pixel",
  "defence.bits": "{0}, {1} Bit",
  "defence.quality": "{0}, Qualität {1}",
  "about.attack.fgsm":
    "Ein Schritt entlang dem Vorzeichen des Gradienten. Goodfellow, Shlens, Szegedy: Explaining and Harnessing Adversarial Examples, " +
    "ICLR 2015.",
  "about.attack.bim": "FGSM in kleinen Schritten. Kurakin, Goodfellow, Bengio: Adversarial Examples in the Physical World, 2017.",
  "about.attack.pgd":
    "BIM von zufälligen Anfängen aus; das übliche Maß der Robustheit. Madry und andere: Towards Deep Learning Models Resistant to " +
    "Adversarial Attacks, ICLR 2018.",
  "about.attack.apgd":
    "PGD mit Schwung, dessen Schritte von selbst kleiner werden. Croce, Hein: Reliable Evaluation of Adversarial Robustness, ICML 2020.",
  "about.attack.square":
    "Zufällige Quadrate, die bleiben, wo sie helfen; einen Gradienten sieht er nie. Andriushchenko und andere: Square Attack, ECCV " +
    "2020.",
  "about.attack.ensemble":
    "APGD, gezieltes APGD und Square, jeder an dem, was die vorigen nicht täuschen konnten; nach Art von AutoAttack. Croce, Hein, ICML " +
    "2020. Langsam.",
  "about.attack.cw": "Sucht die kleinste Änderung, die wirkt. Carlini, Wagner: Towards Evaluating the Robustness of Neural Networks, 2017.",
  "about.attack.deepfool": "Steigt über die nächste Grenze; ein Ziel nimmt er nicht. Moosavi-Dezfooli, Fawzi, Frossard: DeepFool, CVPR 2016.",
  "about.attack.jsma": "Ändert wenige Farbwerte, diese ganz. Papernot und andere: The Limitations of Deep Learning in Adversarial Settings, 2016.",
  "about.attack.noise": "Kein Angriff, sondern Rauschen derselben Stärke: was jeder Angriff übertreffen muss.",
  "about.defence.none": "Das Netz sieht das Bild, wie es ist.",
  "about.defence.purifier": "Ein Autoencoder wäscht das Bild zuerst. MagNet: Meng, Chen, 2017.",
  "about.defence.detector": "Der Autoencoder wäscht das Bild; was er zu stark ändert, wird abgewiesen. MagNet: Meng, Chen, 2017.",
  "about.defence.bit_depth": "Weniger Stufen je Farbe. Xu, Evans, Qi: Feature Squeezing, 2018. Ehrlich greift sie nur BPDA an.",
  "about.defence.median": "Jeder Wert wird zum Median seiner Umgebung von 3 × 3. Xu, Evans, Qi: Feature Squeezing, 2018.",
  "about.defence.jpeg": "Das Bild wird als JPEG komprimiert. Ehrlich greift es nur BPDA an.",
  "about.defence.huge_logits":
    "Die Ausgaben mal eine Million: Gradienten werden zu null, Angriffe stehen still. Es sieht robust aus und ist es nicht; die " +
    "Prüfungen unter „Messen“ merken es.",
  "about.defence.no_gradient":
    "Eine Schicht, die nichts ändert, aber keinen Gradienten hat. Sie sieht robust aus und ist es nicht; die Prüfungen unter „Messen“ " +
    "merken es.",
  "about.recipe.standard": "Nur saubere Schilder. Am besten auf sauberen Schildern, leicht zu täuschen.",
  "about.recipe.fgsm": "Die Hälfte jedes Stapels wird mit den jetzigen Gewichten angegriffen. Goodfellow und andere, 2015.",
  "about.recipe.fast":
    "Nur angegriffene Schilder, in einem Schritt von einem zufälligen Anfang gemacht. Schnell, kann aber innerhalb einer Epoche " +
    "zusammenbrechen: darauf wird geachtet, und dann endet es mit den letzten guten Gewichten. Wong, Rice, Kolter, 2020.",
  "about.recipe.pgd":
    "Nur angegriffene Schilder, in mehreren Schritten gemacht. Das verlässlichste, und um die Zahl der Schritte langsamer. Madry und " +
    "andere, 2018.",
  "about.recipe.trades": "Saubere Schilder, und die Antwort auf das angegriffene muss gleich bleiben. Zhang und andere, 2019.",
  "about.recipe.stale": "Beispiele am früheren Netz gemacht und nie erneuert. Es lernt diese und nichts sonst: eine Verteidigung, die scheitert.",
  "check.iterative_is_stronger": "PGD ist mindestens so stark wie FGSM",
  "check.more_steps_change_nothing": "Doppelt so viele Schritte ändern höchstens einen Punkt",
  "check.falls_with_epsilon": "Die Genauigkeit fällt, wenn ε wächst",
  "check.unbounded_beats_all": "Bei ε = 0,5 ist die Genauigkeit Zufall",
  "check.minimum_norm_succeeds": "Carlini & Wagner, unbegrenzt, gelingt immer",
  "check.black_box_is_weaker": "Square täuscht nichts, was PGD nicht täuscht",
  "check.transfer_is_weaker": "Beispiele eines anderen Modells täuschen nichts, was PGD nicht täuscht",
  "check.noise_is_weaker": "Rauschen ist schwächer als FGSM",
  "check.knowledge_helps": "Die Verteidigung zu kennen schadet dem Angreifer nicht",
  "check.gradients_exist": "Gradienten sind nicht null",
  "check.outputs_are_logits": "Die Ausgaben sind Logits von vernünftiger Größe",
  "check.forward_is_deterministic": "Dasselbe Bild gibt dieselbe Antwort",
  "check.gradients_are_true": "Ein kleiner Schritt bewirkt, was der Gradient voraussagt",
  "check.autoattack_agrees": "AutoAttack lässt höchstens drei Punkte weniger übrig",
  "check.defence_helps": "Die Verteidigung hilft gegen einen, der sie nicht kennt",
  "check.claim_survives_knowledge": "Was sie gewinnt, geht nicht an einen verloren, der sie kennt",
  "danger.runs_through": "ein Schild zum Halten oder Warten wird übersehen",
  "danger.too_fast": "eine Geschwindigkeit wird für eine höhere gehalten, oder für ihr Ende",
  "danger.unwarned": "eine Warnung wird nicht für eine gehalten",
  "danger.passes": "ein Überholverbot wird für sein Ende gehalten",
};
