// The first ten seconds: a stop sign, what the network reads, and one control that turns it into another sign.

/** @import { App } from "../app.js" */
/** @import { Score, State } from "../../state/types.js" */
import { busy, metBefore } from "../../state/events.js";
import { START } from "../../state/presets.js";
import { signUrl } from "../../engine/assets.js";
import { tagsFor, topBars } from "../../ui/bars.js";
import { compareSlider } from "../../ui/compare.js";
import { button, h, show, text } from "../../ui/dom.js";
import { className, percent, short } from "../../words/format.js";
import { t } from "../../words/i18n.js";
import { paint, paintChange, pixelCanvas } from "../../ui/pixels.js";
import { createPlayer } from "../../ui/player.js";

/** Signs that a stop sign can be turned into; the first has the large button. */
const TARGETS = [8, 12, 35, 9, 25];

/** @param {HTMLElement} place @param {App} app */
export function mountStart(place, app) {
  const { store, actions } = app;
  const title = h("h1", { class: "start-title", testid: "start-title", attrs: { id: "start-title", tabindex: -1 } }, t("start.title"));
  const picture = compareSlider(t("start.compare"), "start-compare");
  const drawn = h("img", { class: "start-drawn", attrs: { src: signUrl(14), alt: "", width: 320, height: 320 } });
  const under = h("p", { class: "start-under fine" });
  const reads = h("p", { class: "start-reads", testid: "start-reads", attrs: { "aria-live": "polite" } });
  const lead = h("span", { class: "start-reads-lead" });
  const name = h("strong");
  reads.append(lead, name);
  const bars = topBars(t("subject.what-the-network-sees"), "start-top");
  const goIcon = h("img", { attrs: { alt: "", width: 40, height: 40 } });
  const goWords = h("span");
  const go = h("button", { class: "button button-primary start-go", testid: "start-go", attrs: { type: "button" }, on: { click: () => press(TARGETS[0] ?? 8) } }, goIcon, goWords);
  const others = h("div", { class: "start-others", attrs: { role: "group", "aria-label": t("start.or") } }, h("span", { class: "fine" }, t("start.or")));
  const choices = TARGETS.slice(1).map((target) => {
    const image = h("img", { attrs: { src: signUrl(target), alt: "", width: 32, height: 32 } });
    const choice = h("button", { class: "start-sign", testid: `start-into-${target}`, attrs: { type: "button" }, on: { click: () => press(target) } }, image);
    others.append(choice);
    return { target, choice };
  });
  const change = pixelCanvas(t("outcome.the-change-amplified"), "start-change");
  const small = h("p", {});
  const proof = h("div", { class: "start-proof" }, h("div", { class: "frame frame-small" }, change), h("div", {}, small,
    h("div", { class: "buttons" }, button(t("start.again"), { testid: "start-again", onClick: () => { void actions.turnInto(aim()); } }), h("a", { class: "button", attrs: { href: "#lesson" }, testid: "start-lesson" }, t("start.how")))));
  const progress = h("p", { class: "fine start-progress" });

  const experiment = h("div", { class: "start-grid" },
    h("div", { class: "start-picture" }, h("div", { class: "frame start-frame" }, drawn, picture.element), under),
    h("div", { class: "start-answer" }, reads, bars.element, h("div", { class: "start-control" }, go, others, progress), proof));
  // A data set of one's own has no stop sign.
  const own = h("div", { class: "notice", testid: "start-own" }, h("p", {}, t("start.own")),
    h("div", { class: "buttons" }, ...["data", "attack"].map((id) => h("a", { class: "button", testid: `start-own-${id}`, attrs: { href: `#${id}` } }, t(`place.${id}.title`)))));
  store.watch((state) => [state.data?.signs ?? true], (signs) => {
    show(experiment, signs);
    show(own, !signs);
  });
  place.append(title, experiment, own,
    h("nav", { class: "start-ways", attrs: { "aria-label": t("start.ways") } },
      ...["data", "lesson", "defend", "museum"].map((id) => h("a", { class: "way", attrs: { href: `#${id}`, "data-teach": id } }, h("strong", {}, t(`start.way.${id}`)), h("span", {}, t(`start.way.${id}.words`))))));

  /** The sign that is aimed at now. */
  const aim = () => Number(store.get().settings["goal.class"]);
  /** @param {number} target */
  function press(target) {
    const state = store.get();
    if (!state.trained) {
      actions.train();
      return;
    }
    player.rewind();
    void actions.turnInto(target);
  }

  const player = createPlayer((index) => draw(index), { seconds: START.seconds, ended: () => finish() });
  /** Whether the pictures of the present attack have been shown to the end. */
  let shown = false;

  /** @param {State} state @param {Score | undefined} best @returns {[string, string]} */
  function sentence({ classes, trained, subject, job }, best) {
    if (!subject || !best) return [t("start.starting"), ""];
    if (!trained && job?.job === "train" && job.state === "running") return [t("start.learning"), className(classes, best.class)];
    if (!trained) return [t("start.untrained"), className(classes, best.class)];
    return [t("start.reads"), `${className(classes, best.class)} · ${percent(best.probability)}`];
  }
  /** @param {Score[]} top */
  function say(top) {
    const state = store.get();
    const [before, sign] = sentence(state, top[0]);
    text(lead, before);
    text(name, sign);
    const label = state.subject?.label ?? null;
    reads.dataset["tone"] = !state.trained || label === null ? "" : top[0]?.class === label ? "good" : "bad";
    reads.dataset["value"] = top[0] ? String(top[0].class) : "";
    bars.show(top, state.classes, tagsFor(label, { target: state.outcome || state.frames.length > 0 ? aim() : null }));
  }
  /** @param {number} index of a picture of the attack */
  function draw(index) {
    const frame = store.get().frames[index];
    if (!frame) return;
    paint(picture.after, frame.picture);
    say(frame.top);
  }
  function finish() {
    shown = true;
    const { outcome, subject, classes } = store.get();
    if (!outcome) return;
    paint(picture.before, outcome.original.picture);
    paint(picture.after, outcome.adversarial.picture);
    picture.enable(true);
    picture.set(50);
    paintChange(change, outcome.perturbation, 10);
    say(outcome.adversarial.top);
    const right = className(classes, subject?.label ?? outcome.source);
    text(small, metBefore(outcome) ? t("outcome.it-was-so-before")
      : outcome.success ? t("start.proof", short(outcome.linf * 255), right) : t("start.held"));
    show(proof, true);
    place.dataset["state"] = outcome.success ? "fooled" : "held";
  }

  store.watch((state) => [state.subject, state.classes, state.trained, state.frames, state.outcome, state.seeking, state.place, state.device.phase], (subject, _classes, _trained, frames, outcome, seeking, ..._) => {
    show(drawn, subject === null);
    if (store.get().place !== "start") return;
    text(under, subject ? t("start.under") : t("start.wait"));
    const running = busy(store.get()) && store.get().job?.job === "attack";
    if ((frames.length === 0 && !outcome) || seeking) {
      shown = false;
      player.rewind();
      picture.enable(false);
      picture.set(0);
      show(proof, false);
      place.dataset["state"] = "";
      paint(picture.after, subject?.seen.picture);
      paint(picture.before, subject?.seen.picture);
      say(subject?.seen.top ?? []);
      return;
    }
    player.has(frames.length, !running);
    if (!player.running && !shown && frames.length > 0) {
      show(proof, false);
      picture.enable(false);
      picture.set(0);
      player.play();
    } else if (shown) finish();
  });
  store.watch((state) => [state.classes, state.trained, busy(state), state.device.phase, state.job], (classes, trained, running, phase, job) => {
    const target = TARGETS[0] ?? 8;
    goIcon.src = signUrl(target);
    show(goIcon, trained);
    text(goWords, trained ? t("start.go", className(classes, target)) : t("start.train"));
    go.disabled = running || phase !== "ready";
    show(others, trained);
    for (const one of choices) {
      one.choice.disabled = running || phase !== "ready";
      one.choice.title = t("start.go", className(classes, one.target));
      one.choice.setAttribute("aria-label", one.choice.title);
    }
    text(progress, job?.job === "train" && running ? t("start.progress", Math.floor((100 * job.done) / Math.max(1, job.total))) : "");
  });
}
