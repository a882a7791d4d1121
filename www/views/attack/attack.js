// The attack: which one, with what parameters, towards what, and what stands in its way.

/** @import { App } from "../app.js" */
/** @import { State } from "../../state/types.js" */
import { busy } from "../../state/events.js";
import { attackKeys, defenseKeys, needsPurifier } from "../../state/commands.js";
import { CW_PRESETS } from "../../state/presets.js";
import { ATTACKS, CLASSES, DEFENSES } from "../../state/schema.js";
import { signUrl } from "../../engine/assets.js";
import { button, h, show, text } from "../../ui/dom.js";
import { field, more, segmented, slider } from "../../ui/fields.js";
import { className, short } from "../../words/format.js";
import { errorSlot } from "../../ui/messages.js";
import { signGrid } from "../../ui/signs.js";
import { about } from "../shared/names.js";
import { termLink } from "../../ui/terms.js";
import { mountFrames } from "./frames.js";
import { jobControls, jobWords } from "../shared/job.js";
import { modelSelect } from "../shared/models.js";
import { mountInsight } from "./insight.js";
import { mountOutcome } from "./outcome.js";
import { t } from "../../words/i18n.js";

/** @param {State} state */
const off = (state) => busy(state);

/** @param {HTMLElement} place @param {App} app */
export function mountAttack(place, app) {
  const { store, actions } = app;
  const job = jobControls(app, {
    job: "attack", prefix: "attack", pausable: true, label: () => t("attack.attack"), allowed: (state) => state.subject !== null,
    start: () => actions.attack(),
    detail(state) {
      const frame = state.frames.at(-1);
      if (busy(state) && state.job?.job === "attack" && frame) {
        const parts = [t("attack.round-step", frame.round, frame.iteration)];
        if (frame.c != null) {
          parts.push(`c = ${short(frame.c)}`);
          parts.push(frame.best_l2 != null ? t("attack.smallest-l2-so-far", short(frame.best_l2)) : t("attack.no-success-yet"));
        } else parts.push(t("attack.margin", short(frame.margin)));
        return parts.join(" · ");
      }
      return jobWords(state, "attack", "");
    },
  });

  const epsilon = slider(store, "attack.epsilon", (k) => `${k}/255`, { disabled: off });
  const presets = h("div", { class: "buttons", attrs: { role: "group", "aria-label": t("attack.presets") } }, h("span", { class: "field-label" }, t("attack.preset")),
    button(t("attack.interactive"), { testid: "cw-preset-interactive", onClick: () => actions.settings(CW_PRESETS.interactive), title: t("attack.interactive-title") }),
    button(t("attack.as-in-the-paper"), { testid: "cw-preset-paper", onClick: () => actions.settings(CW_PRESETS.paper), title: t("attack.paper-title") }));
  for (const preset of presets.querySelectorAll("button")) {
    store.watch((state) => [busy(state)], (disabled) => { preset.disabled = disabled; });
  }
  const aboutAttack = h("p", { class: "fine", testid: "attack-about" });
  // A setting that several attacks share is one control.
  const own = new Map(ATTACKS.flatMap((name) => attackKeys(name)).map((key) => [key, key === "attack.epsilon" ? epsilon : field(store, key, { disabled: off })]));
  own.delete("attack.epsilon");
  const parameters = h("div", { class: "fields", testid: "attack-parameters" }, ...own.values());

  const select = h("select", { testid: "target-class", attrs: { id: "target-class" }, on: { change: () => actions.setting("goal.class", Number(select.value)) } });
  const sign = h("img", { attrs: { alt: "", width: 40, height: 40 } });
  const grid = signGrid(t("attack.target-pick-the-sign"), "target-grid", (index) => actions.setting("goal.class", index));
  const target = h("div", { class: "target" }, h("div", { class: "target-row" }, sign,
    h("div", { class: "field" }, h("label", { attrs: { for: "target-class" } }, h("span", { class: "field-label" }, t("attack.target"), h("i", { class: "symbol" }, "t"))), select)),
    more(t("attack.choose-by-picture"), "target-more", grid.element));
  const goals = segmented(store, "goal.kind", { testid: "goal", disabled: off });
  const noTarget = h("p", { class: "fine", testid: "attack-no-target" }, t("attack.deepfool-goes-to-the"));

  const aboutDefense = h("p", { class: "fine", testid: "defense-about" });
  const defenses = new Map(DEFENSES.flatMap((name) => defenseKeys(name)).map((key) => [key, field(store, key, { disabled: off })]));
  const knowledge = field(store, "knowledge", { disabled: off });
  const transferred = h("p", { class: "fine", testid: "attack-transferred" }, t("attack.the-example-is-made"));
  const madeOn = modelSelect(app, {
    key: "madeOn", testid: "attack-made-on", label: t("attack.made-on"), none: t("attack.the-selected-model"),
    help: t("attack.transfer-the-example-is"),
  });
  const noPurifier = h("p", { class: "notice", testid: "attack-no-purifier" }, t("attack.this-model-has-no"));

  store.watch((state) => [state.settings["attack.kind"], state.settings["goal.kind"]], (kind, goal) => {
    const keys = new Set(attackKeys(String(kind)));
    for (const [key, element] of own) show(element, keys.has(key));
    text(aboutAttack, about("attack", String(kind)));
    show(presets, kind === "cw");
    show(goals, kind !== "deepfool");
    show(noTarget, kind === "deepfool");
    show(target, goal === "targeted" && kind !== "deepfool");
  });
  store.watch((state) => [state.settings["defense.kind"], state.madeOn, state.shelf, state.purifier], (kind, other, { selected, models }, purifier) => {
    const keys = new Set(defenseKeys(String(kind)));
    for (const [key, element] of defenses) show(element, keys.has(key));
    text(aboutDefense, about("defence", String(kind)));
    const transfer = other !== selected && models.some(({ name }) => name === other);
    show(knowledge, kind !== "none" && !transfer);
    show(transferred, transfer);
    show(noPurifier, needsPurifier(String(kind)) && !purifier);
  });
  store.watch((state) => [state.settings["goal.class"], state.classes, state.data, busy(state)], (index, classes, data, disabled) => {
    const known = classes.length || CLASSES;
    const chosen = Number(index) % known;
    if (select.options.length !== known) select.replaceChildren(...Array.from({ length: known }, (_, index) => h("option", { attrs: { value: index } })));
    show(grid.element, data?.signs ?? true);
    show(sign, data?.signs ?? true);
    Array.from(select.options).forEach((option, i) => text(option, `${i} · ${className(classes, i)}`));
    select.value = String(chosen);
    select.disabled = disabled;
    sign.src = signUrl(chosen);
    grid.show(chosen, classes, disabled);
  });

  const untrained = h("p", { class: "notice", testid: "attack-untrained" }, t("attack.the-network-is-untrained"));
  store.watch((state) => [state.trained || state.device.phase !== "ready"], (trained) => show(untrained, !trained));

  const result = h("div", { class: "outcome" });
  const frames = h("div", { class: "frames" });
  const insight = h("div", { class: "insight" });
  const strength = h("div", {}, epsilon);
  const expert = more(t("attack.expert"), "attack-more", presets, parameters, madeOn, transferred);
  expert.dataset["teach"] = "expert";
  const inTheWay = more(t("attack.in-the-way"), "attack-defence", field(store, "defense.kind", { disabled: off }), aboutDefense, ...defenses.values(), knowledge);
  store.watch((state) => [state.settings["attack.kind"]], (kind) => show(strength, attackKeys(String(kind)).includes("attack.epsilon")));
  const chooser = field(store, "attack.kind", { disabled: off });
  const learnMore = termLink("attack.fgsm");
  store.watch((state) => [state.settings["attack.kind"]], (kind) => learnMore.aim(`attack.${kind}`));
  place.append(h("div", { class: "panel-grid" },
    h("div", { class: "panel-controls" }, h("div", { class: "fields" }, chooser, aboutAttack, learnMore.element, strength, goals, noTarget, target), expert, inTheWay),
    h("div", { class: "panel-main attack-main" }, untrained, noPurifier, job.buttons, job.progress, errorSlot(store, "attack"), result, frames, insight)));
  mountOutcome(result, app);
  mountFrames(frames, app);
  mountInsight(insight, app);
}
