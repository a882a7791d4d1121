// What else the engine says, in German: notes, layers, checks. The types see to it that nothing is missing.

import type { Table } from "../engine-words.js";
import { count, fixed, number, percent, short, wholePercent } from "../format.js";
import { plural } from "../i18n.js";
import { FILE_KINDS } from "./errors.js";

const activations = { relu: "ReLU", tanh: "tanh", logits: "Logits" };
const PURPOSES = { training: "Trainings", validation: "Validierungs", testing: "Test" };
const beyondPgd = (n: number): string => plural(n, "einem Bild, bei dem PGD-20 es nicht tut", `${count(n)} Bildern, bei denen PGD-20 es nicht tut`);
const share = (left: number, n: number): string => percent(left / n);

export const ENGINE = {
  // Gerät
  cpu: () => "CPU (Burn Flex, SIMD)",
  named: ({ name }) => name,
  unnamed: ({ backend }) => `Adapter ${backend}`,

  // Datensätze
  test_pictures_left_out: ({ n }) =>
    `${plural(n, "Ein Testbild ist weggelassen: Seine Klasse steht", `${count(n)} Testbilder sind weggelassen: Ihre Klassen stehen`)} in `
    + "GTSRB_Final_Test_GT.zip. Nimm es dazu.",
  pictures_missing: ({ n }) => `Die Tabellen nennen ${plural(n, "ein weiteres Bild, das nicht da ist", `${count(n)} weitere Bilder, die nicht da sind`)}.`,
  kind_left_out: (values) => {
    const { n, name, kind } = values;
    return `${plural(n, `Die Datei „${name}“ ist`, `${count(n)} Dateien wie „${name}“ sind`)} weggelassen. ${FILE_KINDS[kind]}`;
  },
  folders_left_out: ({ folders, n }) => 
    `Neben denen zum Trainieren und zum Testen liegt noch „${folders}“: ${plural(n, "Ein Bild darin ist", `${count(n)} Bilder darin sind`)} weggelassen.`,
  copies_left_out: ({ n }) =>
    `${plural(n, "Ein Validierungs- oder Testbild ist eine Kopie eines Trainings- oder Validierungsbilds",
      `${count(n)} Validierungs- oder Testbilder sind Kopien von Trainings- oder Validierungsbildern`)}: Gemessen wird ohne solche.`,
  two_labels: ({ n, first, second }) =>
    `${plural(n, "Ein Bild steht", `${count(n)} Bilder stehen`)} unter zwei Klassen, zum Beispiel unter „${first}“ und „${second}“: `
    + "Welche stimmt, kann niemand wissen. "
    + "Gemessen wird ohne sie; sieh sie an, und lösche die falschen.",
  numbered_as_gtsrb: () =>
    "Die Ordner sind von 0 bis 42 nummeriert wie die von GTSRB. Nimm seine Tabellen dazu (Train.csv und Test.csv, oder GT-….csv): Dann haben die "
    + "Klassen Namen, die Bilder sind auf die Schilder zugeschnitten, und Aufnahmen eines Schilds bleiben beisammen.",
  online_test: ({ n }) =>
    `${plural(n, "Ein Testbild ist", `${count(n)} Testbilder sind`)} aus dem Online-Wettbewerb von GTSRB, also unter seinen endgültigen Trainingsbildern: `
    + "Wer mit diesen trainiert, testet damit nichts. "
    + "Nimm GTSRB_Final_Test_Images.zip und GTSRB_Final_Test_GT.zip.",
  other_benchmark: () =>
    "Die Tabellen sind wie die von GTSRB, nennen aber Klassen über 42: Das ist ein anderer Datensatz; seine Klassen heißen nach ihren Nummern.",
  all_there_are: ({ n, asked, split }) =>
    `Es gibt ${count(n)} ${PURPOSES[split]}${plural(n, "bild", "bilder")}: Alle sind genommen, verlangt waren ${count(asked)}.`,
  classes_without_pictures: ({ classes }) => `Kein Bild war brauchbar von: „${classes}“.`,

  // Schichten der Netze
  convolution: ({ size, activation, max_pool }) =>
    `Faltung ${size}×${size}, ${activations[activation]}${max_pool == null ? "" : `, Max-Pooling ${max_pool}×${max_pool}`}`,
  dense: ({ activation }) => `Voll verbunden, ${activations[activation]}`,
  average_pool: ({ size }) => `Mittelwert-Pooling ${size}×${size}`,
  max_pool: ({ size }) => `Max-Pooling ${size}×${size}`,
  standardised: () => "Helligkeit und Kontrast ausgeglichen",
  both_scales: () => "Beide Maßstäbe zusammen",
  autoencoder: () => "Autoencoder",

  // Prüfungen: was sie fanden
  pgd_and_fgsm: ({ pgd, fgsm, n }) => `PGD-20 lässt ${share(pgd, n)} übrig, FGSM ${share(fgsm, n)}.`,
  pgd_and_twice: ({ pgd, twice, n }) => `PGD-20 lässt ${share(pgd, n)} übrig, PGD-40 ${share(twice, n)}.`,
  figure_and_autoattack: ({ attack, left, autoattack, n }) => `${attack} lässt ${share(left, n)} übrig, AutoAttack ${share(autoattack, n)}.`,
  square_alone: ({ more, n }) => `Innerhalb von AutoAttack täuscht Square allein ${count(more)} von ${count(n)} Bildern.`,
  classes_for_losses: ({ fewest, classes }) => `Die Verluste von AutoAttack brauchen ${number(fewest)} Klassen; es gibt ${number(classes)}.`,
  pgd_and_autoattack: ({ pgd, autoattack, n }) => `PGD-20 lässt ${share(pgd, n)} übrig, AutoAttack ${share(autoattack, n)}.`,
  foretold: (values) =>
    values.share == null
      ? "Kein Gradient ist da, der voraussagen könnte, was ein kleiner Schritt bewirkt."
      : `Ein kleiner Schritt bewirkt ${wholePercent(values.share)} dessen, was der Gradient voraussagt (Median).`,
  curve: ({ points, n }) => `PGD-20 bei ε in 255steln: ${points.map(([k, left]) => `${number(Math.round(k))}: ${share(left, n)}`).join("; ")}.`,
  unbounded: ({ left, n }) => `Bei ε = 0,5 lässt PGD-20 ${count(left)} von ${count(n)} Bildern übrig.`,
  minimum_norm: ({ missed, right }) => `C&W scheitert an ${count(missed)} der ${count(right)} Bilder, die sauber richtig gelesen werden.`,
  black_box: ({ queries, more }) => `Square täuscht mit ${count(queries)} Anfragen bei ${beyondPgd(more)}.`,
  transfer: ({ more }) => `Beispiele des Vergleichsmodells täuschen bei ${beyondPgd(more)}.`,
  no_reference: () => "Kein Vergleichsmodell ist gewählt.",
  noise_and_fgsm: ({ noise, fgsm, n }) => `Rauschen lässt ${share(noise, n)} übrig, FGSM ${share(fgsm, n)}.`,
  oblivious_and_knowing: ({ oblivious, knowing, n }) => `Der ahnungslose Angreifer lässt ${share(oblivious, n)} übrig, der adaptive ${share(knowing, n)}.`,
  no_defence: () => "Es gibt keine Verteidigung, die ein Angreifer nicht kennen könnte.",
  zero_gradients: ({ zero, n }) => `Der Gradient ist bei ${count(zero)} von ${count(n)} Bildern null.`,
  probabilities: () => "Die Ausgaben sind Wahrscheinlichkeiten.",
  gap: ({ gap }) => `Die beiden größten Ausgaben liegen ${fixed(gap, 1)} auseinander (Median).`,
  same_answers: ({ passes }) => `${number(passes)} Durchgänge geben dieselben Antworten.`,
  other_answers: ({ passes, difference }) => `${number(passes)} Durchgänge unterscheiden sich um bis zu ${short(difference)}.`,
  same_passes: () => "Zwei Durchgänge geben dieselben Antworten.",
  other_passes: ({ difference }) => `Zwei Durchgänge weichen um ${short(difference)} voneinander ab.`,
  defence_gain: (values) => `Ohne die Verteidigung lässt PGD-20 ${share(values.without, values.n)} übrig, mit ihr ${share(values.with, values.n)}.`,
  gain_kept: ({ gain, kept }) => 
    `Gegen einen ahnungslosen Angreifer gewinnt sie ${plural(gain, "ein Bild", `${count(gain)} Bilder`)}; `
    + `kennt er sie, ${plural(kept, "bleibt", "bleiben")} ${count(kept)}.`,
  nothing_undefended: () => "Es gibt kein Modell ohne Verteidigung zum Vergleich.",
  earlier: ({ sentence }) => sentence,

  // Prüfungen: woran es liegt
  few_classes: () =>
    "AutoAttack steht auf weniger Verlusten als sonst, und sein Name verspricht mehr, als getan wurde: Das Protokoll sagt, welche Angriffe es waren.",
  masked_gradients: () =>
    "Maskierte Gradienten: Der Angriff folgt Gradienten, die nirgendwohin führen; "
      + "seine Zahl ist darum zu hoch. Greif durch die Verteidigung hindurch an, oder mit BPDA.",
  not_converged: () => "Der Angriff ist nicht am Ziel: Gib ihm mehr Schritte oder Starts.",
  no_logits: () =>
    "Der Angriff arbeitet mit Ausgaben, die keine Logits sind oder so groß, dass der Softmax gesättigt ist und sein Gradient verschwindet.",
  random_defence: () => "Die Verteidigung ist zufällig: Mittle den Gradienten über mehrere Durchgänge (expectation over transformation).",
  no_effect: () => "Die Verteidigung tut nichts: Sie reicht die Störung durch.",
  obscurity: () => "Die Verteidigung hält nur, solange der Angreifer sie nicht kennt.",
  earlier_cause: ({ sentence }) => sentence,
} satisfies Partial<Table>;
