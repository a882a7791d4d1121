// Words of the museum and the glossary, in German.

import type { WORDS as EN } from "../en/teaching.js";

export const WORDS: Record<keyof typeof EN, string> = {
  "stage.through": "durch „{0}“",
  "stage.held": "Es hat gehalten",
  "museum.weak": "Greif sie bequem an",
  "museum.strong": "Greif sie richtig an",
  "museum.set-up": "Einrichten",
  "museum.huge_logits.title": "Das laute Netz",
  "museum.huge_logits.claim": "Seine Ausgaben werden mit einer Million multipliziert. Es behauptet: „PGD kann mir nichts.“",
  "museum.huge_logits.trick":
    "Bei so großen Ausgaben ist jede Wahrscheinlichkeit genau 0 oder 1, und der Gradient des Verlusts wird zu null gerundet. Der Angriff " +
    "bekommt keine Richtung, aber das Netz ist so schwach wie vorher.",
  "museum.no_gradient.title": "Die Mauer ohne Gradienten",
  "museum.no_gradient.claim": "Eine Schicht, die das Bild unverändert weitergibt, aber keinen Gradienten hat. Sie behauptet: „Kein Gradient, kein Angriff.“",
  "museum.no_gradient.trick":
    "BPDA geht durch die Schicht zurück, als wäre sie nicht da. Athalye und andere fanden 2018 maskierte Gradienten bei 7 von 9 " +
    "veröffentlichten Verteidigungen: 6 fielen ganz, eine zum Teil.",
  "museum.one_bit.title": "Schwarz oder weiß",
  "museum.one_bit.claim": "Jeder Farbwert wird 0 oder 1. Sie behauptet: „Kleine Änderungen werden weggerundet.“",
  "museum.one_bit.trick":
    "Werte um ein Halb kippen leicht, und Runden hat keinen Gradienten; darum kommt ein naiver Angriff nicht voran. BPDA umgeht das. Sieh " +
    "auch, was es bei sauberen Schildern kostet.",
  "museum.jpeg.title": "Die zerknitterte Kopie",
  "museum.jpeg.claim": "Das Bild wird stark als JPEG komprimiert. Sie behauptet: „Kompression entfernt den Angriff.“",
  "museum.jpeg.trick": "Sie entfernt einen Angriff, der ohne sie gemacht wurde. Einer, der mit der Kompression rechnet, übersteht sie.",
  "museum.secret.title": "Der geheime Reiniger",
  "museum.secret.claim": "Ein Reiniger, von dem der Angreifer nichts weiß. Er behauptet: „An mir kommt keiner vorbei.“",
  "museum.secret.trick": "Er hält, solange er geheim ist. Als Ganzes angegriffen ist er nur ein Netz mehr.",
  "museum.epsilon.title": "Der Panzer gegen kleine Änderungen",
  "museum.epsilon.claim": "Ein Netz, das gegen jede Änderung innerhalb von ε trainiert wurde. Es behauptet: „Ich bin robust.“",
  "museum.epsilon.trick":
    "Ein Aufkleber hält sich an seinen Platz und nicht an ε. 2018 klebten Eykholt und andere schwarze und weiße Streifen auf ein echtes " +
    "Stoppschild: Aus einem fahrenden Auto gefilmt, wurden 84,8 % der Bilder als das Schild gelesen, das sie gewählt hatten. Ein solches " +
    "Schild war im Science Museum in London zu sehen.",
  "museum.epsilon.open": "So einen Aufkleber machen",
  "museum.stale.title": "Das alte Übungsheft",
  "museum.stale.claim":
    "Adversariales Training mit Beispielen, die einmal vor dem Training gemacht wurden. Es behauptet: „Ich habe alle Angriffe gelernt.“",
  "museum.stale.trick":
    "Es hat diese Bilder auswendig gelernt. Neue Beispiele, für die jetzigen Gewichte gemacht, täuschen es wie zuvor: Trainiere es und sieh " +
    "auf die robuste Genauigkeit.",
  "museum.copying.title": "Der kopierende Reiniger",
  "museum.copying.claim":
    "Ein Autoencoder, der gelernt hat, aus sauberen Schildern saubere zu machen. Er behauptet: „Ich weiß, wie Schilder aussehen.“",
  "museum.copying.trick":
    "Der beste Weg von Sauberem zu Sauberem ist die Kopie, und eine Kopie lässt den Angriff durch. Trainiere ihn und sieh dir die " +
    "Bilder vorher und nachher an.",
  "gloss.terms": "Begriffe",
  "gloss.attacks": "Angriffe",
  "gloss.defences": "Verteidigungen",
  "gloss.recipes": "Trainingsrezepte",
  "gloss.adversarial.title": "Adversariales Beispiel",
  "gloss.adversarial": "Ein Bild, das ein Mensch liest wie zuvor und ein Netz als etwas anderes, weil es jemand zu diesem Zweck geändert hat.",
  "gloss.perturbation.title": "Störung, δ",
  "gloss.perturbation":
    "Was der Angriff zum Bild hinzufügt: der Unterschied zwischen dem angegriffenen Bild x′ und dem Original x. Alle Werte liegen " +
    "zwischen 0 und 1.",
  "gloss.norms.title": "L0, L2, L∞",
  "gloss.norms":
    "Drei Maße einer Änderung: wie viele Werte sich überhaupt ändern (L0; die Seite zählt Pixel, die sich in irgendeinem Farbkanal geändert " +
    "haben, JSMA zählt Werte), ihre Länge als Pfeil (L2) und die größte Änderung eines einzelnen Werts (L∞).",
  "gloss.epsilon.title": "Stärke, ε",
  "gloss.epsilon": "Um wie viel sich ein Farbwert höchstens ändern darf. Angegeben in Schritten von 1/255, den Schritten eines gespeicherten Bilds.",
  "gloss.logits.title": "Logits und Wahrscheinlichkeiten",
  "gloss.logits":
    "Das Netz endet in einer Zahl für jedes Schild, den Logits z. Softmax macht daraus Anteile, deren Summe eins ist. Sie sagen, wie sicher " +
    "das Netz ist, nicht, wie wahrscheinlich es recht hat.",
  "gloss.gradient.title": "Gradient",
  "gloss.gradient":
    "Wie sehr sich der Verlust ändert, wenn sich ein Pixel ein wenig ändert, für jedes Pixel. Er ist die Richtung, die am meisten schadet; die " +
    "meisten Angriffe folgen ihr. Als Bild gezeichnet (vom Logit der Antwort) zeigt er, wovon die Antwort abhängt.",
  "gloss.margin.title": "Abstand (Margin)",
  "gloss.margin":
    "Um wie viele Logits das richtige Schild vor dem nächsten liegt, oder das Ziel zurück. Unter null hat der Angriff sein Ziel " +
    "erreicht.",
  "gloss.targeted.title": "Gezielt und ungezielt",
  "gloss.targeted": "Ein ungezielter Angriff will irgendeine falsche Antwort; ein gezielter die Antwort t.",
  "gloss.knowledge.title": "Was der Angreifer weiß",
  "gloss.knowledge":
    "Ahnungslos: Der Angreifer kennt das Netz, aber nicht die Verteidigung. Adaptiv: Er kennt beide und greift durch beide an. Eine " +
    "Verteidigung ist nur so viel wert, wie gegen einen adaptiven Angreifer bleibt.",
  "gloss.bpda.title": "BPDA",
  "gloss.bpda":
    "Backward pass differentiable approximation: Vorwärts wird die Verteidigung g benutzt, wie sie ist; rückwärts tritt etwas an ihre Stelle, " +
    "das einen Gradienten hat, hier die Identität.",
  "gloss.transfer.title": "Übertragung",
  "gloss.transfer":
    "Ein Beispiel, das an einem Netz gemacht wurde, täuscht oft auch ein anderes. Ein Angreifer braucht also keinen Zugang zum " +
    "angegriffenen Netz.",
  "gloss.transfer-table.title": "Übertragungstabelle",
  "gloss.transfer-table":
    "Eine Zeile für jedes Netz, an dem Beispiele gemacht werden, eine Spalte für jedes, das sie liest. In der Diagonale hat der Angreifer " +
    "das Netz selbst (White Box), daneben nur ein anderes. „Aufkleber“ zeigt eine Zeile davon: ein Aufkleber, von jedem Netz im Regal gelesen.",
  "gloss.universal.title": "Universelle Störung",
  "gloss.universal":
    "Eine Änderung δ für alle Bilder statt einer neuen für jedes: An einigen gemacht, täuscht sie auch bei den meisten anderen. Im " +
    "Augenblick des Angriffs muss nichts berechnet werden.",
  "gloss.sticker.title": "Aufkleber, physischer Angriff",
  "gloss.sticker":
    "Eine Änderung s der Sache selbst und nicht ihres Bilds: Sie muss in jeder Ansicht v täuschen, die eine Kamera haben kann. Sie darf nur " +
    "wenige Stellen ändern, diese aber beliebig stark; ε sagt also nichts über sie.",
  "gloss.eot.title": "EOT",
  "gloss.eot":
    "Expectation over transformation: Der Verlust wird über Ansichten v gemittelt, die in jedem Schritt neu gezogen werden (Lage, Licht, " +
    "Unschärfe); so wirkt die Änderung in allen und nicht in einer.",
  "gloss.interval.title": "95-%-Intervall",
  "gloss.interval":
    "Ein Anteil, über n Schilder gezählt, ist unsicher. Das Wilson-Intervall ist so gebaut, dass es den wahren Anteil in etwa 95 von 100 " +
    "solchen Zählungen enthält.",
  "gloss.attack.fgsm":
    "Fast gradient sign method. Ein Schritt der Größe ε entlang dem Vorzeichen des Gradienten, für alle Werte zugleich. Schnell, und der " +
    "schwächste der Gradientenangriffe.",
  "gloss.attack.bim": "Basic iterative method: FGSM in kleinen Schritten α, jeder gefolgt von einer Projektion zurück in den Kasten der Größe ε (Π).",
  "gloss.attack.pgd": "Projected gradient descent: BIM von einem zufälligen Start aus, auf Wunsch mehrmals. Das übliche Maß der Robustheit innerhalb von ε.",
  "gloss.attack.apgd":
    "PGD mit Impuls, dessen Schritt η sich halbiert, wenn er nicht mehr hilft. Eine Schrittweite ist nicht einzustellen, und sein anderer " +
    "Verlust (DLR) hängt nicht von der Größe der Logits ab.",
  "gloss.attack.square":
    "Ändert zufällige Quadrate und behält, was hilft. Er fragt nur das Netz und braucht keinen Gradienten; maskierte Gradienten halten ihn " +
    "nicht auf.",
  "gloss.attack.ensemble":
    "APGD, gezieltes APGD und Square, jeder bei dem, was die vorigen nicht täuschen konnten, nach Art von AutoAttack. Der schlimmste der drei " +
    "zählt.",
  "gloss.attack.cw":
    "Sucht die kleinste Änderung, in L2 gemessen, die das Ziel mit dem Vorsprung κ erreicht. Auch das Gewicht c wird gesucht: Ist es zu klein, " +
    "wird nichts getäuscht; ist es zu groß, wächst die Änderung. Die Variable w hält alle Werte zwischen 0 und 1.",
  "gloss.attack.deepfool":
    "Behandelt die Grenze zum nächsten anderen Schild als eben, tritt auf sie und wiederholt das. Eine kleine Änderung in wenigen Schritten, " +
    "ohne Ziel.",
  "gloss.attack.jsma":
    "Ändert wenige Werte, diese aber stark: die, die nach der Salienzkarte S das Ziel am meisten heben und den Rest senken. Es gibt auch eine " +
    "Form, die immer nur einen einzelnen Wert ändert.",
  "gloss.attack.noise": "Kein Angriff, sondern die Kontrolle: zufälliges Rauschen derselben Stärke. Was sich Angriff nennt, muss es übertreffen.",
  "gloss.defence.purifier":
    "Ein Autoencoder g, der lernt, Rauschen und Angriffe η aus einem Bild zu nehmen. Der zweite Term bringt die Antwort des Klassifikators auf " +
    "das gereinigte Bild nahe an die auf das saubere; der dritte, mit Gewicht μ, nahe an die richtige Klasse.",
  "gloss.defence.detector":
    "Vergleicht ein Bild mit seiner gereinigten Form: die Antworten (ihre Jensen-Shannon-Divergenz) oder die Pixel (den Rekonstruktionsfehler, " +
    "L1 oder L2). Ein sauberes Bild ändert sich kaum, ein angegriffenes schon; was sich um mehr als τ ändert, wird abgewiesen.",
  "gloss.defence.bit_depth": "Lässt von jedem Farbwert b Bit übrig; kleine Änderungen werden weggerundet, wenn sie nicht einen Wert kippen.",
  "gloss.defence.median": "Jeder Wert wird zum Median seiner Nachbarn. Einzelne Ausreißer verschwinden; eine über das Bild verteilte Änderung nicht.",
  "gloss.defence.jpeg": "Komprimiert das Bild als JPEG, wobei feine Muster wegfallen. Angriffe, die mit der Kompression rechnen, überstehen sie.",
  "gloss.defence.huge_logits": "Ein schlechtes Beispiel: Ausgaben, so groß, dass der Gradient des Verlusts zu null gerundet wird.",
  "gloss.defence.no_gradient": "Ein schlechtes Beispiel: eine Schicht, die nichts ändert, aber den Gradienten maskiert.",
  "gloss.recipe.pgd":
    "In jedem Schritt wird mit den jetzigen Gewichten das schlimmste Beispiel innerhalb von ε gesucht und daraus gelernt. Das verlässlichste " +
    "Rezept; etwa (Schritte + 1)-mal so langsam.",
  "gloss.recipe.fgsm": "Der Verlust zur Hälfte bei sauberen Schildern, zur Hälfte bei solchen, die FGSM angegriffen hat.",
  "gloss.recipe.fast":
    "Ein Schritt von einem zufälligen Start u. Schnell, kann sich aber plötzlich überanpassen: Dann ist das Netz nur gegen FGSM robust. Das " +
    "Training achtet darauf und geht zurück.",
  "gloss.recipe.trades":
    "Lernt die sauberen Schilder und, mit Gewicht β, auf das angegriffene zu antworten wie auf das saubere. β bestimmt die Abwägung zwischen " +
    "Genauigkeit und Robustheit.",
  "gloss.recipe.stale":
    "Ein schlechtes Beispiel: Die angegriffenen Schilder werden einmal gemacht, mit den Gewichten vor dem Training. Das Netz lernt diese und " +
    "sonst nichts.",
  "gloss.equation": "Gleichung",
};
