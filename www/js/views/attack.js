// The attack: which one, with what parameters, towards what.

/** @import { App } from "./app.js" */
/** @import { State } from "../state/types.js" */
import { busy } from "../state/events.js";
import { CLASSES, CW_PRESETS } from "../state/schema.js";
import { signUrl } from "../engine/assets.js";
import { button, h, show, text } from "../lib/dom.js";
import { field, more, segmented, slider } from "../lib/fields.js";
import { className, short } from "../lib/format.js";
import { errorSlot } from "../lib/messages.js";
import { signGrid } from "../lib/signs.js";
import { jobControls, jobWords } from "./job.js";
import { mountOutcome } from "./outcome.js";

/** @param {State} state */
const off = (state) => busy(state);

/** @param {HTMLElement} place @param {App} app */
export function mountAttack(place, app) {
  const { store, actions } = app;
  const job = jobControls(app, {
    job: "attack", prefix: "attack", label: () => "Attack", allowed: (state) => state.subject !== null,
    start: () => actions.attack(),
    detail(state) {
      const { attacking } = state;
      if (busy(state) && state.job?.job === "attack" && attacking) {
        const parts = [`Search ${attacking.search}, step ${attacking.iteration}`];
        if (attacking.c != null) parts.push(`c = ${short(attacking.c)}`);
        parts.push(attacking.best_l2 != null ? `smallest L2 so far ${short(attacking.best_l2)}` : "no success yet");
        return parts.join(" · ");
      }
      return jobWords(state, "attack", "");
    },
  });

  const epsilon = slider(store, "fgsm.epsilon", (k) => `${k}/255`, { disabled: off });
  const presets = h("div", { class: "buttons", attrs: { role: "group", "aria-label": "Presets" } }, h("span", { class: "field-label" }, "Preset"),
    button("Interactive", { testid: "cw-preset-interactive", onClick: () => actions.settings(CW_PRESETS.interactive), title: "5 searches of 200 steps" }),
    button("As in the paper", { testid: "cw-preset-paper", onClick: () => actions.settings(CW_PRESETS.paper), title: "9 searches of 1,000 steps: minutes on a CPU" }));
  const cw = h("div", { class: "fields-block" }, presets, h("div", { class: "fields" },
    ...["kappa", "searches", "steps", "learning_rate", "initial_c"].map((key) => field(store, `cw.${key}`, { disabled: off })),
    field(store, "cw.abort_early", { disabled: off })));

  const select = h("select", { testid: "target-class", attrs: { id: "target-class" }, on: { change: () => actions.setting("goal.class", Number(select.value)) } },
    ...Array.from({ length: CLASSES }, (_, index) => h("option", { attrs: { value: index } }, `${index}`)));
  const sign = h("img", { attrs: { alt: "", width: 40, height: 40 } });
  const grid = signGrid("Target: pick the sign that the network should read", "target-grid", (index) => actions.setting("goal.class", index));
  const target = h("div", { class: "target" }, h("div", { class: "target-row" }, sign,
    h("div", { class: "field" }, h("label", { attrs: { for: "target-class" } }, h("span", { class: "field-label" }, "Target", h("i", { class: "symbol" }, "t"))), select)),
    more("Choose by picture", "target-more", grid.element));

  store.watch((state) => [state.settings["attack.kind"]], (kind) => {
    show(epsilon, kind === "fgsm");
    show(cw, kind === "cw");
  });
  store.watch((state) => [state.settings["goal.kind"]], (kind) => show(target, kind === "targeted"));
  store.watch((state) => [state.settings["goal.class"], state.classes, busy(state)], (index, classes, disabled) => {
    const chosen = Number(index);
    Array.from(select.options).forEach((option, i) => text(option, `${i} · ${className(classes, i)}`));
    select.value = String(chosen);
    select.disabled = disabled;
    sign.src = signUrl(chosen);
    grid.show(chosen, classes, disabled);
  });
  for (const preset of presets.querySelectorAll("button")) {
    store.watch((state) => [busy(state)], (disabled) => { preset.disabled = disabled; });
  }

  const untrained = h("p", { class: "notice", testid: "attack-untrained" }, "The network is untrained, so there is nothing to fool yet. You can attack it, but train it first to see something.");
  store.watch((state) => [state.trained || state.device.phase !== "ready"], (trained) => show(untrained, !trained));

  const result = h("div", { class: "outcome" });
  const kinds = segmented(store, "attack.kind", { testid: "attack-kind", disabled: off });
  const goals = segmented(store, "goal.kind", { testid: "goal", disabled: off });
  place.append(
    h("div", { class: "panel-controls attack-controls" }, h("div", { class: "attack-row" }, kinds, goals, target, epsilon), cw),
    h("div", { class: "panel-main attack-main" }, untrained, job.buttons, job.progress, errorSlot(store, "attack"), result));
  mountOutcome(result, app);
}
