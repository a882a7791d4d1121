// What the page as a program has to say: a new version that waits, and work that is not saved.

/** @import { App } from "./app.js" */
import { button, h, show, text } from "../lib/dom.js";

/** @param {HTMLElement} place @param {App} app */
export function mountUpdate(place, { store, offline }) {
  const words = h("p", { testid: "update-message" });
  const use = button("Use it now", { testid: "update-use", kind: "primary", onClick: () => offline.use() });
  const reload = button("Load it anew", { testid: "update-reload", kind: "primary", onClick: () => offline.reload() });
  const update = h("div", { class: "notice", testid: "update", attrs: { role: "status", hidden: true } }, words, h("div", { class: "buttons" }, use, reload));
  store.watch((state) => [state.offline.phase], (phase) => {
    show(update, phase === "update" || phase === "elsewhere");
    show(use, phase === "update");
    show(reload, phase === "elsewhere");
    text(words, phase === "update"
      ? "A new version of the page is here. It is used when you say so: the page is loaded anew, kept models and settings come along, and what is running ends."
      : phase === "elsewhere" ? "Another window has changed over to a new version of the page. Load this one anew when it suits you." : "");
  });

  const banner = h("p", { class: "notice notice-error", testid: "not-saved", attrs: { role: "alert", hidden: true } });
  store.watch((state) => [state.kept.trouble], (trouble) => {
    show(banner, trouble !== "");
    text(banner, trouble && `Not saved: ${trouble} The work goes on, and lasts as long as this page is open; save models as files to keep them.`);
  });
  place.append(update, banner);
}
