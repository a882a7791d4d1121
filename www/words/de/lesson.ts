// Words of the lesson and its questions, in German.

import type { WORDS as EN } from "../en/lesson.js";

export const WORDS: Record<keyof typeof EN, string> = {
  "lesson.steps": "Schritte der Lektion",
  "lesson.back": "Zurück",
  "lesson.on": "Nächster Schritt",
  "lesson.do": "Ausführen",
  "lesson.again": "Noch einmal ausführen",
  "lesson.predict-first": "Sag es erst voraus.",
  "lesson.untrained": "Trainiere zuerst das Netz, unter „Trainieren“.",
  "lesson.running": "Läuft …",
  "lesson.needs.purifier": "Gibt es noch keinen Reiniger, wird der genommen, der mit der Seite kommt.",
  "lesson.needs.hardened": "Eine Kopie des Netzes wird mit angegriffenen Schildern trainiert, dann werden beide gemessen: etwa eine Minute.",
  "lesson.needs.sticker": "Der Aufkleber wird berechnet und dann beurteilt: etwa zehn Sekunden.",
  "lesson.needs.stickers": "Beide Netze werden unter PGD gemessen, dann bekommt jedes seinen eigenen Aufkleber: etwa eine halbe Minute.",
  "lesson.needs.signs": "Dieser Schritt braucht die gezeichneten Schilder: Schließe erst den Datensatz, unter „Daten“.",
  "lesson.right": "Wie du gesagt hast:",
  "lesson.wrong": "Diesmal nicht:",
  "lesson.figures": "Über viele Schilder gezählt, mit 95-%-Intervallen",
  "lesson.figures-views": "Über viele Ansichten des Schilds gezählt, mit 95-%-Intervallen",
  "lesson.hardened": "gehärtet",
  "lesson.withstands": "PGD-20, ε = 8/255: noch richtig gelesen",
  "lesson.compare": "Hier: {0}.",
  "lesson.norms": "{0}: L2 {1}, L∞ {2}/255",
  "lesson.end": "Glaube einer Verteidigung erst, wenn jemand, der sie kannte, sie hart angegriffen und aufgeschrieben hat, wie.",
  "lesson.came.before": "Das Netz hat dieses Schild schon vor dem Angriff falsch gelesen.",
  "lesson.came.before.reveal":
    "Der Angriff hatte also nichts zu tun, und dieses Bild zeigt nichts. Nimm unter „Daten“ ein anderes und führe den Schritt noch einmal aus.",
  "lesson.came.spoiled": "Hinter dem Reiniger wird dieses Schild auch ohne Angriff falsch gelesen.",
  "lesson.came.spoiled.reveal":
    "Ein Reiniger kostet einige saubere Schilder, und dieses ist eins davon. Nimm unter „Daten“ ein anderes Bild und führe den Schritt noch " +
    "einmal aus.",
  "lesson.came.unread": "Das Netz liest dieses Schild in keiner Ansicht richtig, mit oder ohne Aufkleber.",
  "lesson.came.unread.reveal": "Also gibt es nichts zu täuschen. Trainiere es länger unter „Trainieren“, oder wähle ein anderes Modell.",

  "lesson.perturbation.title": "Eine Änderung, die du kaum siehst",
  "lesson.perturbation.text":
    "Ein Angriff gibt zu jedem Farbwert des Bilds etwas hinzu oder nimmt etwas weg: die Störung. Hier sind es höchstens 12 von 255 " +
    "Schritten, jeder in der Richtung, die dem Netz am meisten schadet.",
  "lesson.perturbation.question": "Liest das Netz das Schild noch?",
  "lesson.perturbation.yes": "Es liest ein anderes Schild.",
  "lesson.perturbation.no": "Es liest das Schild noch.",
  "lesson.perturbation.reveal.yes":
    "Du und das Netz seht dasselbe Bild, aber anderes darin. Schiebe die Kante, um zu sehen, wie wenig sich geändert hat.",
  "lesson.perturbation.reveal.no":
    "Dieses Schild hat einer so kleinen Änderung standgehalten. Nimm unter „Daten“ ein anderes Bild, oder geh weiter: Als Nächstes kommt ε.",

  "lesson.epsilon.title": "Wie viel ist genug: ε",
  "lesson.epsilon.text": "ε ist die größte Änderung, die ein Farbwert erfahren darf. Derselbe Angriff läuft jetzt mit ε = 2 und mit ε = 24.",
  "lesson.epsilon.question": "Reicht ε = 2 von 255, um es zu täuschen?",
  "lesson.epsilon.yes": "Ja, schon 2 Schritte reichen.",
  "lesson.epsilon.no": "Nein, 2 Schritte sind zu wenig; 24 reichen.",
  "lesson.epsilon.neither": "Weder 2 noch 24 Schritte haben gereicht.",
  "lesson.epsilon.reveal.yes":
    "Dieses Schild fällt schon einer Änderung um 2 Schritte, die niemand sieht. Andere halten mehr aus: Eine Zahl zur Robustheit sagt nichts " +
    "ohne ihr ε.",
  "lesson.epsilon.reveal.no":
    "Ein größeres ε macht den Angriff leichter, und leichter zu sehen. Eine Zahl zur Robustheit sagt nichts ohne ihr ε.",
  "lesson.epsilon.reveal.neither":
    "Dieses Schild hat einem einzelnen Schritt von FGSM in beiden Stärken standgehalten. Das beweist nichts: Ein Angriff mit vielen kleinen " +
    "Schritten findet vielleicht einen Weg.",

  "lesson.noise.title": "Zufälliges Rauschen ist kein Angriff",
  "lesson.noise.text": "Jetzt ändert sich jeder Farbwert um bis zu 24 Schritte, aber zufällig statt entlang dem Gradienten.",
  "lesson.noise.question": "Täuscht Rauschen dieser Stärke das Netz?",
  "lesson.noise.yes": "Ja, auch Rauschen täuscht es.",
  "lesson.noise.no": "Nein, es liest das Schild noch.",
  "lesson.noise.reveal.yes":
    "Das ist selten: Sehr wenige Richtungen führen zu einem anderen Schild, und diesmal hat das Rauschen eine gefunden. Bei einem anderen Bild " +
    "meist nicht.",
  "lesson.noise.reveal.no":
    "Unter Tausenden von Richtungen führen wenige zu einem anderen Schild. Der Angriff berechnet eine davon; der Zufall findet sie " +
    "fast nie.",

  "lesson.targeted.title": "Ein Schild nach Wahl des Angreifers",
  "lesson.targeted.text": "Ein gezielter Angriff will ein bestimmtes Schild: hier „{0}“. Er macht kleine Schritte und schaut nach jedem neu.",
  "lesson.targeted.question": "Kann der Angreifer wählen, was das Netz liest?",
  "lesson.targeted.yes": "Ja, es liest das gewählte Schild.",
  "lesson.targeted.no": "Nein, nicht das gewählte.",
  "lesson.targeted.reveal.yes":
    "Ein bestimmtes Schild zu erreichen ist schwerer als irgendeins, aber meist möglich. Unter „Angreifen“ kannst du jedes wählen.",
  "lesson.targeted.reveal.no":
    "Ein bestimmtes Schild zu erreichen ist schwerer als irgendeins. Unter „Angreifen“ kannst du mehr Schritte erlauben oder ein größeres ε.",

  "lesson.cw.title": "Die kleinste Änderung: Carlini & Wagner",
  "lesson.cw.text":
    "FGSM macht einen Schritt und nutzt bei jedem Wert das ganze ε aus. Carlini & Wagner suchen mit Hunderten von Schritten die kleinste " +
    "Änderung (in L2), die wirkt, und probieren, wie viel das Täuschen gegenüber der Nähe zum Original zählen soll (c).",
  "lesson.cw.question": "Ist die Änderung, die C&W braucht, kleiner oder größer als die von FGSM, als Länge gemessen (L2)?",
  "lesson.cw.smaller": "Sie ist kürzer.",
  "lesson.cw.larger": "Sie ist länger.",
  "lesson.cw.unclear": "Carlini & Wagner hat diesmal keine Änderung gefunden, die das Netz täuscht.",
  "lesson.cw.alone": "C&W hat das Netz getäuscht und FGSM nicht.",
  "lesson.cw.reveal.smaller":
    "Vergleiche beide Längen. FGSM verschiebt jeden Wert um das ganze ε (L∞). C&W ist an kein ε gebunden, verschiebt aber nur, was hilft; eine " +
    "Verteidigung, die FGSM aufhält, bemerkt es vielleicht gar nicht.",
  "lesson.cw.reveal.larger": "Das ist selten: Mit mehr Schritten findet Carlini & Wagner bei fast jedem Bild eine kleinere Änderung.",
  "lesson.cw.reveal.unclear":
    "Also ist nichts zu vergleichen. Mit mehr Schritten findet sich fast immer eine: Nimm unter „Daten“ ein anderes Bild und führe den Schritt " +
    "noch einmal aus.",
  "lesson.cw.reveal.alone":
    "Eine Änderung, die niemanden täuscht, hat keine Länge, die sich zu vergleichen lohnt. Ein Schritt innerhalb von ε war hier zu wenig; die " +
    "Suche hat gefunden, was reicht.",

  "lesson.purifier.title": "Das Bild waschen",
  "lesson.purifier.text":
    "Ein Reiniger ist ein zweites Netz vor dem Klassifikator. Er lernt, aus verrauschten und angegriffenen Bildern wieder saubere zu machen. " +
    "Der Angreifer weiß nichts von ihm.",
  "lesson.purifier.question": "Wird das Schild nach dem Reiniger richtig gelesen?",
  "lesson.purifier.yes": "Ja, der Reiniger repariert es.",
  "lesson.purifier.no": "Nein, der Angriff kommt durch.",
  "lesson.purifier.idle": "Der Angriff hat schon das Netz ohne Reiniger nicht getäuscht.",
  "lesson.purifier.reveal.yes":
    "Die Änderung war nur für den Klassifikator gemacht. Was hinter dem Reiniger davon bleibt, zeigt meist nicht mehr in die richtige " +
    "Richtung.",
  "lesson.purifier.reveal.no":
    "Diesmal kam die Änderung durch den Reiniger, obwohl der Angreifer nichts von ihm wusste. Ein Bild beweist wenig: „Messen“ zählt " +
    "über viele.",
  "lesson.purifier.reveal.idle":
    "Es gab also nichts zu reparieren. Nimm unter „Daten“ ein anderes Bild, oder ein Modell, das sich leichter täuschen lässt.",

  "lesson.adaptive.title": "… bis der Angreifer ihn kennt",
  "lesson.adaptive.text": "Jetzt kennt der Angreifer den Reiniger und berechnet den Gradienten durch beide Netze: ein adaptiver Angriff.",
  "lesson.adaptive.question": "Hilft der Reiniger noch?",
  "lesson.adaptive.yes": "Ja, er hält noch.",
  "lesson.adaptive.no": "Nein, er fällt.",
  "lesson.adaptive.reveal.yes":
    "Ein Angriff, der misslingt, beweist keine Verteidigung: Mit mehr Schritten oder einem anderen Bild kann sie fallen.",
  "lesson.adaptive.reveal.no":
    "Zwei Netze hintereinander sind ein Netz. Ein Geheimnis ist keine Verteidigung: Geheimnisse sickern durch, und Angreifer raten.",

  "lesson.masked.title": "Robustheit, die nur so aussieht",
  "lesson.masked.text":
    "Diese Schicht tut gar nichts, hat aber keinen Gradienten; darum kommt der Angriff nicht voran. Ein zweiter Angreifer geht durch sie " +
    "zurück, als wäre sie nicht da (BPDA).",
  "lesson.masked.question": "Hält die Schicht ohne Gradienten den zweiten Angreifer auf?",
  "lesson.masked.yes": "Nein, der zweite Angreifer kommt durch.",
  "lesson.masked.no": "Ja, sie hält beide auf.",
  "lesson.masked.naive": "Diesmal kommt sogar der erste Angreifer durch.",
  "lesson.masked.reveal.yes":
    "Sind Gradienten verdeckt, scheitert ein Angriff aus dem falschen Grund. Die Prüfungen unter „Messen“ suchen nach diesen Anzeichen.",
  "lesson.masked.reveal.no":
    "Diesmal sind beide Angreifer gescheitert, auch der zweite. Ein Angriff, der misslingt, beweist keine Verteidigung: Mit mehr Schritten " +
    "oder einem anderen Bild kann sie fallen.",
  "lesson.masked.reveal.naive":
    "Er hat keinen Gradienten, dem er folgen könnte, beginnt aber mit zufälligem Rauschen, und bei diesem Bild hat das gereicht. Nimm unter " +
    "„Daten“ ein anderes, um die beiden Angreifer zu unterscheiden.",

  "lesson.training.title": "Aus Angriffen lernen, und der Preis",
  "lesson.training.text":
    "Adversariales Training zeigt dem Netz beim Lernen angegriffene Schilder. Eine Kopie wird so trainiert, dann lesen beide Netze 172 " +
    "neue Schilder, saubere und mit PGD angegriffene.",
  "lesson.training.question": "Was geschieht mit der Kopie?",
  "lesson.training.robust": "Besser bei angegriffenen Schildern, schlechter bei sauberen.",
  "lesson.training.both": "Besser bei angegriffenen Schildern; bei sauberen kein Unterschied, den diese Schilder zeigen können.",
  "lesson.training.unclear": "Bei angegriffenen Schildern kein Unterschied, den diese Schilder zeigen können.",
  "lesson.training.worse": "Die Kopie ist bei angegriffenen Schildern schlechter.",
  "lesson.training.reveal.robust":
    "Es ist die Verteidigung, die innerhalb von ε am besten hält, und sie kostet: längeres Training und etwas Genauigkeit bei sauberen Schildern.",
  "lesson.training.reveal.both":
    "Es ist die Verteidigung, die innerhalb von ε am besten hält, und sie kostet längeres Training. Mit mehr Schildern zeigt sich meist auch " +
    "bei sauberen ein kleiner Verlust.",
  "lesson.training.reveal.unclear":
    "Die Intervalle beider Netze überlappen sich. Miss mehr Schilder unter „Messen“, oder trainiere länger unter „Trainieren“: Kein gezeigter " +
    "Unterschied heißt nicht, dass es keinen gibt.",
  "lesson.training.reveal.worse":
    "Dieses kurze Training hat geschadet. Länger trainiert, unter „Trainieren“, hält ein Netz meist mehr aus als zuvor.",

  "lesson.sticker.title": "Ein Aufkleber, von jeder Seite",
  "lesson.sticker.text":
    "Bisher wurde jedes Bild für sich geändert. Ein Aufkleber ändert das Schild einmal und muss von nah und fern täuschen, schräg, in Sonne " +
    "und Schatten. Zwei Streifen auf einem Viertel eines Stoppschilds werden über viele gezeichnete Ansichten berechnet, damit es als „{0}“ " +
    "gelesen wird; dann werden 200 neue Ansichten gezählt.",
  "lesson.sticker.question": "In wie vielen der neuen Ansichten wird das Stoppschild als „{0}“ gelesen?",
  "lesson.sticker.most": "In mehr als der Hälfte.",
  "lesson.sticker.few": "In weniger als der Hälfte.",
  "lesson.sticker.unclear": "Um die Hälfte: Ob mehr oder weniger, können diese Ansichten nicht zeigen.",
  "lesson.sticker.reveal.most":
    "Dieselben Farben täuschen das Netz fast von überall, weil sie über viele Ansichten zugleich gewählt wurden (Expectation over " +
    "Transformation). Vergleiche zufällige Farben an denselben Stellen: Ein Aufkleber allein tut es nicht.",
  "lesson.sticker.reveal.few":
    "Dieses Netz hat in den meisten Ansichten gehalten. Ein Aufkleber, der misslingt, beweist wenig: Ein größerer, mehr Schritte oder ein " +
    "anderes Ziel können reichen. Probiere es unter „Aufkleber“.",
  "lesson.sticker.reveal.unclear":
    "Das Intervall enthält die Hälfte. Mehr neue Ansichten würden es zeigen; unter „Aufkleber“ kannst du ihre Zahl einstellen. So oder so " +
    "dreht ein Aufkleber viele Ansichten, für die er nicht gemacht wurde.",

  "lesson.stickers.title": "Robust innerhalb von ε, und ein Aufkleber",
  "lesson.stickers.text":
    "„{1}“ kommt mit der Seite und wurde an Angriffen innerhalb von ε trainiert. Zuerst treffen dieses Netz und „{0}“ auf PGD. Dann bekommt " +
    "jedes seinen eigenen Aufkleber, so groß wie der letzte, berechnet von einem Angreifer, der das Netz kennt.",
  "lesson.stickers.question": "Hilft adversariales Training gegen kleine Änderungen auch gegen den Aufkleber?",
  "lesson.stickers.less": "Ja, es wird in klar weniger Ansichten getäuscht.",
  "lesson.stickers.unclear": "Kein Unterschied, den diese Ansichten zeigen können.",
  "lesson.stickers.more": "Nein, es wird sogar in mehr Ansichten getäuscht.",
  "lesson.stickers.reveal.less":
    "Hier hat es ein wenig geholfen. Sieh, wie viele Ansichten trotzdem fallen: Es wurde innerhalb von ε robust, und ein Aufkleber ändert " +
    "wenige Stellen um viel mehr als ε.",
  "lesson.stickers.reveal.unclear":
    "Es wurde innerhalb von ε robust: an jeder Stelle ein wenig. Ein Aufkleber ändert wenige Stellen, aber so stark er will. Robustheit gilt " +
    "für die Angriffe, für die sie gemacht und gemessen wurde.",
  "lesson.stickers.reveal.more":
    "Es wurde innerhalb von ε robust: an jeder Stelle ein wenig. Ein Aufkleber ändert wenige Stellen, aber so stark er will, und hier ging das " +
    "sogar besser. Robustheit gilt für die Angriffe, für die sie gemacht und gemessen wurde.",

  "lesson.finish": "Abschluss",
  "lesson.next": "Wie weiter?",
  "lesson.next.set": "Einrichten",
  "lesson.next.go": "Hingehen",
  "lesson.next.target": "Aus einem Schild „{0}“ machen",
  "lesson.next.target.words": "Carlini & Wagner mit einem Ziel. Sieh der Suche Schritt für Schritt zu, und ändere κ.",
  "lesson.next.knowledge": "Wie viel ist ein Geheimnis wert?",
  "lesson.next.knowledge.words": "Über 200 Schilder gezählt: der Reiniger gegen einen Angreifer, der ihn nicht kennt, und einen, der ihn kennt.",
  "lesson.next.train": "Selbst ein Netz härten",
  "lesson.next.train.words": "Adversariales Training mit PGD, von nichts an: Sieh, wie saubere und robuste Genauigkeit wachsen.",
  "lesson.next.sticker": "Ein Aufkleber aus schwarzem und weißem Klebeband",
  "lesson.next.sticker.words": "Auf einem Achtel des Schilds, wie man ihn kleben könnte: Reicht das noch?",
  "lesson.next.museum": "Die schlechten Verteidigungen brechen",
  "lesson.next.museum.words": "Verteidigungen, die gut aussahen, bis jemand sie richtig angriff.",
  "lesson.forget": "Für die nächste Person leeren",
  "lesson.forget-question": "Die Lektion leeren?",
  "lesson.forget-words": "Voraussagen, Ergebnisse und die Antworten auf die Fragen werden gelöscht.",

  "quiz.before": "Vorher: fünf Fragen",
  "quiz.after": "Nachher: dieselben fünf Fragen",
  "quiz.before.lead":
    "Was weißt du schon? Antworte, so gut du kannst; „Ich weiß es nicht“ ist eine ehrliche Antwort. Die Lösungen kommen am Ende.",
  "quiz.after.lead": "Noch einmal dieselben Fragen. Dann siehst du, was richtig war, und warum.",
  "quiz.first": "Bevor du anfängst, fünf Fragen; am Ende siehst du, was du gelernt hast.",
  "quiz.first.go": "Erst fünf Fragen",
  "quiz.end": "Abgeben",
  "quiz.open": "Beantworte erst alle fünf.",
  "quiz.kept": "Deine Antworten sind gesichert. Nach dem letzten Schritt kommen dieselben fünf Fragen; dann werden sie erklärt.",
  "quiz.scores": "Was du vorher und nachher wusstest",
  "quiz.question": "Frage",
  "quiz.column.before": "Vorher",
  "quiz.column.after": "Nachher",
  "quiz.right": "richtig",
  "quiz.not-right": "nicht richtig",
  "quiz.unsure": "Ich weiß es nicht",
  "quiz.total": "Richtige Antworten",
  "quiz.of": "{0} von {1}",
  "quiz.print": "Ergebnis drucken",
  "quiz.epsilon": "Ein Angriff hält sich an ε = 8/255 (L∞). Was sagt das?",
  "quiz.epsilon.pixels": "Er ändert höchstens 8 von 255 Pixeln.",
  "quiz.epsilon.values": "Er verschiebt keinen Farbwert um mehr als 8 von 255 Schritten.",
  "quiz.epsilon.odds": "Er gelingt bei 8 von 255 Bildern.",
  "quiz.epsilon.why": "ε begrenzt die Änderung jedes einzelnen Farbwerts. Wie viele Bilder dann fallen, sagt die robuste Genauigkeit, nie ohne ihr ε.",
  "quiz.transfer": "Jemand will ein Netz täuschen, ohne an dessen Gewichte zu kommen. Geht das?",
  "quiz.transfer.often": "Oft: Ein Beispiel, das an einem eigenen Netz gemacht wurde, täuscht auch viele andere.",
  "quiz.transfer.never": "Nein: Ohne die Gewichte gibt es keinen Gradienten und keinen Angriff.",
  "quiz.transfer.alike": "Nur, wenn beide Netze dieselben Gewichte haben.",
  "quiz.transfer.why": "Beispiele übertragen sich zwischen Netzen, und manche Angriffe fragen nur nach Antworten. Versteckte Gewichte schützen nicht.",
  "quiz.adaptive": "Mit einem Filter davor werden 9 von 10 angegriffenen Schildern richtig gelesen. Der Angreifer kannte den Filter nicht. Was folgt?",
  "quiz.adaptive.most": "Der Filter macht das Netz zu 90 % robust.",
  "quiz.adaptive.more": "Der Filter ist besser als adversariales Training, das weniger erreicht.",
  "quiz.adaptive.little": "Wenig, bis jemand durch den Filter angegriffen hat.",
  "quiz.adaptive.why":
    "Eine Verteidigung ist wert, was gegen einen adaptiven Angreifer bleibt, der sie kennt und durch sie angreift. Oft ist das fast nichts.",
  "quiz.cost": "Was kostet adversariales Training?",
  "quiz.cost.nothing": "Nichts: Die saubere und die robuste Genauigkeit werden besser.",
  "quiz.cost.clean": "Längeres Training, und meist etwas Genauigkeit bei sauberen Schildern.",
  "quiz.cost.size": "Ein größeres Netz; seine Genauigkeit bei sauberen Schildern bleibt gleich.",
  "quiz.cost.why": "Jeder Schritt berechnet erst Angriffe auf die jetzigen Gewichte, und was daraus gelernt wird, kostet meist einige saubere Schilder.",
  "quiz.sticker": "Ein Netz wurde gegen Änderungen innerhalb von ε = 8/255 trainiert. Nun klebt ein Aufkleber auf dem Schild. Hilft das Training?",
  "quiz.sticker.same": "Ja, so viel wie gegen andere Angriffe.",
  "quiz.sticker.never": "Es ist nicht nötig: Ein Aufkleber täuscht nur von einer Seite.",
  "quiz.sticker.hardly": "Kaum: Ein Aufkleber ändert wenige Stellen, aber um viel mehr als ε.",
  "quiz.sticker.why":
    "Robustheit gilt für die Angriffe, für die sie gemacht wurde. Ein Aufkleber wird über viele Ansichten berechnet; ihn begrenzt sein Platz, " +
    "nicht ε.",

  "sheet.title": "Fool the Sign: Arbeitsblatt",
  "sheet.scores": "Fool the Sign: fünf Fragen vor und nach der Lektion",
  "sheet.name": "Name: ______________________  Datum: ______________",
  "sheet.seen": "Was ich gesehen habe: ____________________________________________________",
};
