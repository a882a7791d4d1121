// A question before something is lost.
import { h, button } from "./dom.js";

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
        button("Keep it", { testid: "confirm-no", onClick: () => dialog.close("no") }),
        button(yes, { testid: "confirm-yes", kind: "danger", onClick: () => dialog.close("yes") })));
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue === "yes");
      dialog.remove();
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
