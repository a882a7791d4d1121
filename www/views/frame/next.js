// At the end of each place: where to go from here.

/** @import { App } from "../app.js" */
import { FLOW } from "../../state/place.js";
import { h, show, text } from "../../ui/dom.js";
import { t } from "../../words/i18n.js";

/** @param {HTMLElement} place @param {App} app */
export function mountNext(place, { store }) {
  const title = h("strong");
  const words = h("span");
  const link = h("a", { class: "next", testid: "next" }, h("span", { class: "next-words" }, title, words), h("span", { class: "next-arrow", attrs: { "aria-hidden": true } }, "→"));
  place.append(link);
  store.watch((state) => [state.place, state.settings["teach.hide"]], (at, hidden) => {
    const places = FLOW.filter((id) => !String(hidden).split(",").includes(id));
    const to = places[places.indexOf(at) + 1];
    show(place, FLOW.includes(at) && to !== undefined);
    if (!to) return;
    link.href = `#${to}`;
    text(title, t("next.title", t(`place.${to}.title`)));
    text(words, t(`place.${to}.lead`));
  });
}
