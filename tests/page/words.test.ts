// Words and numbers in the reader's language, without a browser.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import { DE } from "../../www/words/de/index.js";
import { EN } from "../../www/words/en/index.js";
import { bytes, className, count, fixed, of255, percent, short, timeLeft } from "../../www/words/format.js";
import { has, language, many, number, phrase, t } from "../../www/words/i18n.js";
import { speak } from "./language.js";

const places = (words: string): string[] => (words.match(/\{\w+\}/g) ?? []).sort();

test("both tables have the same keys and the same places to fill, and no empty words", () => {
  assert.deepEqual(Object.keys(DE).sort(), Object.keys(EN).sort());
  const german = new Map(Object.entries(DE));
  for (const [key, words] of Object.entries(EN)) {
    assert.notEqual(words, "", key);
    assert.notEqual(german.get(key), "", key);
    assert.deepEqual(places(german.get(key) ?? ""), places(words), key);
  }
});

test("no key stands in two files of a language: the later one would silently win", async () => {
  for (const [folder, table, more] of [["en", EN, ["www/engine/made/words.ts"]], ["de", DE, []]] as const) {
    const files = [...readdirSync(`www/words/${folder}`).map((name) => join("www/words", folder, name)), ...more];
    /** Key → the file that has it. */
    const seen = new Map<string, string>();
    for (const file of files) {
      const { WORDS, NAMES }: { WORDS?: object; NAMES?: object } = await import(pathToFileURL(file).href);
      // What the engine says is in tables of its own, by code.
      for (const key of [WORDS, NAMES].flatMap((one) => Object.keys(one ?? {}))) {
        assert.ok(!seen.has(key), `${key} stands in ${seen.get(key)} and in ${file}`);
        seen.set(key, file);
      }
    }
    assert.equal(seen.size, Object.keys(table).length, folder);
  }
});

test("whatever kind of thing the page keeps has a word in the list of kept work", () => {
  const sources = readdirSync("www/keep").map((name) => readFileSync(join("www/keep", name), "utf8")).join("\n");
  const kinds = new Set(Array.from(sources.matchAll(/\bKIND = "(\w+)"|\bkind: "(\w+)"|storage\.put\("(\w+)"/g), ([, a, b, c]) => a ?? b ?? c ?? ""));
  for (const kind of ["checkpoint", "data", "lesson", "model", "purifier", "settings", "shelf"]) assert.ok(kinds.has(kind), `${kind}: ${[...kinds]}`);
  assert.deepEqual([...kinds].filter((kind) => !has(`kept.kind.${kind}`)), []);
});

test("every word for so many of something is there for each form that its language has", () => {
  for (const [tag, table] of [["en", EN], ["de", DE]] as const) {
    const forms = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
    const stems = new Set(Object.keys(table).flatMap((key) => (key.endsWith(".other") ? [key.slice(0, -".other".length)] : [])));
    assert.ok(stems.size >= 3);
    for (const stem of stems) for (const form of forms) assert.ok(Object.hasOwn(table, `${stem}.${form}`), `${tag}: ${stem}.${form}`);
  }
});

test("numbers are written as the language does, wherever they stand", () => {
  const cases: [write: () => string, english: string, german: string][] = [
    [() => percent(0.975), "97.5%", "97,5\u00a0%"],
    [() => percent(0.9999), "100%", "100\u00a0%"],
    [() => percent(0.0004), "<\u00a00.1%", "<\u00a00,1\u00a0%"],
    [() => percent(0), "0.0%", "0,0\u00a0%"],
    [() => short(0.012345), "0.0123", "0,0123"],
    [() => short(1234.5, 2), "1200", "1200"],
    [() => short(0.00001234), "1.23e-5", "1,23e-5"],
    [() => short(NaN), "–", "–"],
    [() => count(12630.4), "12,630", "12.630"],
    [() => fixed(1.5, 1), "1.5", "1,5"],
    [() => of255(0.5), "0.5/255", "0,5/255"],
    [() => bytes(99_999), "100.0 kB", "100,0 kB"],
    [() => bytes(1_234_567), "1.23 MB", "1,23 MB"],
    [() => bytes(2_000_000_000), "2.0 GB", "2,0 GB"],
    [() => timeLeft(9000), "about 2.5 h left", "noch etwa 2,5 h"],
    [() => t("note.range", "x", 0.1, 0.00001, 1_000_000), "x: 0.1 is the nearest allowed value (0.00001 to 1,000,000).",
      "x: 0,1 ist der nächste erlaubte Wert (0,00001 bis 1.000.000)."],
    [() => many("record.count", 1, 1, "2"), "One figure, made by version 2.", "Eine Zahl, gemessen mit Version 2."],
    [() => many("data.split.test", 1, 30, 1), "30 for testing, of 1 sign", "30 zum Testen, von 1 Schild"],
    [() => many("kept.taken", 2, 2), "2 models imported.", "2 Modelle importiert."],
    [() => many("record.count", 1200, 1200, "2"), "1,200 figures, made by version 2.", "1.200 Zahlen, gemessen mit Version 2."],
  ];
  for (const [write, english, german] of cases) {
    void speak("en");
    assert.equal(write(), english);
    void speak("de");
    assert.equal(write(), german);
  }
});

test("places are filled by number or by name; what comes from outside stays text", () => {
  void speak("en");
  assert.equal(t("word.of", "{1}", "$&"), "{1} of $&");
  assert.equal(phrase("no such key {0}", 1), "no such key 1");
  assert.equal(phrase("{who} and {0}", { who: "<b>" }), "<b> and ");
  for (const key of ["__proto__", "constructor", "toString", ""]) {
    assert.ok(!has(key), key);
    assert.equal(phrase(key), key);
  }
});

test("a language that is not there is English; `auto` takes the first of the browser's that is", () => {
  for (const [choice, languages, expected] of [["fr", ["de"], "en"], ["auto", ["fr-CH", "de-CH", "en"], "de"], ["auto", [], "en"],
    // A system without a language is called C by some browsers, which is none for `Intl`.
    ["auto", ["C"], "en"], ["auto", ["constructor"], "en"], ["de", ["en"], "de"]] as const) {
    Object.defineProperty(globalThis, "navigator", { value: { languages }, configurable: true });
    void speak(choice);
    assert.equal(language(), expected, `${choice} of ${languages}`);
    assert.equal(number(0.5), expected === "de" ? "0,5" : "0.5");
  }
});

test("a class has its translated name only where it is that sign", () => {
  void speak("de");
  assert.equal(className([EN["sign.0"]], 0), DE["sign.0"]);
  assert.equal(className(["Own class"], 0), "Own class");
  assert.equal(className([], 7), t("format.class", "7"));
});
