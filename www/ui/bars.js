// The five most probable signs, as bars. Always five rows, so that nothing jumps.

/** @import { Score } from "../state/types.js" */
import { signUrl } from "../engine/assets.js";
import { attr, h, text } from "./dom.js";
import { className, percent } from "../words/format.js";
import { t } from "../words/i18n.js";

const ROWS = 5;

/** @param {string} label @param {string} testid */
export function topBars(label, testid) {
  const rows = Array.from({ length: ROWS }, () => {
    const sign = h("img", { class: "bar-sign", attrs: { alt: "", width: 24, height: 24, hidden: true } });
    const name = h("span", { class: "bar-name" });
    const tag = h("span", { class: "bar-tag" });
    const value = h("span", { class: "bar-value" });
    const fill = h("span", { class: "bar-fill" });
    const row = h("li", { class: "bar", testid: `${testid}-row` }, sign, h("span", { class: "bar-words" }, name, tag), value, h("span", { class: "bar-track", attrs: { "aria-hidden": true } }, fill));
    return { row, sign, name, tag, value, fill };
  });
  const element = h("ol", { class: "bars", testid, attrs: { "aria-label": label } }, ...rows.map(({ row }) => row));

  return {
    element,
    /**
     * @param {Score[] | null | undefined} top
     * @param {string[]} classes
     * @param {Map<number, { word: string, tone: "good" | "bad" }>} [tags] words beside a class
     */
    show(top, classes, tags) {
      element.dataset["value"] = top?.[0] ? String(top[0].class) : "";
      rows.forEach(({ row, sign, name, tag, value, fill }, index) => {
        const score = top?.[index];
        row.classList.toggle("bar-empty", !score);
        if (!score) {
          attr(sign, "hidden", true);
          for (const element of [name, tag, value]) text(element, "");
          fill.style.setProperty("width", "0");
          return;
        }
        const url = signUrl(score.class);
        if (sign.getAttribute("src") !== url) sign.src = url;
        attr(sign, "hidden", false);
        const words = className(classes, score.class);
        text(name, words);
        name.title = words;
        const tagged = tags?.get(score.class);
        text(tag, tagged?.word ?? "");
        row.dataset["tone"] = tagged?.tone ?? "";
        row.dataset["class"] = String(score.class);
        row.dataset["value"] = String(score.probability);
        text(value, percent(score.probability));
        fill.style.setProperty("width", `${(score.probability * 100).toFixed(2)}%`);
      });
    },
  };
}

/**
 * Words for the class an attack starts from and for the one it aims at.
 * @param {number | null | undefined} source
 * @param {{ target?: number | null, photo?: boolean }} [options] of a photo nobody knows the true sign
 */
export function tagsFor(source, { target = null, photo = false } = {}) {
  /** @type {Map<number, { word: string, tone: "good" | "bad" }>} */
  const tags = new Map();
  if (source !== null && source !== undefined) tags.set(source, photo ? { word: t("word.before"), tone: "good" } : { word: t("word.true"), tone: "good" });
  if (target !== null) tags.set(target, { word: t("word.target"), tone: "bad" });
  return tags;
}
