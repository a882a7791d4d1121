// What the page remembers of a model, read back: from this browser's storage or from a file that anyone may have written.

import { RECIPES, type Declared, type RecipeName } from "../engine/made/methods.js";
import { isObject } from "../io/loose.js";
import { COLUMNS } from "../state/curves.js";
import { emptyCurve, noFacts } from "../state/store.js";
import type { Curve, Facts, Proportion, Recipe } from "../state/types.js";

const MOST_POINTS = 6000;

const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
const isPoint = (value: unknown): value is number | null => value === null || isNumber(value);

function proportion(value: unknown): Proportion | null {
  if (!isObject(value)) return null;
  const { correct, n, value: share, low, high } = value;
  if (!isNumber(correct) || !isNumber(n) || !isNumber(share) || !isNumber(low) || !isNumber(high)) return null;
  return n > 0 && share >= 0 && share <= 1 ? { correct, n, value: share, low, high } : null;
}

const isRow = (row: unknown): row is Curve["rows"][number] => isObject(row) && [row["x"], row["epoch"], row["step"], row["loss"]].every(isNumber)
  && proportion(row["accuracy"]) !== null
  && ["attacked", "robust", "purified_clean"].every((name) => row[name] == null || proportion(row[name]) !== null)
  && ["trainingLoss", "trainingAccuracy"].every((name) => row[name] == null || isNumber(row[name]));

/** An empty one if anything of it is not as it should be. */
function curve(value: unknown): Curve {
  if (!isObject(value)) return emptyCurve();
  const { x, offset } = value;
  if (!Array.isArray(x) || x.length > MOST_POINTS || !x.every(isNumber) || !isNumber(offset)) return emptyCurve();
  const found: Curve = { ...emptyCurve(), x: [...x], offset };
  for (const name of COLUMNS) {
    const column = value[name];
    if (!Array.isArray(column) || column.length !== x.length || !column.every(isPoint)) return emptyCurve();
    found[name] = [...column];
  }
  const rows: unknown[] = Array.isArray(value["rows"]) ? value["rows"] : [];
  if (rows.length > MOST_POINTS || !rows.every(isRow)) return emptyCurve();
  return { ...found, rows: [...rows] };
}

/** Whether a setting may have that value, whatever its range: a recipe is told of, and not trained by, what was kept of it. */
function isOfKind(value: unknown, { kind, open, choices }: Declared): value is number | string | boolean | null {
  if (kind === "switch") return typeof value === "boolean";
  if (kind === "choice") return typeof value === "string" && choices?.includes(value) === true;
  return isNumber(value) || (open === true && value === null);
}

/** What is declared of it; a setting that was not there yet when it was kept stays away, and one that is no longer is left out. */
function recipe(value: unknown): Recipe | null {
  if (!isObject(value)) return null;
  const found = RECIPES.find(({ name }) => name === value["kind"]);
  if (!found) return null;
  const settings = found.settings.flatMap((setting): [string, number | string | boolean | null][] => {
    const one = value[setting.key];
    return isOfKind(one, setting) ? [[setting.key, one]] : [];
  });
  return { kind: found.name as RecipeName, ...Object.fromEntries(settings) };
}

export function readFacts(value: unknown): Facts {
  if (!isObject(value)) return noFacts();
  const curves = isObject(value["curves"]) ? value["curves"] : {};
  return {
    recipe: recipe(value["recipe"]), trained: value["trained"] === true, validated: proportion(value["validated"]), robust: proportion(value["robust"]),
    collapsed: value["collapsed"] === true, curves: { train: curve(curves["train"]), train_purifier: curve(curves["train_purifier"]) },
  };
}
