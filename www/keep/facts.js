// What the page remembers of a model, read back: from this browser's storage or from a file that anyone may have written.

/** @import { Curve, Facts, Proportion } from "../state/types.js" */
import { emptyCurve, noFacts } from "../state/store.js";

const MOST_POINTS = 6000;

/** @param {unknown} value @returns {value is Record<string, any>} */
const isObject = (value) => typeof value === "object" && value !== null;

/** @param {unknown} value @returns {Proportion | null} */
function proportion(value) {
  if (!isObject(value)) return null;
  const { correct, n, value: share, low, high } = value;
  const fine = [correct, n, share, low, high].every(Number.isFinite) && n > 0 && share >= 0 && share <= 1;
  return fine ? { correct, n, value: share, low, high } : null;
}

/** @param {unknown} value @returns {Curve} an empty one if anything of it is not as it should be */
function curve(value) {
  const empty = emptyCurve();
  if (!isObject(value) || !Array.isArray(value["x"]) || value["x"].length > MOST_POINTS) return empty;
  const columns = /** @type {const} */ (["x", "loss", "validationLoss", "accuracy", "validationAccuracy", "attacked", "purifiedClean"]);
  for (const name of columns) {
    const column = value[name];
    const fits = Array.isArray(column) && column.length === value["x"].length && column.every((point) => Number.isFinite(point) || (point === null && name !== "x"));
    if (!fits) return empty;
  }
  const rows = Array.isArray(value["rows"]) ? value["rows"] : [];
  const good = rows.length <= MOST_POINTS && rows.every((row) => isObject(row) && [row["x"], row["epoch"], row["step"], row["loss"]].every(Number.isFinite) && proportion(row["accuracy"])
    && ["attacked", "robust", "purified_clean"].every((name) => row[name] == null || proportion(row[name]))
    && ["trainingLoss", "trainingAccuracy"].every((name) => row[name] == null || Number.isFinite(row[name])));
  if (!good || !Number.isFinite(value["offset"])) return empty;
  return /** @type {Curve} */ ({ ...Object.fromEntries(columns.map((name) => [name, [...value[name]]])), rows: [...rows], offset: value["offset"] });
}

/** @param {unknown} value @returns {Facts} */
export function readFacts(value) {
  if (!isObject(value)) return noFacts();
  const curves = isObject(value["curves"]) ? value["curves"] : {};
  const recipe = isObject(value["recipe"]) && typeof value["recipe"]["kind"] === "string" ? /** @type {Facts["recipe"]} */ (value["recipe"]) : null;
  return {
    recipe, trained: value["trained"] === true, validated: proportion(value["validated"]), robust: proportion(value["robust"]), collapsed: value["collapsed"] === true,
    curves: { train: curve(curves["train"]), train_purifier: curve(curves["train_purifier"]) },
  };
}
