// The five places, and what belongs to the whole page: the lesson, sharing, settings.

/** @import { App } from "../app.js" */
import { FLOW } from "../../state/place.js";
import { attr, button, h, text } from "../../ui/dom.js";
import { t } from "../../words/i18n.js";
import { openSettings } from "./settings.js";
import { openShare } from "./share.js";

/** @type {Record<string, (state: ReturnType<App["store"]["get"]>) => boolean>} */
const DONE = {
  data: (state) => state.subject !== null,
  train: (state) => state.trained,
  attack: (state) => state.outcome?.success === true,
  defend: (state) => state.purifier,
  measure: (state) => state.matrix?.report != null,
};

/** @param {HTMLElement} place @param {App} app */
export function mountHeader(place, app) {
  const { store } = app;
  const links = FLOW.map((id, index) => {
    const done = h("span", { class: "hidden" });
    const link = h("a", { class: "nav-link", attrs: { href: `#${id}`, "data-teach": id }, testid: `nav-${id}` },
      h("span", { class: "plaque", attrs: { "aria-hidden": true } }, String(index + 1)), h("span", { class: "nav-label" }, t(`place.${id}.title`)), done);
    return { id, link, done };
  });
  const lesson = h("a", { class: "tool", attrs: { href: "#lesson" }, testid: "nav-lesson" }, t("place.lesson.title"));
  const share = button(t("share.title"), { testid: "share-open", kind: "quiet", onClick: () => openShare(app) });
  const settings = button(t("settings.title"), { testid: "settings-open", kind: "quiet", onClick: () => openSettings(app) });
  place.append(
    h("nav", { class: "nav", attrs: { "aria-label": t("page.places") } }, h("ol", { class: "nav-list" }, ...links.map(({ link }) => h("li", {}, link)))),
    h("div", { class: "tools" }, lesson, share, settings));

  store.watch((state) => [state.place, ...FLOW.map((id) => DONE[id]?.(state) === true)], (at, ...done) => {
    attr(lesson, "aria-current", at === "lesson" ? "page" : null);
    links.forEach(({ id, link, done: mark }, index) => {
      attr(link, "aria-current", id === at ? "page" : null);
      link.classList.toggle("is-done", done[index] === true);
      text(mark, done[index] ? ` ${t("page.done")}` : "");
    });
  });
}
