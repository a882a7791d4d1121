// Words of the lesson, the museum and the glossary, in German.

import type { WORDS as EN } from "../en/teaching.js";

export const WORDS: Record<keyof typeof EN, string> = {
  "stage.through": "durch „{0}“",
  "stage.held": "Es hat gehalten",
  "lesson.steps": "Schritte der Lektion",
  "lesson.back": "Zurück",
  "lesson.on": "Nächster Schritt",
  "lesson.do": "Ausführen",
  "lesson.again": "Noch einmal ausführen",
  "lesson.predict-first": "Sag zuerst voraus, was geschieht.",
  "lesson.untrained": "Trainiere zuerst das Netz, unter „Trainieren“.",
  "lesson.running": "Läuft …",
  "lesson.needs.purifier": "Gibt es noch keinen Reiniger, wird erst einer trainiert: etwa eine halbe Minute.",
  "lesson.needs.hardened": "Eine Kopie des Netzes wird mit angegriffenen Schildern trainiert, dann werden beide gemessen: etwa eine Minute.",
  "lesson.right": "Richtig:",
  "lesson.wrong": "Diesmal nicht:",
  "lesson.figures": "Beide Netze, richtig gelesene Schilder",
  "lesson.hardened": "gehärtet",
  "lesson.compare": "Hier: {0}.",
  "lesson.end": "Glaube einer Verteidigung erst, wenn jemand, der sie kannte, sie hart angegriffen und aufgeschrieben hat, wie.",
  "lesson.perturbation.title": "Eine Änderung, die du kaum siehst",
  "lesson.perturbation.text":
    "Ein Angriff gibt zu jedem Farbwert des Bilds etwas hinzu oder nimmt etwas weg: die Störung. Hier sind es höchstens 12 von 255 " +
    "Schritten, jeder in der Richtung, die dem Netz am meisten schadet.",
  "lesson.perturbation.question": "Liest das Netz das Schild noch?",
  "lesson.perturbation.yes": "Es liest ein anderes Schild.",
  "lesson.perturbation.no": "Es liest das Schild noch.",
  "lesson.perturbation.reveal":
    "Du und das Netz lest dasselbe Bild, verlasst euch aber auf Verschiedenes darin. Schiebe die Kante, um zu sehen, wie wenig sich geändert " +
    "hat.",
  "lesson.epsilon.title": "Wie viel ist genug: ε",
  "lesson.epsilon.text": "ε ist die größte Änderung, die ein Farbwert erfahren darf. Derselbe Angriff läuft jetzt mit ε = 2 und mit ε = 24.",
  "lesson.epsilon.question": "Reicht ε = 2 von 255, um es zu täuschen?",
  "lesson.epsilon.yes": "Ja, schon 2 Schritte reichen.",
  "lesson.epsilon.no": "Nein, 2 Schritte sind zu wenig.",
  "lesson.epsilon.reveal": "Ein größeres ε macht den Angriff leichter, und leichter zu sehen. Eine Zahl zur Robustheit sagt ohne ihr ε nichts.",
  "lesson.noise.title": "Rauschen ist kein Angriff",
  "lesson.noise.text": "Jetzt ändert sich jeder Farbwert um bis zu 24 Schritte, aber zufällig statt entlang dem Gradienten.",
  "lesson.noise.question": "Täuscht Rauschen dieser Stärke das Netz?",
  "lesson.noise.yes": "Ja, auch Rauschen täuscht es.",
  "lesson.noise.no": "Nein, es liest das Schild noch.",
  "lesson.noise.reveal":
    "Von allen möglichen Richtungen führen sehr wenige zu einem anderen Schild. Der Angriff berechnet eine davon; zufälliges Rauschen findet " +
    "sie fast nie.",
  "lesson.targeted.title": "Ein Schild nach Wahl des Angreifers",
  "lesson.targeted.text":
    "Ein gezielter Angriff will ein bestimmtes Schild: hier „Tempo 120“. Er macht kleine Schritte und berechnet nach jedem die Richtung neu.",
  "lesson.targeted.question": "Kann der Angreifer wählen, was das Netz liest?",
  "lesson.targeted.yes": "Ja, es liest das gewählte Schild.",
  "lesson.targeted.no": "Nein, nicht das gewählte.",
  "lesson.targeted.reveal":
    "Ein bestimmtes Schild zu erreichen ist schwerer als irgendeins, aber meist möglich. Unter „Angreifen“ kannst du jedes der 43 wählen.",
  "lesson.cw.title": "Wie Carlini & Wagner eine kleinere Änderung findet",
  "lesson.cw.text":
    "FGSM macht einen Schritt und nutzt bei jedem Wert das ganze ε aus. Carlini & Wagner suchen mit Hunderten von Schritten die kleinste " +
    "Änderung (in L2), die wirkt, und probieren, wie viel das Täuschen gegenüber der Nähe zum Original zählen soll (c).",
  "lesson.cw.question": "Ist die Änderung, die C&W braucht, kürzer oder länger (L2) als die von FGSM?",
  "lesson.cw.smaller": "Sie ist kürzer.",
  "lesson.cw.larger": "Sie ist länger.",
  "lesson.cw.reveal":
    "Vergleiche beide Normen: FGSM verteilt seine Änderung gleichmäßig (kleines L∞, großes L2), C&W hält die ganze Änderung kurz (kleines L2). " +
    "Eine Verteidigung, die das eine aufhält, muss das andere nicht aufhalten.",
  "lesson.purifier.title": "Das Bild waschen",
  "lesson.purifier.text":
    "Ein Reiniger ist ein zweites Netz vor dem Klassifikator. Er lernt, aus verrauschten und angegriffenen Bildern wieder saubere zu machen. " +
    "Der Angreifer weiß nichts von ihm.",
  "lesson.purifier.question": "Wird das Schild nach dem Reiniger richtig gelesen?",
  "lesson.purifier.yes": "Ja, der Reiniger repariert es.",
  "lesson.purifier.no": "Nein, der Angriff kommt durch.",
  "lesson.purifier.reveal":
    "Die Änderung war nur für den Klassifikator gemacht. Das wenige, das den Reiniger übersteht, zeigt meist nicht mehr in die richtige " +
    "Richtung.",
  "lesson.adaptive.title": "… bis der Angreifer ihn kennt",
  "lesson.adaptive.text": "Jetzt kennt der Angreifer den Reiniger und berechnet den Gradienten durch beide Netze.",
  "lesson.adaptive.question": "Hilft der Reiniger noch?",
  "lesson.adaptive.yes": "Ja, er hält noch.",
  "lesson.adaptive.no": "Nein, er fällt.",
  "lesson.adaptive.reveal":
    "Zwei Netze hintereinander sind ein Netz. Ein Geheimnis ist keine Verteidigung: Geheimnisse sickern durch, und Angreifer raten.",
  "lesson.masked.title": "Robustheit, die nur scheinbar ist",
  "lesson.masked.text":
    "Diese Schicht tut gar nichts, hat aber keinen Gradienten; darum kommt der Angriff nicht voran. Ein zweiter Angreifer geht durch sie " +
    "zurück, als wäre sie nicht da (BPDA).",
  "lesson.masked.question": "Hält die Schicht ohne Gradienten den zweiten Angreifer auf?",
  "lesson.masked.yes": "Nein, der zweite Angreifer kommt durch.",
  "lesson.masked.no": "Ja, sie hält beide auf.",
  "lesson.masked.reveal":
    "Sind Gradienten maskiert, scheitert ein Angriff aus dem falschen Grund. Die Prüfungen unter „Messen“ suchen nach diesen Symptomen.",
  "lesson.training.title": "Aus Angriffen lernen, und der Preis",
  "lesson.training.text":
    "Adversariales Training zeigt dem Netz beim Lernen angegriffene Schilder. Eine Kopie wird so trainiert, dann lesen beide Netze 86 " +
    "neue Schilder, saubere und mit PGD angegriffene.",
  "lesson.training.question": "Was geschieht mit der Kopie?",
  "lesson.training.both": "Besser bei angegriffenen Schildern, nicht schlechter bei sauberen.",
  "lesson.training.robust": "Besser bei angegriffenen Schildern, schlechter bei sauberen.",
  "lesson.training.clean": "Nicht besser bei angegriffenen Schildern.",
  "lesson.training.reveal":
    "Es ist die Verteidigung, die am besten hält, und sie kostet: längeres Training und etwas Genauigkeit bei sauberen Schildern. Nun hast du " +
    "das ganze Gebiet im Kleinen gesehen.",
  "sheet.title": "Fool the Sign: Arbeitsblatt",
  "sheet.name": "Name: ______________________  Datum: ______________",
  "sheet.seen": "Was ich gesehen habe: ____________________________________________________",
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
  "lesson.training.unclear": "Kein Unterschied, den so wenige Schilder zeigen können.",
  "lesson.training.reveal.both":
    "Es ist die Verteidigung, die am besten hält, um den Preis eines längeren Trainings. Bei sauberen Schildern zeigen so wenige keinen " +
    "Unterschied; mit mehr gibt es meist einen.",
  "lesson.training.reveal.clean":
    "Dieses kurze Training hat nicht gereicht. Länger trainiert, unter „Trainieren“, hält die Kopie meist mehr aus; es ist die Verteidigung, " +
    "die am besten hält.",
  "lesson.training.reveal.unclear":
    "Die Intervalle der beiden Netze überlappen sich. Miss unter „Messen“ mehr Schilder, oder trainiere länger: Es ist die Verteidigung, die " +
    "am besten hält.",
  "lesson.perturbation.reveal.no":
    "Dieses Schild hat einer so kleinen Änderung standgehalten. Nimm unter „Daten“ ein anderes Bild, oder ein größeres ε, und führe den " +
    "Schritt noch einmal aus.",
  "lesson.noise.reveal.yes":
    "Das ist selten: Sehr wenige Richtungen führen zu einem anderen Schild, und diesmal hat das Rauschen eine gefunden. Bei einem anderen Bild " +
    "meist nicht.",
  "lesson.cw.reveal.larger":
    "Diesmal war der eine große Schritt kürzer. Das ist selten: Mit mehr Schritten findet Carlini & Wagner bei fast jedem Bild eine kürzere " +
    "Änderung.",
  "lesson.purifier.reveal.no":
    "Diesmal kam die Änderung durch den Reiniger, obwohl der Angreifer nichts von ihm wusste. Ein Bild beweist wenig: „Messen“ zählt über " +
    "viele.",
  "lesson.adaptive.reveal.yes":
    "Diesmal hat er gehalten. Ein misslungener Angriff beweist keine Verteidigung: Mit mehr Schritten oder einem anderen Bild kann sie fallen.",
  "lesson.masked.reveal.no":
    "Diesmal sind beide Angreifer gescheitert. Ein misslungener Angriff beweist keine Verteidigung: Mit mehr Schritten oder einem anderen Bild " +
    "kann sie fallen.",
  "lesson.epsilon.reveal.yes":
    "Dieses Schild fällt schon einer Änderung um 2 Schritte, die niemand sieht. Andere halten mehr aus: Eine Zahl zur Robustheit sagt ohne ihr " +
    "ε nichts.",
  "lesson.targeted.reveal.no":
    "Diesmal wurde das gewählte Schild nicht erreicht. Ein bestimmtes zu erreichen ist schwerer als irgendeins: Unter „Angreifen“ kannst du " +
    "mehr Schritte oder ein größeres ε geben.",
  "lesson.cw.unclear": "Carlini & Wagner hat diesmal keine Änderung gefunden, die das Netz täuscht.",
  "lesson.cw.reveal.unclear":
    "Also gibt es nichts zu vergleichen. Mit mehr Schritten findet sich bei fast jedem Bild eine: Nimm unter „Daten“ ein anderes und führe den " +
    "Schritt noch einmal aus.",
};
