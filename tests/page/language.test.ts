// Words of another language, which are fetched when they are wanted.

import assert from "node:assert/strict";
import test from "node:test";
import { DE } from "../../www/words/de/index.js";
import { EN } from "../../www/words/en/index.js";
import { language, t, useLanguage, type Key } from "../../www/words/i18n.js";

Object.assign(globalThis, { document: { documentElement: {} } });
const german = (Object.keys(EN) as Key[]).map((key) => DE[key]);

test("words that do not come, or are not those of this page, leave it in its language", async () => {
  await assert.rejects(useLanguage("de", () => Promise.reject(new Error("404"))), { message: "404" });
  await assert.rejects(useLanguage("de", async () => ["too", "few"]), { message: /^2 words for/ });
  assert.deepEqual([language(), t("word.yes")], ["en", EN["word.yes"]]);
});

test("until they are there nothing changes, and what was chosen since then holds; words that are there are not asked for again", async () => {
  let arrive = (_: string[]) => {};
  const late = useLanguage("de", () => new Promise((resolve) => { arrive = resolve; }));
  assert.equal(language(), "en");
  await useLanguage("en", async () => []);
  arrive(german);
  await late;
  assert.equal(language(), "en");
  await useLanguage("de", () => Promise.reject(new Error("asked for again")));
  assert.deepEqual([language(), t("word.yes")], ["de", DE["word.yes"]]);
});
