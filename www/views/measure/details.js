// Behind one figure: what is taken for what, class by class, and which confusions would be dangerous.

/** @import { CaseReport } from "../../state/types.js" */
/** @import { Store } from "../../state/store.js" */
import { signUrl } from "../../engine/assets.js";
import { css } from "../../ui/charts.js";
import { h, newId, show, text } from "../../ui/dom.js";
import { more } from "../../ui/fields.js";
import { className, percent } from "../../words/format.js";
import { dangerName } from "../shared/names.js";
import { t } from "../../words/i18n.js";

const MOST = 12;

/** Rows are the signs, columns the answers; right ones lie on the diagonal. @param {HTMLCanvasElement} canvas @param {CaseReport["confusion"]} confusion */
function paintConfusion(canvas, confusion) {
  const context = canvas.getContext("2d");
  if (!context) return;
  context.fillStyle = css("--sunken");
  context.fillRect(0, 0, canvas.width, canvas.height);
  const most = Math.max(1, ...confusion.map(([, , count]) => count));
  for (const [label, answer, count] of confusion) {
    context.globalAlpha = 0.35 + (0.65 * count) / most;
    context.fillStyle = css(label === answer ? "--green" : "--red");
    context.fillRect(answer, label, 1, 1);
  }
  context.globalAlpha = 1;
}

/** @param {Store} _store @param {string} testid */
export function caseDetails(_store, testid) {
  const id = newId("details");
  const title = h("h2", { attrs: { id } });
  const confusions = h("ol", { class: "confusions", testid: `${testid}-confusions` });
  const dangers = h("ol", { class: "confusions", testid: `${testid}-dangers` });
  const noConfusion = h("p", { class: "fine" }, t("details.no-sign-is-taken"));
  const noDanger = h("p", { class: "fine" }, t("details.none-of-the-confusions"));
  const body = h("tbody");
  const cells = h("tbody");
  const grid = h("canvas", { class: "confusion", testid: `${testid}-grid`, attrs: { role: "img", "aria-label": t("details.grid") } });
  const hover = h("p", { class: "fine", testid: `${testid}-hover` }, t("details.hover"));
  /** @type {CaseReport | null} */
  let shown = null;
  /** @type {string[]} */
  let names = [];
  grid.addEventListener("pointermove", (event) => {
    const box = grid.getBoundingClientRect();
    const answer = Math.min(names.length, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * (names.length + 1))));
    const label = Math.min(names.length - 1, Math.max(0, Math.floor(((event.clientY - box.top) / box.height) * names.length)));
    const count = shown?.confusion.find(([l, a]) => l === label && a === answer)?.[2] ?? 0;
    text(hover, t("details.cell", count, className(names, label), answer >= names.length ? t("details.refused") : className(names, answer)));
  });
  const element = h("section", { class: "case-details", testid, attrs: { "aria-labelledby": id } }, title,
    h("div", { class: "case-grid" },
      h("div", {}, h("h3", {}, t("details.matrix")), grid, hover, more(t("details.matrix-table"), `${testid}-cells-more`,
        h("div", { class: "scroll case-classes", attrs: { tabindex: 0, role: "region", "aria-label": t("details.matrix-table") } },
          h("table", { class: "figures", testid: `${testid}-cells` },
            h("thead", {}, h("tr", {}, ...[t("details.sign"), t("details.read-as"), t("details.count")].map((head) => h("th", { attrs: { scope: "col" } }, head)))), cells)))),
      h("div", {}, h("h3", {}, t("details.most-frequent-confusions")), confusions, noConfusion),
      h("div", {}, h("h3", {}, t("details.dangerous-confusions")), dangers, noDanger),
      h("div", {}, h("h3", {}, t("details.class-by-class-the")),
        h("div", { class: "scroll case-classes", attrs: { tabindex: 0, role: "region", "aria-label": t("details.class-by-class") } },
          h("table", { class: "figures", testid: `${testid}-classes` },
            h("thead", {}, h("tr", {}, ...[t("details.sign"), t("details.right")].map((head) => h("th", { attrs: { scope: "col" } }, head)))), body)))));

  /** @param {string[]} classes @param {number} index */
  const named = (classes, index) => (index >= classes.length ? h("span", {}, t("details.refused"))
    : h("span", { class: "confused" }, h("img", { attrs: { src: signUrl(index), alt: "", width: 24, height: 24 } }), className(classes, index)));
  /** @param {string[]} classes @param {number} label @param {number} answer @param {number} count @param {string} [why] */
  const line = (classes, label, answer, count, why) => h("li", {}, h("span", { class: "confusion-count" }, `${count} ×`), named(classes, label),
    h("span", { class: "confusion-arrow" }, t("details.read-as")), named(classes, answer), why ? h("span", { class: "confusion-why" }, why) : null);

  return {
    element,
    /** @param {CaseReport | null} report @param {string[]} classes @param {string} words */
    show(report, classes, words) {
      show(element, report !== null);
      if (!report) return;
      text(title, words);
      shown = report;
      names = classes;
      grid.width = classes.length + 1;
      grid.height = classes.length;
      paintConfusion(grid, report.confusion);
      cells.replaceChildren(...report.confusion.map(([label, answer, count]) => h("tr", {}, h("td", {}, className(classes, label)),
        h("td", {}, answer >= classes.length ? t("details.refused") : className(classes, answer)), h("td", {}, String(count)))));
      const wrong = report.confusion.filter(([label, answer]) => label !== answer).sort(([, , a], [, , b]) => b - a);
      confusions.replaceChildren(...wrong.slice(0, MOST).map(([label, answer, count]) => line(classes, label, answer, count)));
      dangers.replaceChildren(...report.dangerous.slice(0, MOST).map(({ label, answer, count, danger }) => line(classes, label, answer, count, dangerName(danger))));
      show(noConfusion, wrong.length === 0);
      show(noDanger, report.dangerous.length === 0);
      const worstFirst = [...report.per_class].sort(([, a], [, b]) => a.value - b.value || b.n - a.n);
      body.replaceChildren(...worstFirst.map(([label, share]) => h("tr", {}, h("td", {}, named(classes, label)), h("td", {}, t("details.of", share.correct, share.n, percent(share.value))))));
    },
  };
}
