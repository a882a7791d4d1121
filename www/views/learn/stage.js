// What came of a run, small: the picture before and after, what was read, and what a defence makes of it.

/** @import { OutcomeReport } from "../../state/types.js" */
import { tagsFor, topBars } from "../../ui/bars.js";
import { compareSlider } from "../../ui/compare.js";
import { h, text } from "../../ui/dom.js";
import { short } from "../../words/format.js";
import { t } from "../../words/i18n.js";
import { paint } from "../../ui/pixels.js";
import { attackName, attackerName, defenseName } from "../shared/names.js";

/** @param {string} testid */
export function stage(testid) {
  const compare = compareSlider(t("compare.label"), `${testid}-compare`);
  const title = h("figcaption", {});
  const verdict = h("span", { class: "badge", testid: `${testid}-verdict` });
  const bars = topBars(t("subject.what-the-network-sees"), `${testid}-top`);
  const size = h("p", { class: "fine" });
  return {
    element: h("figure", { class: "stage", testid }, title, h("div", { class: "frame" }, compare.element), h("div", { class: "stage-side" }, verdict, bars.element, size)),
    /** @param {OutcomeReport} outcome @param {string[]} classes */
    show(outcome, classes) {
      const behind = outcome.defended ?? null;
      const success = behind ? behind.success : outcome.success;
      text(title, [attackName(outcome.attack), behind ? t("stage.through", defenseName(outcome.defense)) : "", behind ? attackerName(outcome.knowledge) : ""].filter(Boolean).join(", "));
      paint(compare.before, outcome.original.picture);
      paint(compare.after, (behind?.adversarial ?? outcome.adversarial).picture);
      verdict.dataset["value"] = String(success);
      text(verdict, success ? t("outcome.fooled-the-network") : t("stage.held"));
      bars.show((behind?.adversarial ?? outcome.adversarial).top, classes, tagsFor(outcome.source, { target: outcome.goal.kind === "targeted" ? outcome.goal.class : null }));
      text(size, `L2 ${short(outcome.l2)} · L∞ ${short(outcome.linf * 255)}/255`);
    },
  };
}
