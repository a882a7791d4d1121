// Three ways to defend, and the present attack behind each of them.

/** @import { App } from "../app.js" */
import { busy } from "../../state/events.js";
import { go } from "../../state/place.js";
import { DEFENSES } from "../../state/schema.js";
import { defenseKeys, needsPurifier } from "../../state/commands.js";
import { button, h, show, text } from "../../ui/dom.js";
import { field } from "../../ui/fields.js";
import { t } from "../../words/i18n.js";
import { about } from "../shared/names.js";

/** @param {HTMLElement} place @param {App} app */
export function mountDefend(place, { store, actions }) {
  const kind = field(store, "defense.kind", { disabled: busy, again: "defend-" });
  const knows = field(store, "knowledge", { disabled: busy, again: "defend-" });
  const words = h("p", { class: "fine" });
  const keys = new Map(DEFENSES.flatMap((name) => defenseKeys(name)).map((key) => [key, field(store, key, { disabled: busy, again: "defend-" })]));
  const attempt = button(t("defend.try"), { testid: "defend-try", kind: "primary", onClick: () => {
    actions.attack();
    go("attack", "outcome-defended");
  } });
  const missing = h("p", { class: "fine" }, t("attack.this-model-has-no"));
  const train = button(t("defend.train"), { testid: "defend-train", onClick: () => {
    actions.settings({ "recipe.kind": "pgd", "train.epochs": 3 });
    go("train");
  } });
  place.append(h("div", { class: "ways-row" },
    h("div", { class: "way-card" }, h("h2", {}, t("defend.purify")), h("p", {}, t("defend.purify-words")), h("div", { class: "buttons" }, button(t("defend.to-purifier"), { testid: "defend-purify", onClick: () => go("defend", "purifier") }))),
    h("div", { class: "way-card", attrs: { "data-teach": "train" } }, h("h2", {}, t("defend.harden")), h("p", {}, t("defend.harden-words")), h("div", { class: "buttons" }, train)),
    h("div", { class: "way-card" }, h("h2", {}, t("defend.before")), h("p", {}, t("defend.before-words")), h("div", { class: "fields" }, kind, words, ...keys.values(), knows), missing, h("div", { class: "buttons" }, attempt, h("a", { class: "button", attrs: { href: "#museum", "data-teach": "museum" } }, t("place.museum.title"))))));
  store.watch((state) => [state.settings["defense.kind"], state.purifier, busy(state), state.subject], (name, purifier, running, subject) => {
    const mine = defenseKeys(String(name));
    for (const [key, element] of keys) show(element, mine.includes(key));
    text(words, about("defence", String(name)));
    show(knows, name !== "none");
    const lacks = needsPurifier(String(name)) && !purifier;
    show(missing, lacks);
    attempt.disabled = running || lacks || subject === null;
  });
}
