// Words of the stickers, in German.

import type { WORDS as EN } from "../en/sticker.js";

export const WORDS: Record<keyof typeof EN, string> = {
  "title.sticker": "Aufkleber · Fool the Sign",
  "place.sticker.title": "Aufkleber",
  "place.sticker.lead":
    "Ein Aufkleber auf dem Schild, der das Netz von allen Seiten täuscht: nah und fern, schräg, in Sonne und Schatten. Er verändert das Schild " +
    "selbst, ein einziges Mal, statt jedes Bild davon.",
  "start.or-sticker": "oder kleb etwas darauf",
  "start.way.sticker": "Kleb etwas darauf",
  "start.way.sticker.words": "Klebeband auf einem Stoppschild, das von allen Seiten als Tempo 80 gelesen wird.",
  "choice.teach.hide.sticker": "Aufkleber",
  "job.sticker": "Aufkleber berechnen",
  "set.sticker.sign": "Schild",
  "set.sticker.sign.help": "Das Schild, auf das der Aufkleber kommt.",
  "set.sticker.goal": "Ziel",
  "set.sticker.goal.help": "Irgendeine falsche Antwort oder eine, die du wählst.",
  "set.sticker.target": "Soll gelesen werden als",
  "set.sticker.target.help": "Das Schild, das das Netz lesen soll.",
  "set.sticker.fresh": "Neue Ansichten",
  "set.sticker.fresh.help": "Ansichten, mit denen der Aufkleber nicht berechnet wurde: An ihnen wird gezählt.",
  "start.scene": "Das Schild, wie Menschen es sehen",
  "sticker.famous": "Stopp → {0}",
  "sticker.famous-title": "Wie im Fachartikel: ein Stoppschild, das von allen Seiten als Tempolimit gelesen wird",
  "sticker.make": "Aufkleber berechnen",
  "sticker.sign": "Das Schild mit dem, was darauf klebt",
  "sticker.views": "Neun Ansichten davon",
  "sticker.views-words": "Was die Kamera sieht und was das Netz liest. Mit diesen neun wurde der Aufkleber nicht berechnet.",
  "sticker.view": "Ansicht {0}: gelesen als {1}",
  "sticker.none-yet":
    "Noch klebt nichts auf dem Schild. Ein Druck berechnet in etwa zehn Sekunden Farben dafür, zeigt neun Ansichten des Schilds und zählt über " +
    "Hunderte neue, was das Netz liest. Oder male selbst einen.",
  "sticker.painted-yet": "Auf das Schild ist etwas gemalt. Wie viele von 50 Ansichten dreht es um?",
  "sticker.so-far": "Schritt {0} von {1}: In {2} von {3} Ansichten des letzten Schritts ist das Ziel erreicht.",
  "sticker.judging": "Der Aufkleber ist fertig. Jetzt lesen die Netze neue Ansichten davon.",
  "sticker.covers": "Er bedeckt {0} des Schilds.",
  "sticker.made": "{0} liest jetzt „{1}“ in {2} der Ansichten, die es vorher richtig las ({3} bis {4}, n = {5}).",
  "sticker.made-any": "{0} liest jetzt {2} der Ansichten falsch, die es vorher richtig las ({3} bis {4}, n = {5}).",
  "sticker.turned": "Du hast {0} von {1} Ansichten umgedreht ({4} bis {5}): {2} las sie ohne ihn richtig und liest dort jetzt „{3}“.",
  "sticker.turned-any": "Du hast {0} von {1} Ansichten umgedreht ({4} bis {5}): {2} las sie ohne ihn richtig und liest sie jetzt falsch.",
  "sticker.chance": "Zufällige Farben an denselben Stellen: {0}.",
  "sticker.table": "Was der Aufkleber bei jedem Netz bewirkt",
  "sticker.network": "Netz",
  "sticker.clean": "Ohne ihn richtig gelesen",
  "sticker.reached": "Mit ihm Ziel erreicht",
  "sticker.control": "Mit zufälligen Farben",
  "sticker.made-on": "mit diesem berechnet",
  "sticker.under":
    "Je {0} neue Ansichten, Startwert {1}. Eine Ansicht, die schon ohne Aufkleber falsch gelesen wird, zählt nicht. Anteile mit " +
    "95-%-Intervallen (Wilson). {2}",
  "sticker.how": "{0} Schritte von Adam über je {1} Ansichten, Schrittweite {2}, κ {3}, Glätte {4}.",
  "sticker.by-hand-how": "Von Hand gemalt; nichts wurde berechnet.",
  "sticker.paint": "Male selbst",
  "sticker.paint-words":
    "Mal auf das Schild und sieh nach, wie viele von 50 Ansichten du umdrehst. Lass dann den Rechner die Farben für dieselben Stellen wählen " +
    "und vergleiche.",
  "sticker.brush": "Pinsel",
  "sticker.brush.white": "Weiß",
  "sticker.brush.black": "Schwarz",
  "sticker.brush.colour": "Farbe",
  "sticker.brush.erase": "Radierer",
  "sticker.size": "Breite",
  "sticker.clear": "Schild putzen",
  "sticker.try": "Sieh nach, was es bewirkt",
  "sticker.yours": "Deine Malerei",
  "sticker.machine": "Der Rechner, an denselben Stellen",
  "sticker.not-asked": "noch nicht gefragt",
  "sticker.answer": "Jetzt der Rechner, an denselben Stellen",
  "sticker.print": "Drucken",
  "sticker.print-words":
    "Der Aufkleber oder das Schild mit ihm, in wahrer Größe. Für den Unterricht und den Schreibtisch: Wer ihn auf ein echtes Schild klebt, " +
    "gefährdet andere und macht sich strafbar.",
  "sticker.diameter": "Breite des Schilds in cm",
  "sticker.pdf-words":
    "Das PDF hat Blätter in A4, jedes mit einem Lineal von 10 cm, das zeigt, ob der Drucker die Größe eingehalten hat. Was größer als ein Blatt " +
    "ist, kommt auf mehrere, mit Marken zum Zusammensetzen.",
  "sticker.save-sign": "Schild mit ihm als {0}",
  "sticker.save-sticker": "Nur der Aufkleber als {0}",
  "sticker.save-record": "Protokoll speichern",
  "sticker.no-photo": "Dieser Browser lässt eine Seite nicht sehen, was sie gezeichnet hat; so kommt das Schild in kein PDF. Das SVG enthält es trotzdem.",
  "sticker.on-paper": "Ein Aufkleber, der ein neuronales Netz täuscht. Er gehört in den Unterricht, nicht auf die Straße.",
  "sticker.on": "Ein Aufkleber auf „{0}“.",
  "sticker.on-as": "Ein Aufkleber auf „{0}“, das als „{1}“ gelesen werden soll.",
  "sticker.unmeasured": "Was er bewirkt, wurde nicht gemessen.",
  "sticker.origin": "Erstellt mit Fool the Sign {0} am {1}.",
  "sticker.scale": "Diese Linie ist 10 cm lang, wenn zu 100 % gedruckt wurde.",
  "sticker.join": "An den gestrichelten Linien schneiden, jedes Blatt so auf seine Nachbarn legen, dass die Kreuze sich decken, und kleben.",
  "sticker.sheet": "{0} von {1}",
  "sticker.file": "aufkleber",
  "sticker.file-alone": "-allein",
  "sticker.share": "Teilen",
  "sticker.share-words":
    "Der Link enthält jede Stelle und Farbe und öffnet ihn wie von Hand gemalt. Wer ihn öffnet, braucht keine Datei; die Farben stehen hinter dem # " +
    "der Adresse, das kein Server bekommt. Gelesen wird er dort vom Netz, das dort gewählt ist; hier ist es {0}.",
  "sticker.link": "Link zu dem, was auf dem Schild ist",
  "sticker.link-long":
    "Ein Link dazu hätte {0} Zeichen: So viele Farben passen in keinen von {1}, wie Chats und Mails ihn nehmen. Speichere es stattdessen als Bild.",
  "sticker.png": "Als Bild speichern (PNG)",
  "link.painting":
    "Was im Link gemalt ist, ließ sich nicht lesen: Unterwegs ging ein Teil verloren oder wurde verändert. Lass dir den Link noch einmal schicken.",
  "link.painting-long": "Was im Link gemalt ist, ist länger als 8.000 Zeichen und wurde nicht gelesen.",
  "job.area": "Aufkleber mit mehreren Flächen",
  "areas.title": "Wie viel Fläche braucht es?",
  "areas.words":
    "Berechnet nacheinander einen Aufkleber für jeden dieser Teile des Schilds: {0}. Auf „{1}“, {2}, mit den Einstellungen oben, aber höchstens 200 " +
    "Schritten und 200 neuen Ansichten für jeden. Auf der CPU eines Laptops dauert das mit lenet eine halbe Minute, mit einem größeren Netz " +
    "einige Minuten. Was auf dem Schild ist, bleibt, wie es ist.",
  "areas.aim": "das als „{0}“ gelesen werden soll",
  "areas.any": "das falsch gelesen werden soll",
  "areas.start": "Kurve zeichnen",
  "areas.so-far": "Aufkleber {0} von {1}: {2} des Schilds.",
  "areas.chart": "Ansichten von „{0}“, die falsch gelesen werden",
  "areas.chart-aim": "Ansichten von „{0}“, die als „{1}“ gelesen werden",
  "areas.axis": "Anteil des Schilds in %",
  "areas.made-on": "{0} (auf ihm entstanden)",
  "areas.control": "{0}, zufällige Farben",
  "areas.under":
    "Entstanden auf {0}, das vorher n = {1} von je {2} neuen Ansichten richtig las; nur sie zählen. {3} Schritte von Adam über je {4} Ansichten, " +
    "Schrittweite {5}, κ {6}, Startwert {7}. Anteile mit 95-%-Intervallen (Wilson).",
  "areas.table": "Die Kurve als Tabelle",
  "sticker.lesson":
    "Robust innerhalb von ε ist nicht robust hiergegen: Ein Aufkleber ändert wenige Stellen, diese aber beliebig stark. Vergleiche beides:",
  "sticker.settings": "Alle Parameter des Aufklebers",
  "live.title": "Halt es vor die Kamera",
  "live.words":
    "Drucke das Schild mit seinem Aufkleber und halt es in das Quadrat. Die Kamera ist nur an, solange du es erlaubst, und kein Bild wird " +
    "behalten.",
  "live.asking": "Der Browser fragt, ob die Seite die Kamera benutzen darf.",
  "live.on": "Halt das Schild in das Quadrat.",
  "live.start": "Lies, was die Kamera sieht",
  "live.stop": "Kamera ausschalten",
  "live.reads": "Was gelesen wird, über die letzten Bilder geglättet",
  "live.rate": "{0} Lesungen je Sekunde",
  "live.attacked": "Was FGSM aus diesem Bild machen würde",
  "live.purified": "Was der Reiniger daraus macht",
  "live.as-seen": "Wie es ist",
  "live.as-attacked": "Angegriffen",
  "live.as-purified": "Gereinigt",
};
