// What the engine says, in both languages: data in, a sentence out. That no code is without German words is the type checker's business.

import assert from "node:assert/strict";
import test from "node:test";
import type { Said } from "../../www/engine/made/messages.js";
import { engineWords } from "../../www/words/engine-words.js";
import { speak } from "./language.js";

function says(said: Said, german: string, english = said.message) {
  void speak("de");
  assert.equal(engineWords(said), german);
  void speak("en");
  assert.equal(engineWords(said), english);
}

/** As the engine writes it: nothing where there are no values. */
const bare = (code: "archive_empty" | "archive_within" | "other_checksum" | "busy"): Said => ({ code, values: undefined });

test("a number outside its range: the setting by its name, numbers as the language writes them", () => {
  const message = "pgd.steps has to be from 1 to 10000; it was 0.";
  says({ code: "out_of_range", values: { setting: "pgd.steps", low: 1, high: 10_000, got: 0 }, message },
    "PGD: Schritte: Erlaubt ist 1 bis 10.000; angegeben war 0.", "PGD: Steps has to be from 1 to 10,000; it was 0.");
  says({ code: "out_of_range", values: { setting: "train.learning_rate", low: 1e-6, high: 1, got: 1.5 }, message },
    "Lernrate: Erlaubt ist 0,000001 bis 1; angegeben war 1,5.", "Learning rate has to be from 0.000001 to 1; it was 1.5.");
  for (const got of [NaN, Infinity]) {
    says({ code: "out_of_range", values: { setting: "pgd.epsilon", low: 0, high: 1, got }, message },
      "PGD: Stärke: Erlaubt ist 0 bis 1; angegeben war keine Zahl.", "PGD: Strength has to be from 0 to 1; it was no number.");
  }
  // What the page has no control for is called as the engine calls it.
  says({ code: "out_of_range", values: { setting: "part.case", low: 0, high: 1, got: 2 }, message },
    "part.case: Erlaubt ist 0 bis 1; angegeben war 2.", "part.case has to be from 0 to 1; it was 2.");
});

test("an error within an error", () => {
  const reason = (message: string) => ({ message });
  says({ code: "nothing_to_read", values: { first: { name: "signs/b.rar", reason: bare("archive_within") } }, ...reason("There are no pictures in it.") },
    "Es sind keine Bilder darin. Das erste, „signs/b.rar“: Archive in Archiven werden nicht geöffnet.");
  says({ code: "nothing_to_read", values: { first: null }, message: "There are no pictures in it." }, "Es sind keine Bilder darin.");
  says({
    code: "one_class_used", message: "Only pictures of one class could be used.",
    values: { first: { name: "x. y.png", reason: { code: "picture_damaged", values: { cause: "unexpected end" } } } },
  }, "Nur eine Klasse war brauchbar. Das erste, „x. y.png“: Das Bild ist beschädigt oder abgeschnitten. "
    + "Versuche es mit einer anderen Kopie.");
  says({ code: "no_archive", values: { fault: { code: "entries_missing", values: { listed: 3, expected: 7 } } }, message: "No archive." },
    "Das ist kein vollständiges Zip-Archiv (3 von 7 Einträgen sind verzeichnet). "
    + "Vielleicht ist es abgeschnitten: Lade es noch einmal herunter, oder packe es neu.");
  says({ code: "archive_unusable", values: { archive: "a.zip", error: { code: "too_many_entries", values: { entries: null, most: 100_000 } } },
    message: "Unusable." },
    "Das Archiv „a.zip“ ist nicht brauchbar. Dieses Archiv hat weit mehr als 100.000 Einträge; höchstens 100.000 werden gelesen.");
  says({ code: "entry_damaged", values: { fault: bare("other_checksum") }, message: "Damaged." },
    "Sie ist im Archiv beschädigt (ihre Prüfsumme stimmt nicht).");
});

test("names are text and only text, whatever they look like", () => {
  for (const name of ["{0} {setting}", "<b>bold</b>", "$& $1", "„quoted“", "x".repeat(20_000)]) {
    says({ code: "no_such_model", values: { name, there: ["lenet", "{1}"] }, message: "None." },
      `Es gibt kein Modell mit dem Namen „${name}“; es gibt lenet, {1}.`);
  }
});

test("checks, layers and notes", () => {
  says({ code: "pgd_and_fgsm", values: { pgd: 28, fgsm: 37, n: 64 }, message: "PGD-20 leaves 43.8 %, FGSM 57.8 %." },
    "PGD-20 lässt 43,8\u00a0% übrig, FGSM 57,8\u00a0%.");
  says({ code: "curve", values: { points: [[0, 64], [127.5, 0]], n: 64 }, message: "A curve." }, "PGD-20 bei ε in 255steln: 0: 100\u00a0%; 128: 0,0\u00a0%.");
  says({ code: "convolution", values: { size: 5, activation: "relu", max_pool: 2 }, message: "Convolution 5×5, ReLU, max-pool 2×2" },
    "Faltung 5×5, ReLU, Max-Pooling 2×2");
  says({ code: "convolution", values: { size: 5, activation: "tanh", max_pool: null }, message: "Convolution 5×5, tanh" }, "Faltung 5×5, tanh");
  says({ code: "pictures_missing", values: { n: 12_630 }, message: "Many." }, "Die Tabellen nennen 12.630 weitere Bilder, die nicht da sind.");
  says({ code: "no_images", values: { purpose: "training" }, message: "None." },
    "Der Datensatz hat keine Bilder für das Training. Lade einen, der welche hat, oder nimm gezeichnete Schilder.");
});

test("what is nothing is not said, whether it comes from the engine without a value or out of a file as null", () => {
  for (const none of [{}, { max_pool: undefined }, { max_pool: null }]) {
    says({ code: "convolution", values: { size: 5, activation: "tanh", ...none }, message: "Convolution 5×5, tanh" }, "Faltung 5×5, tanh");
  }
  const message = "This model has no purifier.";
  const wanted = "Dieses Modell hat keinen Reiniger. Trainiere einen, oder wähle eine andere Verteidigung.";
  for (const values of [{}, { model: null }]) says({ code: "no_purifier", values, message }, wanted);
  for (const values of [{}, { share: null }]) {
    says({ code: "foretold", values, message: "None." }, "Kein Gradient ist da, der voraussagen könnte, was ein kleiner Schritt bewirkt.");
  }
});

test("what is known in no table is said as the engine says it", () => {
  const later: Said = JSON.parse('{ "code": "of_a_later_version", "values": {}, "message": "Something new." }');
  says(later, "Something new.");
  const inherited: Said = JSON.parse('{ "code": "constructor", "message": "Nothing of the sort." }');
  says(inherited, "Nothing of the sort.");
});
