// Two pictures over one another, with an edge between them that one moves: before and after.

import { h } from "./dom.js";
import { t } from "../words/i18n.js";
import { pixelCanvas } from "./pixels.js";

/** @param {string} label @param {string} testid */
export function compareSlider(label, testid) {
  const before = pixelCanvas(t("compare.before"), `${testid}-before`);
  const after = pixelCanvas(t("compare.after"), `${testid}-after`);
  const input = h("input", { testid, attrs: { type: "range", min: 0, max: 100, step: 1, value: 50, "aria-label": label }, on: { input: place } });
  const element = h("div", { class: "compare" }, before, after, h("span", { class: "compare-edge", attrs: { "aria-hidden": true } }), input,
    h("span", { class: "compare-tag compare-tag-before", attrs: { "aria-hidden": true } }, t("compare.before")),
    h("span", { class: "compare-tag compare-tag-after", attrs: { "aria-hidden": true } }, t("compare.after")));
  function place() {
    element.style.setProperty("--edge", `${input.value}%`);
    input.setAttribute("aria-valuetext", t("compare.share", input.value));
  }
  place();
  return {
    element, before, after,
    /** @param {number} share of the picture that shows the one before, 0 to 100 */
    set(share) {
      input.value = String(share);
      place();
    },
    /** @param {boolean} on whether the edge can be moved; otherwise the picture after is all there is to see */
    enable(on) {
      element.dataset["on"] = String(on);
      input.disabled = !on;
    },
  };
}
