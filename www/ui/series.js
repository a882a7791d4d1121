// How series look, on the screen and on paper.

/** @import { Series } from "./charts.js" */

/** Colours and dashes of series whose number is not known beforehand. @type {[string, number[]][]} */
const STYLES = [["--line-1", []], ["--line-2", [8, 4]], ["--line-3", [2, 4]], ["--line-4", [12, 4, 2, 4]], ["--line-5", [5, 2]], ["--line-6", [2, 2]]];
/** @param {Series} series @param {number} index @returns {{ color: string, dash: number[] }} */
export function styleOf({ color, dash }, index) {
  const [usual, dashes] = /** @type {[string, number[]]} */ (STYLES[index % STYLES.length]);
  return { color: color ?? usual, dash: dash ?? dashes };
}
