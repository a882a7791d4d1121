// Words of the stickers, in German.

import type { WORDS as EN } from "../en/sticker.js";

export const WORDS: Record<keyof typeof EN, string> = {
  "title.sticker": "Aufkleber · Fool the Sign",
  "place.sticker.title": "Aufkleber",
  "place.sticker.lead":
    "Ein Aufkleber auf dem Schild, der das Netz von allen Seiten täuscht: nah und fern, schräg, in Sonne und Schatten. Man verändert das " +
    "Schild selbst, ein einziges Mal, und nicht jedes Bild.",
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
  "set.sticker.fresh.help": "Ansichten, auf denen der Aufkleber nicht entstanden ist: Auf ihnen wird gezählt.",
  "sticker.famous": "Stopp → {0}",
  "sticker.famous-title": "Wie im Artikel: ein Stoppschild, das von allen Seiten als Tempolimit gelesen wird",
  "sticker.make": "Aufkleber berechnen",
  "sticker.sign": "Das Schild mit dem, was darauf klebt",
  "sticker.views": "Neun Ansichten davon",
  "sticker.views-words": "Wie die Kamera es sieht und was das Netz liest. Auf diesen neun ist der Aufkleber nicht entstanden.",
  "sticker.view": "Ansicht {0}: gelesen als {1}",
  "sticker.none-yet": "Noch klebt nichts auf dem Schild. Lass einen Aufkleber berechnen oder male selbst einen.",
  "sticker.so-far": "Schritt {0} von {1}: In {2} von {3} Ansichten des letzten Schritts ist das Ziel erreicht.",
  "sticker.judging": "Der Aufkleber ist fertig. Jetzt sehen die Netze neue Ansichten davon.",
  "sticker.covers": "Er bedeckt {0} des Schilds.",
  "sticker.made": "{0} liest jetzt „{1}“ in {2} der Ansichten, die es vorher richtig las ({3} bis {4}, n = {5}).",
  "sticker.made-any": "{0} liest jetzt {2} der Ansichten falsch, die es vorher richtig las ({3} bis {4}, n = {5}).",
  "sticker.chance": "Zufällige Farben an denselben Stellen: {0}.",
  "sticker.table": "Was der Aufkleber bei jedem Netz bewirkt",
  "sticker.network": "Netz",
  "sticker.clean": "Ohne ihn richtig gelesen",
  "sticker.reached": "Mit ihm Ziel erreicht",
  "sticker.control": "Mit zufälligen Farben",
  "sticker.made-on": "auf diesem entstanden",
  "sticker.under":
    "Je {0} neue Ansichten, Startwert {1}. Eine Ansicht, die schon ohne Aufkleber falsch gelesen wird, zählt nicht. Anteile mit " +
    "95-%-Intervallen (Wilson). {2}",
  "sticker.how": "{0} Schritte von Adam über je {1} Ansichten, Schrittweite {2}, κ {3}, Glätte {4}.",
  "sticker.by-hand-how": "Von Hand gemalt; nichts wurde berechnet.",
  "sticker.paint": "Mal selbst",
  "sticker.paint-words":
    "Mal auf das Schild und sieh nach, wie viele Ansichten du umdrehst. Oder lass den Rechner die Farben für genau die Stellen wählen, die " +
    "du bemalt hast.",
  "sticker.brush": "Pinsel",
  "sticker.brush.white": "Weiß",
  "sticker.brush.black": "Schwarz",
  "sticker.brush.colour": "Farbe",
  "sticker.brush.erase": "Radierer",
  "sticker.size": "Breite",
  "sticker.clear": "Schild putzen",
  "sticker.try": "Sieh nach, was es bewirkt",
  "sticker.yours": "Deine Hand",
  "sticker.machine": "Der Rechner, an denselben Stellen",
  "sticker.print": "Drucken",
  "sticker.print-words":
    "Der Aufkleber oder das Schild mit ihm, in wahrer Größe. Für den Unterricht und den Schreibtisch: Wer ihn auf ein echtes Schild klebt, " +
    "gefährdet andere und macht sich strafbar.",
  "sticker.diameter": "Breite des Schilds in cm",
  "sticker.save-sign": "Schild als SVG speichern",
  "sticker.save-sticker": "Aufkleber als SVG speichern",
  "sticker.save-record": "Datensatz der Messung speichern",
  "sticker.on-paper": "Fool the Sign: ein Aufkleber für den Unterricht über maschinelles Lernen. Nicht für die Straße.",
  "sticker.lesson":
    "Adversarial Training gegen kleine Änderungen hilft hier nicht: Ein Aufkleber ändert wenige Stellen, die aber beliebig stark.",
  "sticker.settings": "Alle Parameter des Aufklebers",
};
