// Models by name, to choose from: one of them, or several.

/** @import { App } from "../app.js" */
/** @import { State } from "../../state/types.js" */
import { busy } from "../../state/events.js";
import { attr, h, newId, text } from "../../ui/dom.js";
import { t } from "../../words/i18n.js";

/**
 * One model, or none.
 * @param {App} app
 * @param {{ key: "madeOn" | "transfer" | "reference", testid: string, label: string, none: string, help: string }} options
 */
export function modelSelect({ store, actions }, { key, testid, label, none, help }) {
  const id = newId("model");
  const select = h("select", { testid, attrs: { id, "aria-describedby": `${id}-help` }, on: { change: () => actions.choose({ [key]: select.value }) } });
  store.watch((state) => [state.shelf, state[key], busy(state)], ({ selected, models }, value, disabled) => {
    const others = models.filter(({ name }) => name !== selected);
    select.replaceChildren(h("option", { attrs: { value: "" } }, none), ...others.map(({ name }) => h("option", { attrs: { value: name } }, name)));
    select.value = others.some(({ name }) => name === value) ? value : "";
    select.disabled = disabled || others.length === 0;
  });
  return h("div", { class: "field field-choice" }, h("label", { attrs: { for: id } }, h("span", { class: "field-label" }, label)), select,
    h("span", { class: "field-help", attrs: { id: `${id}-help` } }, help));
}

/** Which models are compared, in the table and in the curve. @param {App} app @param {string} testid */
export function modelBoxes({ store, actions }, testid) {
  const id = newId("models");
  const all = h("div", { class: "boxes-all" });
  const note = h("span", { class: "field-help" });
  /** @param {State} state */
  const ticked = ({ compared, shelf }) => {
    const known = shelf.models.map(({ name }) => name).filter((name) => compared.includes(name));
    return known.length > 0 ? known : [shelf.selected];
  };
  store.watch((state) => [state.shelf, state.compared, busy(state)], ({ models }, _, disabled) => {
    const chosen = ticked(store.get());
    const inside = /** @type {HTMLElement | null} */ (all.contains(document.activeElement) ? document.activeElement : null)?.id;
    all.replaceChildren(...models.map(({ name }, index) => {
      const input = h("input", { testid: `${testid}-${index}`, attrs: { type: "checkbox", id: `${id}-${index}`, value: name }, on: { change } });
      input.checked = chosen.includes(name);
      input.disabled = disabled;
      return h("span", { class: "box" }, input, h("label", { attrs: { for: `${id}-${index}` } }, name));
    }));
    if (inside) document.getElementById(inside)?.focus();
    text(note, models.length > 1 ? t("models.if-none-is-ticked") : t("models.put-more-on-the"));
    attr(all, "data-value", chosen.length);
  });
  function change() {
    actions.choose({ compared: Array.from(all.querySelectorAll("input")).filter(({ checked }) => checked).map(({ value }) => value) });
  }
  return h("fieldset", { class: "boxes", testid }, h("legend", {}, t("models.models")), all, note);
}
