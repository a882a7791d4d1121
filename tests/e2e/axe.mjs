// What a checker finds that keeps people from using the page, and what does not fit into the window.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./server.mjs";

/** What is not on the screen is not judged in any case, and to pass it by saves half of the time. */
const SHOWN = { exclude: [".place[hidden]"] };

/** @param {import("./browser.mjs").Loop} loop @param {string[]} [rules] all, if none are named */
export async function axe(loop, rules) {
  const source = readFileSync(join(ROOT, "node_modules/axe-core/axe.min.js"), "utf8");
  // Through the debugger: the page's policy, rightly, lets no such script in.
  const debug = await loop.context.newCDPSession(loop.page);
  await debug.send("Runtime.evaluate", { expression: `if (!globalThis.axe) { ${source} }` });
  await debug.detach();
  return loop.page.evaluate(async ([shown, rules]) => {
    const options = { resultTypes: ["violations"], ...(rules ? { runOnly: rules } : {}) };
    const { violations, passes } = await /** @type {Beside} */ (globalThis).axe.run(shown, options);
    if (passes.length < (rules?.length ?? 10)) return [`only ${passes.length} rules were applied`];
    return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => `${node.target} ${node.failureSummary}`).join(" | ")}`);
  }, /** @type {const} */ ([SHOWN, rules]));
}

/** @param {import("./browser.mjs").Loop} loop @param {string} state */
export async function fits(loop, state) {
  const wide = await loop.page.evaluate(() => {
    const root = document.documentElement;
    /** @param {Element} element */
    const scrolls = (element) => {
      for (let up = element.parentElement; up; up = up.parentElement) if (/auto|scroll|hidden/.test(getComputedStyle(up).overflowX)) return true;
      return false;
    };
    const over = Array.from(document.querySelectorAll("body *")).filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1);
    const loose = over.filter((element) => !scrolls(element)).slice(0, 5);
    return { page: root.scrollWidth, view: root.clientWidth, over: loose.map((element) => element.outerHTML.slice(0, 90)) };
  });
  // What is laid out by itself widens no page, and can stand beyond its edge all the same.
  assert.ok(wide.page <= wide.view && wide.over.length === 0, `${state}: ${JSON.stringify(wide)}`);
}
