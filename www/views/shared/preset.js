// The networks that come with the page, to be made again: what they were trained with, as settings.

/** @import { App } from "../app.js" */
import { WEIGHT_NAMES } from "../../engine/assets.js";
import { busy } from "../../state/events.js";
import { button, h, newId, text } from "../../ui/dom.js";
import { t } from "../../words/i18n.js";

/**
 * @param {string} testid @param {string} label @param {() => void} change
 * @returns {{ select: HTMLSelectElement, element: HTMLElement }}
 */
function choice(testid, label, change) {
  const id = newId("preset");
  const select = h("select", { testid, attrs: { id }, on: { change } });
  return { select, element: h("div", { class: "field field-choice" }, h("label", { attrs: { for: id } }, h("span", { class: "field-label" }, label)), select) };
}

/** @param {HTMLSelectElement} select @param {{ value: string, words: string }[]} options */
function fill(select, options) {
  const before = select.value;
  select.replaceChildren(...options.map(({ value, words }) => h("option", { attrs: { value } }, words)));
  if (options.some(({ value }) => value === before)) select.value = before;
}

/** @param {App} app @param {"classifier" | "purifier"} kind */
export function presetPanel({ store, actions }, kind) {
  const which = choice(`preset-${kind}`, t(`preset.which-${kind}`), refresh);
  const begin = choice(`preset-${kind}-begin`, t("preset.begin"), () => undefined);
  const about = h("p", { class: "fine", testid: `preset-${kind}-about` });
  const go = button(t("preset.set-up"), { testid: `preset-${kind}-go`, onClick: () => void actions.setUp(which.select.value, kind === "classifier" ? begin.select.value : "") });

  function refresh() {
    const { presets } = store.get();
    const offer = presets.find(({ name }) => name === which.select.value);
    if (!offer) return;
    text(about, t(`preset.${offer.name}`));
    const same = WEIGHT_NAMES.filter((name) => presets.some((other) => other.name === name && other.model === offer.model));
    fill(begin.select, [{ value: "", words: t("preset.fresh") }, ...same.map((value) => ({ value, words: t("preset.from", value) }))]);
    begin.select.value = offer.from && same.includes(offer.from) ? offer.from : "";
  }
  store.watch((state) => [state.presets], (presets) => {
    fill(which.select, presets.filter((offer) => offer[kind]).map(({ name }) => ({ value: name, words: name })));
    refresh();
  });
  store.watch((state) => [busy(state) || state.device.phase !== "ready"], (off) => { go.disabled = off; });
  return h("details", { class: "more" }, h("summary", { testid: `preset-${kind}-more` }, t(`preset.${kind}-title`)),
    h("div", { class: "fields" }, which.element, about, ...(kind === "classifier" ? [begin.element] : []), h("div", { class: "buttons" }, go), h("p", { class: "fine" }, t(`preset.${kind}-lead`))));
}
