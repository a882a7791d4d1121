// Version, licence, and where things come from.

/** @import { App } from "../app.js" */
import { h, text } from "../../ui/dom.js";
import { t } from "../../words/i18n.js";

/** @param {HTMLElement} place @param {App} app */
export function mountFooter(place, { store }) {
  const version = h("span", { testid: "version" });
  const link = (/** @type {string} */ id) => h("a", { attrs: { href: `#${id}`, "data-teach": id }, testid: `foot-${id}` }, t(`place.${id}.title`));
  place.append(
    h("p", { class: "foot-links" }, link("lesson"), link("museum"), link("glossary")),
    h("p", {}, h("strong", {}, t("footer.fool-the-sign")), version, t("footer.open-source-mit-or")),
    h("p", {}, t("footer.all-signs-are-drawn")),
    h("p", {}, t("footer.each-attack-and-each")),
    h("p", {}, t("footer.for-learning-and-testing")));
  store.watch((state) => [state.version], (value) => text(version, value));
}
