// Dialogs: a question before something is lost, and panels that belong to the whole page.

import { button, h } from "./dom.js";
import { t } from "../words/i18n.js";

/**
 * @param {{ title: string, text: string, yes: string }} question
 * @returns {Promise<boolean>}
 */
export function ask({ title, text, yes }) {
  return new Promise((resolve) => {
    const heading = h("h2", { attrs: { id: "ask-title" } }, title);
    const dialog = h("dialog", { class: "ask", testid: "confirm", attrs: { "aria-labelledby": "ask-title" } },
      heading, h("p", {}, text),
      h("div", { class: "buttons" },
        button(t("dialog.keep-it"), { testid: "confirm-no", onClick: () => dialog.close("no") }),
        button(yes, { testid: "confirm-yes", kind: "danger", onClick: () => dialog.close("yes") })));
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue === "yes");
      dialog.remove();
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/**
 * A panel over the page. It closes by its button, by Escape, and by a click beside it.
 * @param {string} name test id
 * @param {string} title
 * @param {...HTMLElement} content
 * @returns {HTMLDialogElement}
 */
export function openDialog(name, title, ...content) {
  const id = `${name}-title`;
  const close = h("button", { class: "dialog-close", testid: `${name}-close`, attrs: { type: "button", "aria-label": t("dialog.close") }, on: { click: () => dialog.close() } }, "×");
  const dialog = h("dialog", { class: "panel", testid: name, attrs: { "aria-labelledby": id }, on: {
    close: () => dialog.remove(),
    click: (event) => { if (event.target === dialog) dialog.close(); },
  } }, h("div", { class: "panel-inside" }, h("div", { class: "panel-head" }, h("h2", { attrs: { id } }, title), close), ...content));
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
