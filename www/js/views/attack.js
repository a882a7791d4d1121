// The attack: which one, with what parameters, towards what, and what stands in its way.

/** @import { App } from "./app.js" */
/** @import { State } from "../state/types.js" */
import { busy } from "../state/events.js";
import { attackKeys, defenseKeys, needsPurifier } from "../state/commands.js";
import { ATTACK_CHOICES, CLASSES, CW_PRESETS, DEFENSE_CHOICES } from "../state/schema.js";
import { signUrl } from "../engine/assets.js";
import { button, h, show, text } from "../lib/dom.js";
import { field, more, segmented, slider } from "../lib/fields.js";
import { className, short } from "../lib/format.js";
import { errorSlot } from "../lib/messages.js";
import { signGrid } from "../lib/signs.js";
import { ABOUT_ATTACK, ABOUT_DEFENSE } from "../lib/words.js";
import { mountFrames } from "./frames.js";
import { jobControls, jobWords } from "./job.js";
import { modelSelect } from "./models.js";
import { mountOutcome } from "./outcome.js";

/** @param {State} state */
const off = (state) => busy(state);

/** @param {HTMLElement} place @param {App} app */
export function mountAttack(place, app) {
  const { store, actions } = app;
  const job = jobControls(app, {
    job: "attack", prefix: "attack", pausable: true, label: () => "Attack", allowed: (state) => state.subject !== null,
    start: () => actions.attack(),
    detail(state) {
      const frame = state.frames.at(-1);
      if (busy(state) && state.job?.job === "attack" && frame) {
        const parts = [`Round ${frame.round}, step ${frame.iteration}`];
        if (frame.c != null) {
          parts.push(`c = ${short(frame.c)}`);
          parts.push(frame.best_l2 != null ? `smallest L2 so far ${short(frame.best_l2)}` : "no success yet");
        } else parts.push(`margin ${short(frame.margin)}`);
        return parts.join(" · ");
      }
      return jobWords(state, "attack", "");
    },
  });

  const epsilon = slider(store, "attack.epsilon", (k) => `${k}/255`, { disabled: off });
  const presets = h("div", { class: "buttons", attrs: { role: "group", "aria-label": "Presets" } }, h("span", { class: "field-label" }, "Preset"),
    button("Interactive", { testid: "cw-preset-interactive", onClick: () => actions.settings(CW_PRESETS.interactive), title: "5 searches of 200 steps" }),
    button("As in the paper", { testid: "cw-preset-paper", onClick: () => actions.settings(CW_PRESETS.paper), title: "9 searches of 1,000 steps: minutes on a CPU" }));
  for (const preset of presets.querySelectorAll("button")) {
    store.watch((state) => [busy(state)], (disabled) => { preset.disabled = disabled; });
  }
  const aboutAttack = h("p", { class: "fine", testid: "attack-about" });
  // A setting that several attacks share is one control.
  const own = new Map(ATTACK_CHOICES.flatMap(([name]) => attackKeys(name)).map((key) => [key, key === "attack.epsilon" ? epsilon : field(store, key, { disabled: off })]));
  const parameters = h("div", { class: "fields", testid: "attack-parameters" }, ...own.values());

  const select = h("select", { testid: "target-class", attrs: { id: "target-class" }, on: { change: () => actions.setting("goal.class", Number(select.value)) } },
    ...Array.from({ length: CLASSES }, (_, index) => h("option", { attrs: { value: index } }, `${index}`)));
  const sign = h("img", { attrs: { alt: "", width: 40, height: 40 } });
  const grid = signGrid("Target: pick the sign that the network should read", "target-grid", (index) => actions.setting("goal.class", index));
  const target = h("div", { class: "target" }, h("div", { class: "target-row" }, sign,
    h("div", { class: "field" }, h("label", { attrs: { for: "target-class" } }, h("span", { class: "field-label" }, "Target", h("i", { class: "symbol" }, "t"))), select)),
    more("Choose by picture", "target-more", grid.element));
  const goals = segmented(store, "goal.kind", { testid: "goal", disabled: off });
  const noTarget = h("p", { class: "fine", testid: "attack-no-target" }, "DeepFool goes to the nearest other sign: it takes no target.");

  const aboutDefense = h("p", { class: "fine", testid: "defense-about" });
  const defenses = new Map(DEFENSE_CHOICES.flatMap(([name]) => defenseKeys(name)).map((key) => [key, field(store, key, { disabled: off })]));
  const knowledge = field(store, "knowledge", { disabled: off });
  const transferred = h("p", { class: "fine", testid: "attack-transferred" }, "The example is made on the other model, so the attacker knows nothing of this one: oblivious.");
  const madeOn = modelSelect(app, {
    key: "madeOn", testid: "attack-made-on", label: "Made on", none: "The selected model",
    help: "Transfer: the example is made on this model and tried on the selected one.",
  });
  const noPurifier = h("p", { class: "notice", testid: "attack-no-purifier" }, "This model has no purifier yet: train one in step 4, or choose another defence.");

  store.watch((state) => [state.settings["attack.kind"], state.settings["goal.kind"]], (kind, goal) => {
    const keys = new Set(attackKeys(String(kind)));
    for (const [key, element] of own) show(element, keys.has(key));
    text(aboutAttack, ABOUT_ATTACK[String(kind)] ?? "");
    show(presets, kind === "cw");
    show(goals, kind !== "deepfool");
    show(noTarget, kind === "deepfool");
    show(target, goal === "targeted" && kind !== "deepfool");
  });
  store.watch((state) => [state.settings["defense.kind"], state.madeOn, state.shelf, state.purifier], (kind, other, { selected, models }, purifier) => {
    const keys = new Set(defenseKeys(String(kind)));
    for (const [key, element] of defenses) show(element, keys.has(key));
    text(aboutDefense, ABOUT_DEFENSE[String(kind)] ?? "");
    const transfer = other !== selected && models.some(({ name }) => name === other);
    show(knowledge, kind !== "none" && !transfer);
    show(transferred, transfer);
    show(noPurifier, needsPurifier(String(kind)) && !purifier);
  });
  store.watch((state) => [state.settings["goal.class"], state.classes, busy(state)], (index, classes, disabled) => {
    const chosen = Number(index);
    Array.from(select.options).forEach((option, i) => text(option, `${i} · ${className(classes, i)}`));
    select.value = String(chosen);
    select.disabled = disabled;
    sign.src = signUrl(chosen);
    grid.show(chosen, classes, disabled);
  });

  const untrained = h("p", { class: "notice", testid: "attack-untrained" }, "The network is untrained, so there is nothing to fool yet. You can attack it, but train it first to see something.");
  store.watch((state) => [state.trained || state.device.phase !== "ready"], (trained) => show(untrained, !trained));

  const result = h("div", { class: "outcome" });
  const frames = h("div", { class: "frames" });
  place.append(
    h("div", { class: "panel-controls attack-controls" },
      h("div", { class: "attack-row" },
        h("div", { class: "fields" }, field(store, "attack.kind", { disabled: off }), aboutAttack, goals, noTarget, target),
        h("div", { class: "fields" }, field(store, "defense.kind", { disabled: off }), aboutDefense, ...defenses.values(), knowledge, transferred, madeOn)),
      h("h3", {}, "Parameters of the attack"), presets, parameters),
    h("div", { class: "panel-main attack-main" }, untrained, noPurifier, job.buttons, job.progress, errorSlot(store, "attack"), frames, result));
  mountFrames(frames, app);
  mountOutcome(result, app);
}
