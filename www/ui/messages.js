// Errors of one panel, as a sentence beside its controls.

/** @import { Place } from "../state/types.js" */
/** @import { Store } from "../state/store.js" */
import { h, show, text } from "./dom.js";

/** @param {Store} store @param {Place[]} places @returns {HTMLElement} */
export function errorSlot(store, ...places) {
  const words = h("p", { class: "notice notice-error", testid: "error-message", attrs: { role: "alert", "data-place": places.join(" "), hidden: true } });
  store.watch((state) => places.map((place) => state.messages[place]), (...found) => {
    const message = found.find(Boolean);
    text(words, message?.message() ?? "");
    words.dataset["code"] = message?.code ?? "";
    show(words, Boolean(message));
    // A picture can be dropped or pasted far from its panel.
    if (message) words.scrollIntoView({ block: "nearest" });
  });
  return words;
}
