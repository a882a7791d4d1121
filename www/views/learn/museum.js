// The museum of bad defences: each looks good under the attack that it was made for, and falls to the one it was not.

/** @import { App } from "../app.js" */
import { busy } from "../../state/events.js";
import { MUSEUM } from "../../state/lesson.js";
import { go } from "../../state/place.js";
import { button, h, show, text } from "../../ui/dom.js";
import { t } from "../../words/i18n.js";
import { stage } from "./stage.js";

/** @param {HTMLElement} place @param {App} app */
export function mountMuseum(place, { store, actions }) {
  const rooms = MUSEUM.map(({ id, needs }) => {
    const weak = button(t("museum.weak"), { testid: `museum-${id}-weak`, onClick: () => void actions.exhibit(id, "weak") });
    const strong = button(t("museum.strong"), { testid: `museum-${id}-strong`, kind: "primary", onClick: () => void actions.exhibit(id, "strong") });
    const words = h("p", { class: "fine" });
    const shown = { weak: stage(`museum-${id}-weak-stage`), strong: stage(`museum-${id}-strong-stage`) };
    const trick = h("p", { class: "honest" }, t(`museum.${id}.trick`));
    store.watch((state) => [state.museum, state.classes, busy(state), state.trained, state.purifier], (museum, classes, running, trained, purifier) => {
      const lacks = needs === "purifier" && !purifier;
      for (const one of [weak, strong]) one.disabled = running || !trained || lacks;
      text(words, !trained ? t("lesson.untrained") : lacks ? t("attack.this-model-has-no") : "");
      for (const how of /** @type {const} */ (["weak", "strong"])) {
        const outcome = museum[`${id} ${how}`];
        show(shown[how].element, outcome !== undefined);
        if (outcome) shown[how].show(outcome, classes);
      }
      show(trick, museum[`${id} strong`] !== undefined);
    });
    return h("section", { class: "exhibit", testid: `museum-${id}`, attrs: { "aria-labelledby": `museum-${id}` } },
      h("h2", { attrs: { id: `museum-${id}` } }, t(`museum.${id}.title`)), h("p", {}, t(`museum.${id}.claim`)),
      h("div", { class: "buttons" }, weak, strong), words, h("div", { class: "stages" }, shown.weak.element, shown.strong.element), trick);
  });
  /** @param {string} id @param {import("../../state/types.js").Settings} settings @param {string} to */
  const recipe = (id, settings, to) => h("section", { class: "exhibit", testid: `museum-${id}`, attrs: { "aria-labelledby": `museum-${id}` } },
    h("h2", { attrs: { id: `museum-${id}` } }, t(`museum.${id}.title`)), h("p", {}, t(`museum.${id}.claim`)), h("p", { class: "honest" }, t(`museum.${id}.trick`)),
    h("div", { class: "buttons" }, button(t("museum.set-up"), { testid: `museum-${id}-set`, onClick: () => {
      actions.settings(settings);
      go(to, to === "defend" ? "purifier" : "");
    } })));
  place.append(h("div", { class: "museum" }, ...rooms, recipe("stale", { "recipe.kind": "stale", "train.epochs": 3 }, "train"), recipe("copying", { "purifier.clean_to_clean": true }, "defend")));
}
