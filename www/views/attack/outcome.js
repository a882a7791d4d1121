// What an attack has come to: four pictures beside one another, their answers, and the size of the change.

/** @import { App } from "../app.js" */
/** @import { OutcomeReport, State } from "../../state/types.js" */
import { busy, metBefore } from "../../state/events.js";
import { topBars, tagsFor } from "../../ui/bars.js";
import { compareSlider } from "../../ui/compare.js";
import { button, h, show, text } from "../../ui/dom.js";
import { slider } from "../../ui/fields.js";
import { savePng } from "../../io/files.js";
import { className, percent, short } from "../../words/format.js";
import { paint, paintChange, pixelCanvas } from "../../ui/pixels.js";
import { attackerName, defenseName } from "../shared/names.js";
import { t } from "../../words/i18n.js";

/** @param {string} title @param {string} tone @param {string} testid @param {string} label */
function figure(title, tone, testid, label) {
  const canvas = pixelCanvas(label, `${testid}-canvas`);
  const under = h("div", { class: "figure-under" });
  return { canvas, under, element: h("figure", { class: `figure figure-${tone}`, testid }, h("figcaption", {}, title), h("div", { class: "frame" }, canvas), under) };
}

/** @param {HTMLElement} place @param {App} app */
export function mountOutcome(place, { store, actions }) {
  const original = figure(t("outcome.original"), "original", "figure-original", t("outcome.the-original-picture"));
  const change = figure(t("outcome.perturbation"), "change", "figure-perturbation", t("outcome.the-change-amplified"));
  const attacked = figure(t("outcome.adversarial"), "attacked", "figure-adversarial", t("outcome.the-attacked-picture"));
  const purified = figure(t("outcome.purified"), "purified", "figure-purified", t("outcome.the-attacked-picture-after"));

  const originalTop = topBars(t("outcome.answer-to-the-original"), "original-top");
  const attackedTop = topBars(t("outcome.answer-to-the-attacked"), "adversarial-top");
  const purifiedTop = topBars(t("outcome.answer-to-the-purified"), "purified-top");
  original.under.append(originalTop.element);
  const gain = slider(store, "view.gain", (value) => `× ${value}`);
  gain.querySelector(".field-help")?.classList.add("hidden");
  change.under.append(gain, h("p", { class: "fine" }, t("outcome.grey-is-no-change")));
  const missing = h("p", { class: "fine", testid: "purified-missing" });
  const retry = button(t("outcome.attack-again"), { testid: "attack-again", onClick: () => actions.attack() });
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
  const l0 = norm("L0", "outcome-l0", t("outcome.number-of-pixels-that"));
  const l2 = norm("L2", "outcome-l2", t("outcome.length-of-the-change"));
  const linf = norm("L∞", "outcome-linf", t("outcome.largest-change-of-one"));
  const norms = h("dl", { class: "norms" }, l0.element, l2.element, linf.element);
  const save = button(t("outcome.save-as-png"), { testid: "outcome-save", title: t("outcome.the-attacked-picture-32"), onClick: () => savePng(eightCanvas, "adversarial-32x32.png") });
  // What is saved is the picture rounded to 8 bits, the one that the second badge is about.
  const eightCanvas = pixelCanvas("");
  const summary = h("div", { class: "outcome-summary" }, badges, norms);
  attacked.under.append(attackedTop.element, save);

  const printed = h("code", { testid: "outcome-printed" });
  const how = h("p", { class: "fine outcome-how", testid: "outcome-how" }, printed);
  const context = h("span", { testid: "outcome-context" });
  how.append(context);

  // What the defence that was asked about makes of it.
  const before = figure(t("outcome.original-defended"), "original", "figure-defended-original", t("outcome.the-original-picture-as"));
  const after = figure(t("outcome.adversarial-defended"), "attacked", "figure-defended", t("outcome.the-attacked-picture-as"));
  const beforeTop = topBars(t("outcome.answer-to-the-original-2"), "defended-original-top");
  const afterTop = topBars(t("outcome.answer-to-the-attacked-2"), "defended-top");
  before.under.append(beforeTop.element);
  after.under.append(afterTop.element);
  const defendedTitle = h("h2");
  const inSpite = h("span", { class: "badge", testid: "defended-success" });
  const refusedBefore = h("span", { class: "badge badge-plain", testid: "defended-refuses-original" });
  const refusedAfter = h("span", { class: "badge badge-plain", testid: "defended-refuses" });
  const defended = h("div", { class: "defended", testid: "defended", attrs: { id: "outcome-defended", tabindex: -1 } }, defendedTitle, h("p", { class: "badges" }, inSpite, refusedBefore, refusedAfter),
    h("div", { class: "figures-row" }, before.element, after.element));

  const compare = compareSlider(t("compare.label"), "outcome-compare");
  const side = h("div", { class: "outcome-side" }, sentence, summary, how, h("p", { class: "fine" }, t("compare.words")));
  place.append(h("div", { class: "outcome-top" }, h("div", { class: "frame" }, compare.element), side),
    h("div", { class: "figures-row" }, original.element, change.element, attacked.element, purified.element), defended);

  /** @param {State} state @returns {string} */
  function words({ outcome, classes, job }) {
    if (!outcome) {
      if (job?.job === "attack" && job.state === "running") return t("outcome.looking-for-a-change");
      return t("outcome.no-attack-yet-choose");
    }
    const before = outcome.original.top[0];
    const after = outcome.adversarial.top[0];
    if (!before || !after) return "";
    const from = `${t("word.quoted", className(classes, before.class))} (${percent(before.probability)})`;
    const to = `${t("word.quoted", className(classes, after.class))} (${percent(after.probability)})`;
    return before.class === after.class ? t("outcome.the-network-still-reads", to, percent(before.probability)) : t("outcome.the-network-read-now", from, to);
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
    paint(compare.before, untouched?.picture);
    paint(compare.after, outcome?.adversarial.picture ?? untouched?.picture);
    compare.enable(outcome !== null);
    attackedTop.show(outcome?.adversarial.top, classes, tags);
    paintChange(change.canvas, outcome?.perturbation ?? null, Number(gainValue));
    paint(eightCanvas, outcome?.adversarial_8bit.picture);
    const clean = outcome?.purified_adversarial ?? null;
    paint(purified.canvas, clean?.picture);
    purifiedTop.show(clean?.top, classes, tags);
    show(purifiedTop.element, clean !== null);
    show(missing, clean === null);
    show(retry, clean === null && purifier && outcome !== null && !running);
    text(missing, !purifier ? t("outcome.train-a-purifier-first") : outcome ? t("outcome.this-attack-is-older") : t("outcome.shown-after-an-attack"));
    place.dataset["state"] = outcome ? "done" : running ? "running" : "empty";
    showFigures(outcome);
  });

  /** @param {OutcomeReport | null} outcome */
  function showFigures(outcome) {
    text(printed, outcome?.printed ?? "");
    text(context, !outcome ? "" : outcome.made_on ? t("outcome.made-on", outcome.made_on)
      : outcome.defense.name === "none" ? "" : ` · ${attackerName(outcome.knowledge)}`);
    show(how, outcome !== null);
    const behind = outcome?.defended ?? null;
    if (outcome && behind) {
      text(defendedTitle, t("outcome.behind-the-defence", defenseName(outcome.defense)));
      badge(inSpite, behind.success, [t("outcome.reaches-its-goal-in"), t("outcome.the-defence-holds"), ""]);
      const detects = outcome.defense.name === "detector";
      text(refusedBefore, detects ? (behind.refuses_original ? t("outcome.refuses-the-original") : t("outcome.lets-the-original-pass")) : "");
      text(refusedAfter, detects ? (behind.refuses_adversarial ? t("outcome.refuses-the-attacked-picture") : t("outcome.lets-the-attacked-picture")) : "");
      refusedBefore.dataset["refuses"] = String(behind.refuses_original);
      refusedAfter.dataset["refuses"] = String(behind.refuses_adversarial);
      for (const one of [refusedBefore, refusedAfter]) show(one, detects);
    }
    save.disabled = !outcome;
    place.dataset["attack"] = outcome?.attack.name ?? "";
    badge(success, outcome ? outcome.success : null, [outcome && metBefore(outcome) ? t("outcome.it-was-so-before") : t("outcome.fooled-the-network"), t("outcome.did-not-fool-the"), t("outcome.result")]);
    badge(eight, outcome ? outcome.success_8bit : null, [t("outcome.still-works-as-an"), t("outcome.does-not-work-as"), t("outcome.as-an-8-bit")]);
    text(l0.value, outcome ? t("outcome.of-1-024-pixels", outcome.l0) : "–");
    text(l2.value, outcome ? short(outcome.l2) : "–");
    text(linf.value, outcome ? `${short(outcome.linf * 255)}/255` : "–");
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
