// The sheet of signs that the network learns from.

/** @import { App } from "./app.js" */
import { h } from "../lib/dom.js";
import { className } from "../lib/format.js";
import { paint, pixelCanvas } from "../lib/pixels.js";
import { t } from "../lib/i18n.js";

const AT_ONCE = 10;

/** @param {HTMLElement} place @param {App} app */
export function mountExamples(place, { store }) {
  const sheet = h("ul", { class: "sheet", testid: "gallery", attrs: { "aria-label": t("examples.examples") } });
  place.append(h("div", { class: "aside" }, h("h3", {}, t("examples.what-it-learns-from")),
    h("p", { class: "fine" }, t("examples.drawn-for-this-project")), sheet));
  let turn = 0;
  store.watch((state) => [state.gallery, state.classes], (signs, classes) => {
    sheet.replaceChildren();
    const mine = (turn += 1);
    /** A few at a time: sixty at once keep the page busy for too long. @param {number} from */
    function more(from) {
      if (mine !== turn) return;
      sheet.append(...signs.slice(from, from + AT_ONCE).map((sign) => {
        const name = className(classes, sign.class);
        const canvas = pixelCanvas(name);
        canvas.title = name;
        paint(canvas, sign.picture);
        return h("li", {}, canvas);
      }));
      sheet.dataset["value"] = String(sheet.childElementCount);
      if (from + AT_ONCE < signs.length) setTimeout(() => more(from + AT_ONCE), 0);
    }
    more(0);
  });
}
