// Every term, attack and defence: a paragraph, its equation, its paper.

/** @import { App } from "../app.js" */
import { GLOSSARY } from "../../state/glossary.js";
import { h } from "../../ui/dom.js";
import { has, t } from "../../words/i18n.js";
import { equation } from "../../ui/math.js";

/** @param {HTMLElement} place @param {App} _app */
export function mountGlossary(place, _app) {
  for (const [group, entries] of GLOSSARY) {
    place.append(h("section", { class: "gloss-group", attrs: { "aria-labelledby": `gloss-${group}` } },
      h("h2", { attrs: { id: `gloss-${group}` } }, t(`gloss.${group}`)),
      h("dl", { class: "gloss", testid: `gloss-${group}` }, ...entries.map(({ id, equation: formula, paper }) => {
        const short = id.replace("recipe.", "choice.recipe.kind.");
        return h("div", { class: "gloss-entry", testid: "gloss-entry", attrs: { id: `term-${id.replaceAll(".", "-").replaceAll("_", "-")}`, tabindex: -1 } },
          h("dt", {}, t(has(short) ? short : `gloss.${id}.title`)),
          h("dd", {}, h("p", {}, t(`gloss.${id}`)), formula ? h("div", { class: "gloss-equation", attrs: { tabindex: 0, role: "group", "aria-label": t("gloss.equation") } }, ...formula.split(/ [,;] {3}/).map(equation)) : null, paper ? h("p", { class: "fine" }, paper) : null));
      }))));
  }
}
