// Words of the lesson, the museum and the glossary, in German.

import type { WORDS as EN } from "../en/teaching.js";

export const WORDS: Record<keyof typeof EN, string> = {
  "stage.through": "durch „{0}“",
  "stage.held": "Es hat gehalten",
  "lesson.steps": "Schritte der Lektion",
  "lesson.back": "Zurück",
  "lesson.on": "Nächster Schritt",
  "lesson.do": "Tun",
  "lesson.again": "Noch einmal tun",
  "lesson.predict-first": "Erst raten: dann geht es weiter.",
  "lesson.untrained": "Das Netz muss erst trainiert werden, unter „Trainieren“.",
  "lesson.running": "Läuft …",
  "lesson.needs.purifier": "Gibt es noch keinen Reiniger, wird erst einer trainiert: etwa eine halbe Minute.",
  "lesson.needs.hardened": "Eine Kopie des Netzes wird an angegriffenen Schildern trainiert, dann werden beide gemessen: etwa eine Minute.",
  "lesson.right": "Richtig geraten:",
  "lesson.wrong": "Es kam anders:",
  "lesson.figures": "Beide Netze, richtig gelesene Schilder",
  "lesson.hardened": "gehärtet",
  "lesson.compare": "Hier: {0}.",
  "lesson.end": "Glaube einer Verteidigung, wenn sie von jemandem angegriffen wurde, der sie kannte, sich Mühe gab und aufschrieb, wie.",
  "lesson.perturbation.title": "Eine Änderung, die man kaum sieht",
  "lesson.perturbation.text":
    "Ein Angriff gibt zu jedem Farbwert des Bilds etwas hinzu oder nimmt etwas weg: die Störung. Hier sind es höchstens 12 von 255 " +
    "Schritten, jeder in der Richtung, die dem Netz am meisten schadet.",
  "lesson.perturbation.question": "Liest das Netz das Schild noch?",
  "lesson.perturbation.yes": "Es liest ein anderes Schild.",
  "lesson.perturbation.no": "Es liest das Schild noch.",
  "lesson.perturbation.reveal":
    "Du und das Netz seht dasselbe Bild, aber anderes darin. Schiebe die Kante, um zu sehen, wie wenig sich geändert hat.",
  "lesson.epsilon.title": "Wie viel ist genug: ε",
  "lesson.epsilon.text":
    "Um wie viel sich ein Farbwert höchstens ändern darf, heißt ε. Derselbe Angriff wird jetzt mit ε = 2 und mit ε = 24 gemacht.",
  "lesson.epsilon.question": "Reicht ε = 2 von 255, um es zu täuschen?",
  "lesson.epsilon.yes": "Ja, schon 2 Schritte reichen.",
  "lesson.epsilon.no": "Nein, 2 Schritte sind zu wenig.",
  "lesson.epsilon.reveal":
    "Je größer ε, desto leichter für den Angreifer und desto leichter zu sehen. Eine Zahl zur Robustheit sagt nichts ohne ihr ε.",
  "lesson.noise.title": "Der Zufall ist kein Angreifer",
  "lesson.noise.text": "Jetzt ändert sich jeder Farbwert um bis zu 24 Schritte, aber zufällig statt entlang dem Gradienten.",
  "lesson.noise.question": "Täuscht Rauschen dieser Stärke das Netz?",
  "lesson.noise.yes": "Ja, auch Rauschen täuscht es.",
  "lesson.noise.no": "Nein, es liest weiter.",
  "lesson.noise.reveal":
    "Unter Tausenden von Richtungen führen wenige zu einem anderen Schild. Der Angriff berechnet eine davon; der Zufall findet sie " +
    "fast nie.",
  "lesson.targeted.title": "Ein Schild nach Wahl des Angreifers",
  "lesson.targeted.text": "Ein gezielter Angriff will ein bestimmtes Schild: hier „Tempo 120“. Er macht kleine Schritte und schaut nach jedem neu.",
  "lesson.targeted.question": "Kann der Angreifer wählen, was das Netz liest?",
  "lesson.targeted.yes": "Ja, es liest das gewählte Schild.",
  "lesson.targeted.no": "Nein, nicht das gewählte.",
  "lesson.targeted.reveal":
    "Ein bestimmtes Schild zu erreichen ist schwerer als irgendeins, und meist möglich. Unter „Angreifen“ kann man jedes der 43 wählen.",
  "lesson.cw.title": "Warum Carlini & Wagner stärker sind",
  "lesson.cw.text":
    "FGSM macht einen Schritt und gibt das ganze ε aus. Carlini & Wagner suchen die kleinste Änderung, die wirkt, mit Hunderten von " +
    "Schritten, und probieren, wie viel das Täuschen gegen die Nähe zählen soll (c).",
  "lesson.cw.question": "Ist die Änderung, die C&W braucht, kleiner oder größer als die von FGSM?",
  "lesson.cw.smaller": "Sie ist kleiner.",
  "lesson.cw.larger": "Sie ist größer.",
  "lesson.cw.reveal": "Vergleiche die Längen beider Änderungen (L2). Eine Verteidigung, die FGSM aufhält, bemerkt diese vielleicht gar nicht.",
  "lesson.purifier.title": "Das Bild waschen",
  "lesson.purifier.text":
    "Ein Reiniger ist ein zweites Netz. Es lernt, verrauschte und angegriffene Bilder wieder sauber zu machen, und steht vor dem " +
    "Klassifikator. Der Angreifer weiß nichts von ihm.",
  "lesson.purifier.question": "Wird das Schild hinter dem Reiniger richtig gelesen?",
  "lesson.purifier.yes": "Ja, der Reiniger repariert es.",
  "lesson.purifier.no": "Nein, der Angriff kommt durch.",
  "lesson.purifier.reveal":
    "Die Änderung war nur für den Klassifikator gemacht. Was hinter dem Reiniger davon bleibt, zeigt meist nicht mehr in die richtige " +
    "Richtung.",
  "lesson.adaptive.title": "… bis der Angreifer ihn kennt",
  "lesson.adaptive.text": "Jetzt kennt der Angreifer den Reiniger und berechnet den Gradienten durch beide Netze.",
  "lesson.adaptive.question": "Hilft der Reiniger noch?",
  "lesson.adaptive.yes": "Ja, er hält noch.",
  "lesson.adaptive.no": "Nein, er fällt.",
  "lesson.adaptive.reveal":
    "Zwei Netze hintereinander sind ein Netz. Ein Geheimnis ist keine Verteidigung: Geheimnisse sickern durch, und Angreifer raten.",
  "lesson.masked.title": "Stärke, die nur verdeckt ist",
  "lesson.masked.text":
    "Diese Schicht tut gar nichts, hat aber keinen Gradienten; der Angriff steht still. Ein zweiter Angreifer geht durch sie zurück, " +
    "als wäre sie nicht da (BPDA).",
  "lesson.masked.question": "Hält die Schicht ohne Gradienten den zweiten Angreifer auf?",
  "lesson.masked.yes": "Nein, der zweite Angreifer kommt durch.",
  "lesson.masked.no": "Ja, sie hält beide auf.",
  "lesson.masked.reveal":
    "Sind Gradienten verdeckt, scheitert ein Angriff aus dem falschen Grund. Die Prüfungen unter „Messen“ suchen nach solchen Zeichen.",
  "lesson.training.title": "Aus Angriffen lernen, und der Preis",
  "lesson.training.text":
    "Adversariales Training zeigt dem Netz beim Lernen angegriffene Schilder. Eine Kopie wird so trainiert, dann lesen beide Netze 86 " +
    "neue Schilder, saubere und mit PGD angegriffene.",
  "lesson.training.question": "Was geschieht mit der Kopie?",
  "lesson.training.both": "Besser auf angegriffenen Schildern, nicht schlechter auf sauberen.",
  "lesson.training.robust": "Besser auf angegriffenen Schildern, schlechter auf sauberen.",
  "lesson.training.clean": "Nicht besser auf angegriffenen Schildern.",
  "lesson.training.reveal":
    "Es ist die Verteidigung, die am besten hält, und sie kostet: längeres Training und etwas Genauigkeit auf sauberen Schildern. Nun " +
    "kennst du das ganze Gebiet im Kleinen.",
  "sheet.title": "Fool the Sign: Arbeitsblatt",
  "sheet.name": "Name: ______________________  Datum: ______________",
  "sheet.seen": "Was ich gesehen habe: ____________________________________________________",
  "museum.weak": "Angreifen, wie sie es mag",
  "museum.strong": "Richtig angreifen",
  "museum.set-up": "Einrichten",
  "museum.huge_logits.title": "Das laute Netz",
  "museum.huge_logits.claim": "Seine Ausgaben werden mit einer Million malgenommen. Es behauptet: „PGD kann mir nichts.“",
  "museum.huge_logits.trick":
    "Bei so großen Ausgaben ist jede Wahrscheinlichkeit genau 0 oder 1, und der Gradient des Verlusts wird zu null gerundet. Der " +
    "Angriff bekommt keine Richtung; das Netz ist so schwach wie vorher.",
  "museum.no_gradient.title": "Die Mauer ohne Gradienten",
  "museum.no_gradient.claim": "Eine Schicht, die das Bild weiterreicht, aber keinen Gradienten hat. Sie behauptet: „Kein Gradient, kein Angriff.“",
  "museum.no_gradient.trick":
    "BPDA geht durch die Schicht zurück, als wäre sie nicht da. Viele veröffentlichte Verteidigungen sind 2018 so gefallen.",
  "museum.one_bit.title": "Schwarz oder weiß",
  "museum.one_bit.claim": "Jeder Farbwert wird 0 oder 1. Sie behauptet: „Kleine Änderungen werden weggerundet.“",
  "museum.one_bit.trick":
    "Werte um ein Halb kippen leicht, und Runden hat keinen Gradienten; ein naiver Angriff steht also still. BPDA findet sie. Sieh " +
    "auch, was es auf sauberen Schildern kostet.",
  "museum.jpeg.title": "Die zerknitterte Kopie",
  "museum.jpeg.claim": "Das Bild wird stark als JPEG komprimiert. Sie behauptet: „Kompression entfernt den Angriff.“",
  "museum.jpeg.trick": "Sie entfernt einen Angriff, der ohne sie gemacht wurde. Einer, der mit ihr rechnet, übersteht sie.",
  "museum.secret.title": "Der geheime Reiniger",
  "museum.secret.claim": "Ein Reiniger, den der Angreifer nicht kennt. Er behauptet: „An mir kommt keiner vorbei.“",
  "museum.secret.trick": "Er hält, solange er geheim ist. Von Anfang bis Ende ist er ein Netz mehr, das man angreift.",
  "museum.stale.title": "Das alte Übungsheft",
  "museum.stale.claim":
    "Adversariales Training mit Beispielen, die einmal vor dem Training gemacht wurden. Es behauptet: „Ich habe alle Angriffe gelernt.“",
  "museum.stale.trick":
    "Es hat diese Bilder auswendig gelernt. Neue Beispiele, für die jetzigen Gewichte gemacht, täuschen es wie zuvor: trainiere es und " +
    "sieh auf die robuste Genauigkeit.",
  "museum.copying.title": "Der abschreibende Reiniger",
  "museum.copying.claim":
    "Ein Autoencoder, der gelernt hat, aus sauberen Schildern saubere zu machen. Er behauptet: „Ich weiß, wie Schilder aussehen.“",
  "museum.copying.trick":
    "Am besten macht man aus Sauberem Sauberes, indem man abschreibt, und wer abschreibt, reicht den Angriff durch. Trainiere ihn und " +
    "sieh die Bilder vorher und nachher an.",
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
    "Drei Weisen zu sagen, wie groß eine Änderung ist: wie viele Werte sich überhaupt ändern, wie lang sie als Pfeil ist, und wie weit " +
    "der Wert rückt, der am weitesten rückt.",
  "gloss.epsilon.title": "Stärke, ε",
  "gloss.epsilon": "Um wie viel sich ein Farbwert höchstens ändern darf. Angegeben in Schritten von 1/255, den Schritten eines gesicherten Bilds.",
  "gloss.logits.title": "Logits und Wahrscheinlichkeiten",
  "gloss.logits":
    "Das Netz endet in einer Zahl für jedes Schild, den Logits z. Softmax macht daraus Anteile, die zusammen eins geben. Sie sagen, " +
    "wie sicher das Netz ist, nicht wie richtig.",
  "gloss.gradient.title": "Gradient",
  "gloss.gradient":
    "Um wie viel sich der Verlust ändert, wenn sich ein Pixel ein wenig ändert, für jedes Pixel. Es ist die Richtung, die am meisten " +
    "schadet; die meisten Angriffe folgen ihr. Als Bild zeigt er, woran die Antwort hängt.",
  "gloss.margin.title": "Abstand (Margin)",
  "gloss.margin":
    "Um wie viele Logits das richtige Schild vor dem nächsten liegt, oder das Ziel zurück. Unter null hat der Angriff sein Ziel " +
    "erreicht.",
  "gloss.targeted.title": "Gezielt und ungezielt",
  "gloss.targeted": "Ein ungezielter Angriff will irgendeine falsche Antwort; ein gezielter die Antwort t.",
  "gloss.knowledge.title": "Was der Angreifer weiß",
  "gloss.knowledge":
    "Ahnungslos: er kennt das Netz, aber nicht die Verteidigung. Angepasst: er kennt beide und greift durch beide an. Eine " +
    "Verteidigung ist wert, was gegen einen angepassten Angreifer bleibt.",
  "gloss.bpda.title": "BPDA",
  "gloss.bpda":
    "Backward pass differentiable approximation: vorwärts wird die Verteidigung g benutzt, wie sie ist; rückwärts gilt sie als etwas, " +
    "das einen Gradienten hat, hier als die Identität.",
  "gloss.transfer.title": "Übertragung",
  "gloss.transfer":
    "Ein Beispiel, das an einem Netz gemacht wurde, täuscht oft auch ein anderes. Ein Angreifer braucht also keinen Zugang zum " +
    "angegriffenen Netz.",
  "gloss.interval.title": "95-%-Intervall",
  "gloss.interval":
    "Ein Anteil, über n Schilder gezählt, ist unsicher. Das Wilson-Intervall sagt, zwischen welchen Grenzen der wahre Anteil liegt, in " +
    "95 von 100 solchen Zählungen.",
  "gloss.attack.fgsm":
    "Fast gradient sign method. Ein Schritt der Größe ε entlang dem Vorzeichen des Gradienten, für alle Werte zugleich. Schnell, und " +
    "der schwächste der Gradientenangriffe.",
  "gloss.attack.bim": "Basic iterative method: FGSM in kleinen Schritten α, nach jedem zurück in den Kasten der Größe ε (Π).",
  "gloss.attack.pgd":
    "Projected gradient descent: BIM von einem zufälligen Anfang aus, vielleicht mehrmals. Das übliche Maß der Robustheit innerhalb " +
    "von ε.",
  "gloss.attack.apgd":
    "PGD mit Schwung, dessen Schritt η sich halbiert, wenn er nicht mehr hilft. Eine Einstellung des Schritts braucht er nicht, und " +
    "seinem anderen Verlust (DLR) ist die Größe der Logits gleich.",
  "gloss.attack.square":
    "Ändert zufällige Quadrate und behält, was hilft. Er fragt nur das Netz und braucht keinen Gradienten; verdeckte Gradienten halten " +
    "ihn nicht auf.",
  "gloss.attack.ensemble":
    "APGD, gezieltes APGD und Square, jeder an dem, was die vorigen nicht täuschen konnten; nach Art von AutoAttack. Der schlimmste " +
    "der drei zählt.",
  "gloss.attack.cw":
    "Sucht die kleinste Änderung, in L2 gemessen, die das Ziel mit dem Vorsprung κ erreicht. Das Gewicht c wird gesucht: zu klein, und " +
    "nichts wird getäuscht; zu groß, und die Änderung wächst. Die Variable w hält alle Werte zwischen 0 und 1.",
  "gloss.attack.deepfool":
    "Hält die Grenze zum nächsten anderen Schild für eine Ebene, steigt darauf und schaut neu. Eine kleine Änderung in wenigen " +
    "Schritten, ohne Ziel.",
  "gloss.attack.jsma":
    "Ändert wenige Werte, diese stark: die, die nach der Karte S das Ziel am meisten heben und den Rest senken. In der Ein-Pixel-Form " +
    "einen Wert auf einmal.",
  "gloss.attack.noise": "Kein Angriff, sondern die Gegenprobe: zufälliges Rauschen derselben Stärke. Was sich Angriff nennt, muss es übertreffen.",
  "gloss.defence.purifier":
    "Ein Autoencoder g, der lernt, Rauschen und Angriffe n aus einem Bild zu nehmen. Der zweite Term macht die Antwort des " +
    "Klassifikators auf das gereinigte Bild zu der auf das saubere.",
  "gloss.defence.detector":
    "Vergleicht die Antworten vor und nach dem Reiniger. Ein sauberes Bild ändert sich kaum, ein angegriffenes schon; was sich um mehr " +
    "als τ ändert, wird abgewiesen.",
  "gloss.defence.bit_depth": "Lässt von jedem Farbwert b Bit übrig; kleine Änderungen werden weggerundet, wenn sie nicht einen Wert kippen.",
  "gloss.defence.median": "Jeder Wert wird zum Median seiner Nachbarn. Einzelne Ausreißer verschwinden; eine über das Bild verteilte Änderung nicht.",
  "gloss.defence.jpeg": "Komprimiert das Bild als JPEG, wobei feine Muster wegfallen. Angriffe, die mit der Kompression rechnen, überstehen sie.",
  "gloss.defence.huge_logits": "Ein schlechtes Beispiel: Ausgaben, so groß, dass der Gradient des Verlusts zu null gerundet wird.",
  "gloss.defence.no_gradient": "Ein schlechtes Beispiel: eine Schicht, die nichts ändert, aber den Gradienten verdeckt.",
  "gloss.recipe.pgd":
    "In jedem Schritt wird mit den jetzigen Gewichten das schlimmste Beispiel innerhalb von ε gesucht, und daraus gelernt. Das " +
    "verlässlichste Rezept; um die Schritte von PGD langsamer.",
  "gloss.recipe.fgsm": "Halb der Verlust auf sauberen Schildern, halb auf solchen, die FGSM angegriffen hat.",
  "gloss.recipe.fast":
    "Ein Schritt von einem zufälligen Anfang u. Schnell, kann sich aber auf einmal überanpassen: dann ist es nur gegen FGSM robust. " +
    "Das Training achtet darauf und geht zurück.",
  "gloss.recipe.trades":
    "Lernt die sauberen Schilder und, mit Gewicht β, auf das angegriffene zu antworten wie auf das saubere. β bestimmt den Preis der " +
    "Robustheit.",
  "gloss.recipe.stale":
    "Ein schlechtes Beispiel: die angegriffenen Schilder werden einmal gemacht, mit den Gewichten vor dem Training. Das Netz lernt " +
    "diese und nichts sonst.",
  "gloss.equation": "Gleichung",
  "lesson.training.unclear": "Bei so wenigen Schildern lässt sich der Unterschied nicht vom Zufall trennen.",
  "lesson.training.reveal.both":
    "Es ist die Abwehr, die am besten hält, und sie kostet längeres Training. Bei sauberen Schildern zeigt sich mit so wenigen kein " +
    "Unterschied; mit mehr gibt es meist einen.",
  "lesson.training.reveal.clean":
    "Dieses kurze Training hat nicht gereicht. Länger trainiert, unter Trainieren, hält die Kopie meist mehr aus; es ist die Abwehr, " +
    "die am besten hält.",
  "lesson.training.reveal.unclear":
    "Die Intervalle beider Netze überlappen sich. Miss mit mehr Schildern, unter Messen, oder trainiere länger: Es ist die Abwehr, die " +
    "am besten hält.",
  "lesson.perturbation.reveal.no":
    "Dieses Schild hat einer so kleinen Änderung standgehalten. Nimm unter Daten ein anderes Bild oder ein größeres ε, und versuche es " +
    "noch einmal.",
  "lesson.noise.reveal.yes":
    "Das ist selten: Von Tausenden Richtungen führen wenige zu einem anderen Schild, und diesmal hat der Zufall eine gefunden. Bei " +
    "einem anderen Bild meist nicht.",
  "lesson.cw.reveal.larger":
    "Diesmal war der eine große Schritt kürzer. Das ist selten: Mit mehr Schritten findet Carlini & Wagner bei fast jedem Bild eine " +
    "kleinere Änderung.",
  "lesson.purifier.reveal.no":
    "Diesmal kam die Änderung durch den Reiniger, obwohl der Angreifer nichts von ihm wusste. Ein Bild beweist wenig: Messen zählt " +
    "über viele.",
  "lesson.adaptive.reveal.yes":
    "Diesmal hat er gehalten. Ein Angriff, der misslingt, beweist keine Abwehr: Mit mehr Schritten oder einem anderen Bild kann sie " +
    "fallen.",
  "lesson.masked.reveal.no":
    "Diesmal sind beide Angreifer gescheitert, auch der zweite. Ein Angriff, der misslingt, beweist keine Abwehr: Mit mehr Schritten " +
    "oder einem anderen Bild kann sie fallen.",
  "lesson.epsilon.reveal.yes":
    "Dieses Schild fällt schon einer Änderung um 2 Schritte, die niemand sieht. Andere halten mehr aus: Robustheit ohne ihr ε sagt nichts.",
  "lesson.targeted.reveal.no":
    "Diesmal wurde das gewählte Schild nicht erreicht. Ein bestimmtes ist schwerer als irgendeins: unter „Angreifen“ gehen mehr Schritte " +
    "oder ein größeres ε.",
  "lesson.cw.unclear": "Carlini & Wagner hat diesmal keine Änderung gefunden, die das Netz täuscht.",
  "lesson.cw.reveal.unclear":
    "Also ist nichts zu vergleichen. Mit mehr Schritten findet sich fast immer eine: nimm unter „Daten“ ein anderes Bild und versuch es " +
    "noch einmal.",
};
