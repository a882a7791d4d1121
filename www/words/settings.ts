// What the settings are called that the engine names by a key such as `pgd.steps`.

import { has, phrase } from "./i18n.js";

/** A setting by its name, with the method that it belongs to; the key itself where the page has no such setting. */
export function settingName(key: string): string {
  // What belongs to a recipe comes with its kind before it: `recipe.pgd.steps`.
  const [first = "", second = "", third] = key.split(".");
  const recipe = third !== undefined;
  const [method, field] = recipe ? [second, third] : [first, second];
  const name = (recipe ? [`set.recipe.${method}_${field}`, `set.recipe.${field}`] : [`set.${key}`, `set.attack.${field}`]).find(has);
  const owner = (recipe ? [`choice.recipe.kind.${method}`] : [`attack.${method}`, `defence.${method}`]).find(has);
  if (!name) return key;
  return owner ? `${phrase(owner)}: ${phrase(name)}` : phrase(name);
}

/** A word that the engine knows a choice by. */
export const choiceName = (setting: string, word: string): string => {
  const key = [`choice.${setting}.${word}`, `${setting}.${word}`].find(has);
  return key ? phrase(key) : word;
};
