// Controls made from the table of settings: label, symbol, range, help and validation are the same everywhere.

/** @import { Store } from "../state/store.js" */
import { SCHEMA, admit, choiceName, settingName } from "../state/schema.js";
import { h, newId, text } from "./dom.js";
import { language, t } from "../words/i18n.js";

/** @param {string} key @returns {string} */
const testid = (key) => `set-${key.replaceAll(".", "-").replaceAll("_", "-")}`;

/**
 * @param {Store} store
 * @param {string} key
 * @param {{ disabled?: (store: ReturnType<Store["get"]>) => boolean, again?: string }} [options] `again`: before the test id of a
 *   control that is in the page a second time
 * @returns {HTMLElement}
 */
export function field(store, key, options = {}) {
  const setting = SCHEMA[key];
  if (!setting) throw new Error(`no such setting: ${key}`);
  const id = newId("set");
  const name = `${options.again ?? ""}${testid(key)}`;
  const note = h("span", { class: "field-note", attrs: { role: "status" } });
  const help = h("span", { class: "field-help", attrs: { id: `${id}-help` } }, `${t(`set.${key}.help`)}${range(key)}`);
  const label = h("span", { class: "field-label" }, settingName(key),
    setting.symbol ? h("i", { class: "symbol" }, setting.symbol) : null);

  /** @param {unknown} raw */
  function take(raw) {
    const { value, note: said } = admit(key, raw);
    text(note, said?.() ?? "");
    store.setting(key, value);
    return value;
  }

  /** @type {HTMLElement} */
  let control;
  /** @type {(value: number | string | boolean) => void} */
  let show;
  if (setting.kind === "switch") {
    const box = h("input", { testid: name, attrs: { type: "checkbox", id, "aria-describedby": `${id}-help` }, on: { change: () => take(box.checked) } });
    control = box;
    show = (value) => { box.checked = value === true; };
  } else if (setting.kind === "choice") {
    const select = h("select", { testid: name, attrs: { id, "aria-describedby": `${id}-help` }, on: { change: () => take(select.value) } },
      ...(setting.choices ?? []).map((value) => h("option", { attrs: { value } }, choiceName(key, value))));
    control = select;
    show = (value) => { select.value = String(value); };
  } else {
    const input = h("input", { testid: name, attrs: {
      type: "number", id, min: setting.min, max: setting.max, step: setting.kind === "number" ? "any" : setting.step ?? "any",
      inputmode: setting.kind === "number" || setting.kind === "epsilon" ? "decimal" : "numeric", "aria-describedby": `${id}-help`, placeholder: setting.open ? t("field.auto") : null,
    }, on: { change: () => { input.value = String(take(input.value)); } } });
    control = input;
    show = (value) => { if (document.activeElement !== input) input.value = String(value); };
  }
  store.watch((state) => [state.settings[key]], (value) => {
    if (value !== undefined) show(value);
  });
  watchDisabled(store, control, options.disabled);
  return h("div", { class: `field field-${setting.kind}` }, h("label", { attrs: { for: id } }, label), control, help, note);
}

/** @param {Store} store @param {HTMLElement} control @param {((state: ReturnType<Store["get"]>) => boolean) | undefined} disabled */
function watchDisabled(store, control, disabled) {
  if (disabled) store.watch((state) => [disabled(state)], (off) => control.toggleAttribute("disabled", off));
}

/** @param {string} key @returns {string} */
function range(key) {
  const { kind, min, max } = SCHEMA[key] ?? {};
  if (min === undefined || max === undefined || kind === "seed") return "";
  /** @param {number} value */
  const words = (value) => value.toLocaleString(language(), { maximumFractionDigits: 8 });
  return kind === "epsilon" ? ` ${t("field.range", `${words(min)}/255`, `${words(max)}/255`)}` : ` ${t("field.range", words(min), words(max))}`;
}

/**
 * A slider with its value in words beside it.
 * @param {Store} store
 * @param {string} key
 * @param {(value: number) => string} words
 * @param {{ disabled?: (store: ReturnType<Store["get"]>) => boolean }} [options]
 */
export function slider(store, key, words, options = {}) {
  const setting = SCHEMA[key];
  if (!setting) throw new Error(`no such setting: ${key}`);
  const id = newId("set");
  const output = h("output", { class: "field-value", attrs: { for: id } });
  const input = h("input", { testid: testid(key), attrs: {
    type: "range", id, min: setting.min, max: setting.max, step: setting.step, "aria-describedby": `${id}-help`,
  }, on: { input: () => store.setting(key, admit(key, input.value).value) } });
  store.watch((state) => [state.settings[key]], (value) => {
    input.value = String(value);
    const said = words(Number(value));
    text(output, said);
    input.setAttribute("aria-valuetext", said);
  });
  watchDisabled(store, input, options.disabled);
  return h("div", { class: "field field-slider" },
    h("label", { attrs: { for: id } }, h("span", { class: "field-label" }, settingName(key), setting.symbol ? h("i", { class: "symbol" }, setting.symbol) : null)),
    output, input, h("span", { class: "field-help", attrs: { id: `${id}-help` } }, `${t(`set.${key}.help`)}${range(key)}`));
}

/**
 * Two or three choices side by side.
 * @param {Store} store
 * @param {string} key
 * @param {{ testid: string, disabled?: (store: ReturnType<Store["get"]>) => boolean }} options each radio gets `${testid's stem}-${value}`
 */
export function segmented(store, key, options) {
  const setting = SCHEMA[key];
  if (!setting) throw new Error(`no such setting: ${key}`);
  const name = newId("seg");
  const stem = options.testid;
  const radios = (setting.choices ?? []).map((value) => {
    const input = h("input", { testid: `${stem}-${value}`, attrs: { type: "radio", name, value, id: `${name}-${value}` }, on: { change: () => store.setting(key, value) } });
    watchDisabled(store, input, options.disabled);
    return { value, input, label: h("label", { attrs: { for: `${name}-${value}` } }, choiceName(key, value)) };
  });
  const group = h("fieldset", { class: "segmented", testid: stem }, h("legend", {}, settingName(key)),
    h("div", { class: "segments" }, ...radios.map(({ input, label }) => h("span", { class: "segment" }, input, label))),
    h("span", { class: "field-help" }, t(`set.${key}.help`)));
  store.watch((state) => [state.settings[key]], (value) => {
    for (const radio of radios) radio.input.checked = radio.value === value;
    group.dataset["value"] = String(value);
  });
  return group;
}

/**
 * Any number of choices, as boxes to tick.
 * @param {Store} store
 * @param {string} key
 * @param {{ testid: string, disabled?: (store: ReturnType<Store["get"]>) => boolean }} options each box gets `${testid}-${value}`
 */
export function boxes(store, key, options) {
  const setting = SCHEMA[key];
  if (!setting) throw new Error(`no such setting: ${key}`);
  const id = newId("set");
  const all = (setting.choices ?? []).map((value) => {
    const input = h("input", { testid: `${options.testid}-${value}`, attrs: { type: "checkbox", id: `${id}-${value}`, value }, on: { change: take } });
    watchDisabled(store, input, options.disabled);
    return { input, element: h("span", { class: "box" }, input, h("label", { attrs: { for: `${id}-${value}` } }, choiceName(key, value))) };
  });
  function take() {
    store.setting(key, admit(key, all.filter(({ input }) => input.checked).map(({ input }) => input.value).join(",")).value);
  }
  store.watch((state) => [state.settings[key]], (value) => {
    const chosen = String(value).split(",");
    for (const { input } of all) input.checked = chosen.includes(input.value);
  });
  return h("fieldset", { class: "boxes", testid: options.testid }, h("legend", {}, settingName(key)), h("div", { class: "boxes-all" }, ...all.map(({ element }) => element)),
    h("span", { class: "field-help" }, t(`set.${key}.help`)));
}

/**
 * Controls that most people never need.
 * @param {string} summary
 * @param {string} id testid
 * @param {...HTMLElement} fields
 */
export const more = (summary, id, ...fields) =>
  h("details", { class: "more" }, h("summary", { testid: id }, summary), h("div", { class: "fields" }, ...fields));
