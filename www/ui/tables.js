// Every picture of numbers also as a table, folded away.

import { h, scrolling } from "./dom.js";

/**
 * @param {string} summary
 * @param {string} testid
 * @param {string[]} heads
 */
export function tableOf(summary, testid, heads) {
  const head = h("tr", {}, ...heads.map((one) => h("th", { attrs: { scope: "col" } }, one)));
  const body = h("tbody");
  /** @type {string[][]} */
  let waiting = [];
  /** Many rows that few people unfold: made when they do. */
  function fill() {
    if (!element.open) return;
    body.replaceChildren(...waiting.map((row) => h("tr", {}, ...row.map((cell) => h("td", {}, cell)))));
  }
  const element = h("details", { class: "more", on: { toggle: fill } }, h("summary", {}, summary),
    scrolling(summary, h("table", { class: "figures", testid }, h("thead", {}, head), body)));
  return {
    element,
    /** @param {string[][]} rows @param {string[]} [anew] other heads */
    show(rows, anew) {
      if (anew) head.replaceChildren(...anew.map((one) => h("th", { attrs: { scope: "col" } }, one)));
      waiting = rows;
      fill();
    },
  };
}
