// What the page as a program has to say: a new version that waits, and work that is not saved.

/** @import { App } from "../app.js" */
import { button, h, show, text } from "../../ui/dom.js";
import { t } from "../../words/i18n.js";

/** @param {HTMLElement} place @param {App} app */
export function mountUpdate(place, { store, offline }) {
  const words = h("p", { testid: "update-message" });
  const use = button(t("update.use"), { testid: "update-use", kind: "primary", onClick: () => offline.use() });
  const reload = button(t("update.reload"), { testid: "update-reload", kind: "primary", onClick: () => offline.reload() });
  const update = h("div", { class: "notice", testid: "update", attrs: { role: "status", hidden: true } }, words, h("div", { class: "buttons" }, use, reload));
  store.watch((state) => [state.offline.phase], (phase) => {
    show(update, phase === "update" || phase === "elsewhere");
    show(use, phase === "update");
    show(reload, phase === "elsewhere");
    text(words, phase === "update" ? t("update.here") : phase === "elsewhere" ? t("update.elsewhere") : "");
  });

  const banner = h("p", { class: "notice notice-error", testid: "not-saved", attrs: { role: "alert", hidden: true } });
  store.watch((state) => [state.kept.trouble], (trouble) => {
    show(banner, trouble !== null);
    text(banner, trouble ? t("update.not-saved", trouble()) : "");
  });
  place.append(update, banner);
}
