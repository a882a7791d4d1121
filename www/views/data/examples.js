// The sheet of signs that the network learns from.

/** @import { App } from "../app.js" */
import { h, text } from "../../ui/dom.js";
import { className } from "../../words/format.js";
import { paint, pixelCanvas } from "../../ui/pixels.js";
import { t } from "../../words/i18n.js";

const AT_ONCE = 10;

/** @param {HTMLElement} place @param {App} app */
export function mountExamples(place, { store }) {
  const sheet = h("ul", { class: "sheet", testid: "gallery", attrs: { "aria-label": t("examples.examples") } });
  const words = h("p", { class: "fine" });
  place.append(h("div", { class: "aside" }, h("h3", {}, t("examples.what-it-learns-from")), words, sheet));
  store.watch((state) => [state.data], (data) => text(words, data?.set ? t("examples.of-the-data-set", data.name) : t("examples.drawn-for-this-project")));
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
