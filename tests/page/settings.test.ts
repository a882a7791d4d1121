// The one table of settings: what the engine declares is in it whole, and what is asked of the engine has every parameter.

import "./world.js";
import assert from "node:assert/strict";
import test from "node:test";
import { ATTACKS, DEFENCES, PURIFIER, RECIPES, TRAIN, type Declared } from "../../www/engine/made/methods.js";
import { attackOf, defenseOf, purifierConfig, recipeOf, trainConfig } from "../../www/state/commands.js";
import { SCHEMA, defaults } from "../../www/state/schema.js";
import { EN } from "../../www/words/en/index.js";

/** The declared defaults, but for those that `but` has. */
const declared = (settings: readonly Declared[], but: Record<string, unknown> = {}) =>
  Object.fromEntries(settings.map(({ key, default: value }) => [key, key in but ? but[key] : value]));

/** Shares of 255 have another last digit after the way by way of k/255. */
const rounded = (value: object) =>
  Object.fromEntries(Object.entries(value).map(([key, one]) => [key, typeof one === "number" ? Number(one.toPrecision(6)) : one]));
const same = (got: object, wanted: object, of: string) => assert.deepEqual(rounded(got), rounded(wanted), of);

test("what is asked of the engine at the start is what the engine declares", () => {
  const settings = defaults();
  for (const { name, settings: own } of ATTACKS) same(attackOf(settings, name), { name, ...declared(own) }, name);
  for (const { name, settings: own } of DEFENCES) same(defenseOf(settings, name), { name, ...declared(own) }, name);
  for (const { name, settings: own } of RECIPES) same(recipeOf({ ...settings, "recipe.kind": name }), { kind: name, ...declared(own) }, name);
  const { recipe, ...train } = trainConfig(settings);
  assert.deepEqual(recipe, { kind: "standard" });
  // Drawn signs vary by themselves; the page is ready for a data set.
  same(train, declared(TRAIN, { augment: true }), "train");
  same(purifierConfig(settings), declared(PURIFIER), "purifier");
});

test("every setting has its words, and a name of its own in links", () => {
  const missing = Object.keys(SCHEMA).filter((key) => !(`set.${key}` in EN) || !(`set.${key}.help` in EN));
  assert.deepEqual(missing.filter((key) => !["recipe.kind"].includes(key)), []);
  const urls = Object.values(SCHEMA).map(({ url }) => url);
  assert.deepEqual(urls.filter((url, i) => urls.indexOf(url) !== i), []);
  const unsaid = Object.entries(SCHEMA).flatMap(([key, { choices = [], words = `choice.${key}` }]) =>
    choices.filter((one) => typeof one === "string" && !(`${words}.${one}` in EN)).map((one) => `${words}.${one}`));
  assert.deepEqual(unsaid, []);
});
