// What the engine says, in German: without a browser, for it is a matter of texts only.

import assert from "node:assert/strict";
import test, { before } from "node:test";
import { ENGINE } from "../../www/words/de-engine.js";
import { engineWords } from "../../www/words/engine-words.js";
import { useLanguage } from "../../www/words/i18n.js";

// The language is written to the document.
before(() => {
  Object.assign(globalThis, { document: { documentElement: {} } });
  useLanguage("de");
});

/** @param {string} english @param {string} german */
const says = (english, german) => assert.equal(engineWords(english), german);

test("in English the engine's words stay as they are", () => {
  useLanguage("en");
  says("The file is empty.", "The file is empty.");
  useLanguage("de");
  says("The file is empty.", "Die Datei ist leer.");
});

test("a parameter error: its name and its range are translated, its numbers are not touched", () => {
  says("The batch size has to be from 1 to 1024; it was 0.", "Stapelgröße: erlaubt ist 1 bis 1024; angegeben war 0.");
  says("λ, the weight of the guidance, has to be from 0 to 100; it was NaN.", "λ, das Gewicht der Führung: erlaubt ist 0 bis 100; angegeben war NaN.");
  says("The network has to be for images of 32 × 32 pixels; it was for 48 × 48.", "Netz: erlaubt ist eines für Bilder von 32 × 32 Pixeln; angegeben war eines für 48 × 48.");
});

test("an error of an archive within one of a data set", () => {
  says("There are no pictures in it. The first, signs/b.rar: Archives within archives are not opened.",
    "Es sind keine Bilder darin. Das erste, „signs/b.rar“: Archive in Archiven werden nicht geöffnet.");
  says("There are no pictures in it.", "Es sind keine Bilder darin.");
  says("Only pictures of one class could be used. The first, x. y.png: The picture is damaged or cut off (unexpected end). Try another copy of it.",
    "Nur eine Klasse war brauchbar. Das erste, „x. y.png“: Das Bild ist beschädigt oder abgeschnitten (unexpected end). Versuche es mit einer anderen Kopie.");
  says("This is no whole zip archive (3 of 7 entries are listed). It may be cut off: download or pack it again.",
    "Das ist kein vollständiges Zip-Archiv (3 von 7 Einträgen sind verzeichnet). Vielleicht ist es abgeschnitten: Lade es noch einmal herunter, oder packe es neu.");
  says("The archive a.zip cannot be used. This archive has far more than 100,000 entries; at most 100,000 are read.",
    "Das Archiv „a.zip“ ist nicht brauchbar. Dieses Archiv hat weit mehr als 100.000 Einträge; höchstens 100.000 werden gelesen.");
});

test("several sentences in a row, and what is unknown among them", () => {
  says("It is encrypted. Nothing is running. Start a training first. The batch size has to be from 1 to 8; it was 9. The file is empty.",
    "Sie ist verschlüsselt. Es läuft nichts. Starte erst ein Training. Stapelgröße: erlaubt ist 1 bis 8; angegeben war 9. Die Datei ist leer.");
  says("Failed to fetch. The file is empty. No such thing here.", "Failed to fetch. Die Datei ist leer. No such thing here.");
  for (const text of ["", " ", "unreachable executed", "RuntimeError: memory access out of bounds", "{0} {1}", "…. . ."]) says(text, text);
});

test("places keep their order, and names in quotation marks stay as they are", () => {
  says("The two largest outputs are 12.5 apart (median).", "Die beiden größten Ausgaben liegen 12.5 auseinander (Median).");
  says("PGD-20 leaves 12.5 %, FGSM 30.0 %.", "PGD-20 lässt 12.5 % übrig, FGSM 30.0 %.");
  says("`conv1.weight` has to be F32 of shape [6, 3, 5, 5]; it is I64 of shape [1].", "`conv1.weight` muss F32 der Form [6, 3, 5, 5] sein; es ist I64 der Form [1].");
  says('There is no model called "{1} The class"; there is lenet, {0}.', "Es gibt kein Modell mit dem Namen „{1} The class“; es gibt lenet, {0}.");
  says("No picture could be used of: training.", "Kein Bild war brauchbar von: „training“.");
  says("The data set has no training images. Load one that has, or use drawn signs.", "Der Datensatz hat keine Bilder für das Training. Lade einen, der welche hat, oder nimm gezeichnete Schilder.");
});

test("every line of the table is found, with places to fill as in English", () => {
  for (const [english, german] of Object.entries(ENGINE)) {
    /** @param {string} words */
    const places = (words) => words.match(/\{\d\}/g) ?? [];
    assert.deepEqual(places(german).sort(), places(english), english);
    // Values that no other template takes for its own.
    const fill = (/** @type {string} */ words) => words.replace(/\{(\d)\}/g, "‹$1›");
    says(fill(english), fill(german));
  }
});

test("hostile names of 4,000 characters take no time, and longer texts are left alone", () => {
  const hostile = ["x".repeat(4000), ". ".repeat(2000), "; it was ".repeat(444), " has to be a; it was b (c). ".repeat(142), " (".repeat(2000), "The first, : ".repeat(300), " could be used. ".repeat(250)];
  const from = performance.now();
  for (const name of hostile) {
    says(`The folder ${name}X holds more than 100,000 files.`, `Der Ordner „${name}X“ enthält mehr als 100.000 Dateien.`);
    for (const text of [name, `${name}.`, `The first, ${name}: It is encrypted.`, `The name of a class has to be ${name}; it was ${name}.`]) engineWords(text);
  }
  assert.ok(performance.now() - from < 2000, `${performance.now() - from} ms`);
  says(`The folder ${"x".repeat(20_000)} holds more than 100,000 files.`, `The folder ${"x".repeat(20_000)} holds more than 100,000 files.`);
});
