// What an attack has come to: four pictures beside one another, their answers, and the size of the change.

/** @import { App } from "./app.js" */
/** @import { OutcomeReport, State } from "../state/types.js" */
import { busy, metBefore } from "../state/events.js";
import { topBars, tagsFor } from "../lib/bars.js";
import { button, h, show, text } from "../lib/dom.js";
import { slider } from "../lib/fields.js";
import { savePng } from "../lib/files.js";
import { className, percent, short } from "../lib/format.js";
import { paint, paintChange, pixelCanvas } from "../lib/pixels.js";
import { defenseName, knowledgeName } from "../lib/words.js";

/** @param {string} title @param {string} tone @param {string} testid @param {string} label */
function figure(title, tone, testid, label) {
  const canvas = pixelCanvas(label, `${testid}-canvas`);
  const under = h("div", { class: "figure-under" });
  return { canvas, under, element: h("figure", { class: `figure figure-${tone}`, testid }, h("figcaption", {}, title), h("div", { class: "frame" }, canvas), under) };
}

/** @param {HTMLElement} place @param {App} app */
export function mountOutcome(place, { store, actions }) {
  const original = figure("Original", "original", "figure-original", "The original picture");
  const change = figure("Perturbation", "change", "figure-perturbation", "The change, amplified");
  const attacked = figure("Adversarial", "attacked", "figure-adversarial", "The attacked picture");
  const purified = figure("Purified", "purified", "figure-purified", "The attacked picture after the purifier");

  const originalTop = topBars("Answer to the original picture", "original-top");
  const attackedTop = topBars("Answer to the attacked picture", "adversarial-top");
  const purifiedTop = topBars("Answer to the purified picture", "purified-top");
  original.under.append(originalTop.element);
  const gain = slider(store, "view.gain", (value) => `× ${value}`);
  gain.querySelector(".field-help")?.classList.add("hidden");
  change.under.append(gain, h("p", { class: "fine" }, "Grey is no change. Each colour is brighter where it was raised, darker where it was lowered."));
  const missing = h("p", { class: "fine", testid: "purified-missing" });
  const retry = button("Attack again", { testid: "attack-again", onClick: () => actions.attack() });
  purified.under.append(purifiedTop.element, missing, retry);

  const sentence = h("p", { class: "headline", testid: "outcome-sentence", attrs: { "aria-live": "polite" } });
  const success = h("span", { class: "badge", testid: "outcome-success" });
  const eight = h("span", { class: "badge", testid: "outcome-8bit" });
  const badges = h("p", { class: "badges" }, success, eight);
  /** @param {string} name @param {string} testid @param {string} help */
  const norm = (name, testid, help) => {
    const value = h("dd", { testid });
    return { value, element: h("div", { attrs: { title: help } }, h("dt", {}, name), value) };
  };
  const l0 = norm("L0", "outcome-l0", "Number of pixels that changed");
  const l2 = norm("L2", "outcome-l2", "Length of the change, over all pixels and colours");
  const linf = norm("L∞", "outcome-linf", "Largest change of one colour value");
  const norms = h("dl", { class: "norms" }, l0.element, l2.element, linf.element);
  const save = button("Save as PNG", { testid: "outcome-save", title: "The attacked picture, 32 by 32 pixels, 8 bits per colour", onClick: () => savePng(eightCanvas, "adversarial-32x32.png") });
  // What is saved is the picture rounded to 8 bits, the one that the second badge is about.
  const eightCanvas = pixelCanvas("");
  const summary = h("div", { class: "outcome-summary" }, badges, norms);
  attacked.under.append(attackedTop.element, save);

  const printed = h("code", { testid: "outcome-printed" });
  const how = h("p", { class: "fine outcome-how", testid: "outcome-how" }, printed);
  const context = h("span", { testid: "outcome-context" });
  how.append(context);

  // What the defence that was asked about makes of it.
  const before = figure("Original, defended", "original", "figure-defended-original", "The original picture as the defence hands it on");
  const after = figure("Adversarial, defended", "attacked", "figure-defended", "The attacked picture as the defence hands it on");
  const beforeTop = topBars("Answer to the original picture behind the defence", "defended-original-top");
  const afterTop = topBars("Answer to the attacked picture behind the defence", "defended-top");
  before.under.append(beforeTop.element);
  after.under.append(afterTop.element);
  const defendedTitle = h("h3");
  const inSpite = h("span", { class: "badge", testid: "defended-success" });
  const refusedBefore = h("span", { class: "badge badge-plain", testid: "defended-refuses-original" });
  const refusedAfter = h("span", { class: "badge badge-plain", testid: "defended-refuses" });
  const defended = h("div", { class: "defended", testid: "defended" }, defendedTitle, h("p", { class: "badges" }, inSpite, refusedBefore, refusedAfter),
    h("div", { class: "figures-row" }, before.element, after.element));

  place.append(sentence, summary, how, h("div", { class: "figures-row" }, original.element, change.element, attacked.element, purified.element), defended);

  /** @param {State} state @returns {string} */
  function words({ outcome, classes, job }) {
    if (!outcome) {
      if (job?.job === "attack" && job.state === "running") return "Looking for a change that works …";
      return "No attack yet. Choose one and press Attack.";
    }
    const before = outcome.original.top[0];
    const after = outcome.adversarial.top[0];
    if (!before || !after) return "";
    const from = `“${className(classes, before.class)}” (${percent(before.probability)})`;
    const to = `“${className(classes, after.class)}” (${percent(after.probability)})`;
    return before.class === after.class ? `The network still reads ${to}; before, it was ${percent(before.probability)} sure.` : `The network read ${from}. Now it reads ${to}.`;
  }

  store.watch((state) => [state.outcome, state.classes, state.subject, state.job?.job === "attack" && busy(state), state.purifier, state.settings["view.gain"]], (outcome, classes, subject, running, purifier, gainValue) => {
    text(sentence, words(store.get()));
    const target = outcome?.goal.kind === "targeted" ? outcome.goal.class : null;
    const tags = tagsFor(outcome ? outcome.source : subject?.label, { target, photo: subject?.label == null });
    const untouched = outcome?.original ?? subject?.seen ?? null;
    paint(original.canvas, untouched?.picture);
    originalTop.show(untouched?.top, classes, tags);
    const behind = outcome?.defended ?? null;
    show(defended, behind !== null);
    paint(before.canvas, behind?.original.picture);
    beforeTop.show(behind?.original.top, classes, tags);
    paint(after.canvas, behind?.adversarial.picture);
    afterTop.show(behind?.adversarial.top, classes, tags);
    paint(attacked.canvas, outcome?.adversarial.picture);
    attackedTop.show(outcome?.adversarial.top, classes, tags);
    paintChange(change.canvas, outcome?.perturbation ?? null, Number(gainValue));
    paint(eightCanvas, outcome?.adversarial_8bit.picture);
    const clean = outcome?.purified_adversarial ?? null;
    paint(purified.canvas, clean?.picture);
    purifiedTop.show(clean?.top, classes, tags);
    show(purifiedTop.element, clean !== null);
    show(missing, clean === null);
    show(retry, clean === null && purifier && outcome !== null && !running);
    text(missing, !purifier ? "Train a purifier first: it is the next step." : outcome ? "This attack is older than the purifier. Attack again to see it purified." : "Shown after an attack.");
    place.dataset["state"] = outcome ? "done" : running ? "running" : "empty";
    showFigures(outcome);
  });

  /** @param {OutcomeReport | null} outcome */
  function showFigures(outcome) {
    text(printed, outcome?.printed ?? "");
    text(context, !outcome ? "" : outcome.made_on ? ` · made on “${outcome.made_on}”`
      : outcome.defense.name === "none" ? "" : ` · ${knowledgeName(outcome.knowledge).toLowerCase()} attacker`);
    show(how, outcome !== null);
    const behind = outcome?.defended ?? null;
    if (outcome && behind) {
      text(defendedTitle, `Behind the defence: ${defenseName(outcome.defense)}`);
      badge(inSpite, behind.success, ["Reaches its goal in spite of the defence", "The defence holds", ""]);
      const detects = outcome.defense.name === "detector";
      text(refusedBefore, detects ? (behind.refuses_original ? "Refuses the original" : "Lets the original pass") : "");
      text(refusedAfter, detects ? (behind.refuses_adversarial ? "Refuses the attacked picture" : "Lets the attacked picture pass") : "");
      refusedBefore.dataset["refuses"] = String(behind.refuses_original);
      refusedAfter.dataset["refuses"] = String(behind.refuses_adversarial);
      for (const one of [refusedBefore, refusedAfter]) show(one, detects);
    }
    save.disabled = !outcome;
    place.dataset["attack"] = outcome?.attack.name ?? "";
    badge(success, outcome ? outcome.success : null, [outcome && metBefore(outcome) ? "It was so before the attack" : "Fooled the network", "Did not fool the network", "Result"]);
    badge(eight, outcome ? outcome.success_8bit : null, ["Still works as an 8-bit image", "Does not work as an 8-bit image", "As an 8-bit image"]);
    text(l0.value, outcome ? `${outcome.l0} of 1,024 pixels` : "–");
    text(l2.value, outcome ? short(outcome.l2) : "–");
    text(linf.value, outcome ? `${short(outcome.linf)} = ${short(outcome.linf * 255)}/255` : "–");
    l0.value.dataset["value"] = outcome ? String(outcome.l0) : "";
    l2.value.dataset["value"] = outcome ? String(outcome.l2) : "";
    linf.value.dataset["value"] = outcome ? String(outcome.linf) : "";
  }
}

/** @param {HTMLElement} element @param {boolean | null} value @param {[yes: string, no: string, none: string]} words */
function badge(element, value, [yes, no, none]) {
  element.dataset["value"] = value === null ? "" : String(value);
  text(element, value === null ? `${none}: –` : value ? yes : no);
}
