// The shelf: every model of this session, by name; one is selected, and that is what is trained, attacked and shown.

/** @import { App } from "../app.js" */
import { WEIGHT_NAMES } from "../../engine/assets.js";
import { busy, factsOf } from "../../state/events.js";
import { noFacts } from "../../state/store.js";
import { ask } from "../../ui/dialog.js";
import { button, h, newId, scrolling, text } from "../../ui/dom.js";
import { field } from "../../ui/fields.js";
import { count, percent } from "../../words/format.js";
import { errorSlot } from "../../ui/messages.js";
import { recipeName } from "../shared/names.js";
import { t } from "../../words/i18n.js";

/** @param {HTMLElement} place @param {App} app */
export function mountShelf(place, { store, actions }) {
  const body = h("tbody");
  const group = newId("shelf");
  const table = h("table", { class: "figures", testid: "shelf-table" }, h("caption", { class: "hidden" }, t("shelf.models")),
    h("thead", {}, h("tr", {}, ...[t("shelf.model"), t("shelf.architecture"), t("shelf.parameters"), t("shelf.trained-by"), t("shelf.clean"), t("shelf.robust"), t("shelf.purifier")].map((head) => h("th", { attrs: { scope: "col" } }, head)))), body);

  const id = newId("name");
  const name = h("input", { testid: "shelf-name", attrs: { type: "text", id, maxlength: 60, autocomplete: "off", spellcheck: "false", placeholder: t("shelf.example") }, on: { input: enable } });
  const create = button(t("shelf.new-model"), { testid: "shelf-new", onClick: () => void put("new"), title: t("shelf.untrained-of-the-architecture") });
  const copy = button(t("shelf.copy-the-selected-one"), { testid: "shelf-copy", onClick: () => void put("copy"), title: t("shelf.with-what-it-has") });
  const rename = button(t("shelf.rename-the-selected-one"), { testid: "shelf-rename", onClick: () => void put("rename") });
  const save = button(t("shelf.save-as-a-file"), { testid: "shelf-save", onClick: () => void actions.saveModel(false), title: t("shelf.the-weights-of-the") });
  const savePurifier = button(t("shelf.save-its-purifier"), { testid: "shelf-save-purifier", onClick: () => void actions.saveModel(true) });
  const remove = button(t("shelf.remove-it"), { testid: "shelf-remove", kind: "danger", onClick: () => void drop() });
  const input = h("input", { class: "hidden", testid: "shelf-open", attrs: { type: "file", id: `${id}-file`, accept: ".safetensors" }, on: { change: () => {
    const file = input.files?.[0];
    if (file) void actions.openModel(file);
    input.value = "";
  } } });
  const open = h("label", { class: "button", attrs: { for: `${id}-file` } }, t("shelf.open-a-file"));

  /** @param {"new" | "copy" | "rename"} how */
  async function put(how) {
    const wanted = name.value.trim();
    const taken = store.get().shelf.models.some((model) => model.name === wanted);
    if (taken && !await ask({ title: t("shelf.replace-the-model"), text: t("shelf.there-is-a-model", wanted), yes: t("shelf.replace-it") })) return;
    if (how === "new") actions.newModel(wanted);
    else if (how === "copy") actions.copyModel(wanted);
    else void actions.renameModel(wanted);
    name.value = "";
    enable();
  }
  async function drop() {
    const { shelf, trained } = store.get();
    if (!trained || await ask({ title: t("shelf.remove-the-model"), text: t("shelf.and-what-it-has", shelf.selected), yes: t("shelf.remove-it") })) actions.removeModel();
  }
  function enable() {
    const state = store.get();
    const off = busy(state) || state.device.phase !== "ready";
    const named = name.value.trim() !== "";
    create.disabled = off || !named;
    copy.disabled = off || !named || name.value.trim() === state.shelf.selected;
    rename.disabled = copy.disabled;
    save.disabled = state.device.phase !== "ready";
    savePurifier.disabled = save.disabled || !state.purifier;
    remove.disabled = off || state.shelf.models.length < 2;
    input.disabled = off;
    open.classList.toggle("is-disabled", off);
  }

  store.watch((state) => [state.shelf, state.facts, state.trained, state.validated, state.robust, busy(state) || state.device.phase !== "ready"], ({ selected, models }, facts, _trained, _validated, _robust, off) => {
    const inside = /** @type {HTMLElement | null} */ (body.contains(document.activeElement) ? document.activeElement : null)?.dataset["testid"];
    body.replaceChildren(...models.map((model, index) => {
      const { trained, validated, robust } = model.name === selected ? factsOf(store.get()) : facts[model.name] ?? noFacts();
      const radio = h("input", { testid: `shelf-select-${index}`, attrs: { type: "radio", name: group, id: `${group}-${index}`, value: model.name }, on: { change: () => actions.selectModel(model.name) } });
      radio.checked = model.name === selected;
      radio.disabled = off;
      /** @param {{ value: number, n: number } | null} share */
      const share = (share) => (share ? t("word.of", percent(share.value), share.n) : "–");
      return h("tr", { testid: "shelf-row", attrs: { "data-value": model.name } },
        h("th", { attrs: { scope: "row" } }, h("span", { class: "shelf-pick" }, radio, h("label", { attrs: { for: `${group}-${index}` } }, model.name))),
        h("td", {}, model.architecture), h("td", {}, count(model.parameters)),
        h("td", {}, model.recipe ? recipeName(model.recipe) : trained ? t("shelf.from-a-file") : t("shelf.untrained")),
        h("td", {}, share(validated)), h("td", {}, share(robust)),
        h("td", {}, model.purifier != null ? t("shelf.parameters-2", count(model.purifier)) : t("shelf.none")));
    }));
    if (inside) /** @type {HTMLElement | null} */ (body.querySelector(`[data-testid="${inside}"]`))?.focus();
    table.dataset["value"] = selected;
    table.dataset["models"] = String(models.length);
    enable();
  });
  store.watch((state) => [state.purifier], enable);

  const shipped = h("div", { class: "buttons", testid: "shelf-shipped" });
  store.watch((state) => [state.shelf, busy(state) || state.device.phase !== "ready"], ({ models }, off) => {
    const missing = WEIGHT_NAMES.filter((name) => !models.some((model) => model.name === name));
    shipped.replaceChildren(...missing.map((name) => {
      const add = button(t("shelf.add", name), { testid: `shelf-add-${name}`, onClick: () => void actions.addShipped(name), title: t("shelf.add-title") });
      add.disabled = off;
      return add;
    }));
  });

  const summary = h("summary", { testid: "shelf-summary" });
  store.watch((state) => [state.shelf], ({ selected, models }) => text(summary, t("shelf.models-on-the-shelf", models.length, selected)));
  const architecture = field(store, "model.architecture", { disabled: busy });
  place.append(h("details", { class: "more aside" }, summary,
    h("div", { class: "shelf" },
      scrolling(t("shelf.models-on-the-shelf-2"), table),
      h("div", { class: "buttons" }, save, savePurifier, h("span", {}, input, open), remove), shipped,
      errorSlot(store, "shelf"),
      h("div", { class: "shelf-new" },
        h("div", { class: "field field-text" }, h("label", { attrs: { for: id } }, h("span", { class: "field-label" }, t("shelf.name"))), name, h("span", { class: "field-help" }, t("shelf.of-a-new-model"))),
        architecture, h("div", { class: "buttons" }, create, copy, rename)),
      h("p", { class: "fine" }, t("shelf.files")))));
}
