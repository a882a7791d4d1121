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
  "sticker.so-far": "Schritt {0} von {1}: In {2} von {3} Ansichten des letzten Schritts ist das Ziel erreicht.",
  "sticker.judging": "Der Aufkleber ist fertig. Jetzt lesen die Netze neue Ansichten davon.",
  "sticker.covers": "Er bedeckt {0} des Schilds.",
  "sticker.made": "{0} liest jetzt „{1}“ in {2} der Ansichten, die es vorher richtig las ({3} bis {4}, n = {5}).",
  "sticker.made-any": "{0} liest jetzt {2} der Ansichten falsch, die es vorher richtig las ({3} bis {4}, n = {5}).",
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
    "Male auf das Schild und sieh nach, in wie vielen Ansichten du das Netz täuschst. Oder lass den Rechner die Farben für genau die Stellen " +
    "wählen, die du bemalt hast.",
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
  "sticker.print": "Drucken",
  "sticker.print-words":
    "Der Aufkleber oder das Schild mit ihm, in wahrer Größe. Für den Unterricht und den Schreibtisch: Wer ihn auf ein echtes Schild klebt, " +
    "gefährdet andere und macht sich strafbar.",
  "sticker.diameter": "Breite des Schilds in cm",
  "sticker.save-sign": "Schild als SVG speichern",
  "sticker.save-sticker": "Aufkleber als SVG speichern",
  "sticker.save-record": "Protokoll speichern",
  "sticker.on-paper": "Fool the Sign: ein adversarialer Aufkleber für den Unterricht über maschinelles Lernen. Nicht für die Straße.",
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
