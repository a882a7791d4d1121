// The attack as it went: the picture that was tried at each step, live and afterwards, with its margin, L2 and c.

/** @import { App } from "../app.js" */
import { busy } from "../../state/events.js";
import { stepsChart } from "../../ui/charts.js";
import { button, h, newId, show, text } from "../../ui/dom.js";
import { className, percent, short } from "../../words/format.js";
import { t } from "../../words/i18n.js";
import { paint, pixelCanvas } from "../../ui/pixels.js";
import { createPlayer } from "../../ui/player.js";
import { tableOf } from "../../ui/tables.js";

const SECONDS = 5;

/** @param {HTMLElement} place @param {App} app */
export function mountFrames(place, { store }) {
  const id = newId("frame");
  const canvas = pixelCanvas(t("frames.the-picture-that-the"), "frame-canvas");
  const scrub = h("input", { testid: "frame-scrub", attrs: { type: "range", id, min: 0, max: 0, step: 1, value: 0 }, on: { input: () => player.seek(Number(scrub.value)) } });
  const position = h("output", { class: "field-value", attrs: { for: id } });
  const play = button(t("frames.play"), { testid: "frame-play", onClick: () => {
    if (player.running) player.stop();
    else player.play();
    sayPlay();
  } });
  const sayPlay = () => text(play, player.running ? t("job.pause") : t("frames.play"));
  /** @param {string} name @param {string} testid @param {string} help */
  const figure = (name, testid, help) => {
    const value = h("dd", { testid });
    const element = h("div", { attrs: { title: help } }, h("dt", {}, name), value);
    return { value, element };
  };
  const margin = figure(t("frames.margin"), "frame-margin", t("frames.logits-that-are-missing"));
  const l2 = figure("L2", "frame-l2", t("frames.length-of-the-change"));
  const c = figure("c", "frame-c", t("frames.how-much-fooling-counts"));
  const answer = figure(t("frames.reads"), "frame-answer", t("frames.the-answer-to-this"));
  const chart = stepsChart({ title: t("frames.chart"), testid: "frame-chart", series: [t("frames.margin"), "L2", "c"] });
  const table = tableOf(t("frames.table"), "frame-table", [t("frames.round"), t("frames.step"), t("frames.margin"), "L2", "c", t("frames.reads")]);
  place.append(h("h2", {}, t("frames.step-by-step")),
    h("div", { class: "frames-row" }, h("div", { class: "frame" }, canvas),
      h("div", { class: "frames-side" },
        h("div", { class: "field field-slider" }, h("label", { attrs: { for: id } }, h("span", { class: "field-label" }, t("frames.scrub"))), position, scrub),
        h("dl", { class: "norms" }, margin.element, l2.element, c.element, answer.element), h("div", { class: "buttons" }, play))),
    chart.element, table.element);

  /** @type {unknown} */
  let last = null;
  const player = createPlayer(draw, { seconds: SECONDS, ended: sayPlay });
  /** @param {number} at */
  function draw(at) {
    const { frames, classes } = store.get();
    const frame = frames[at];
    show(place, frame !== undefined);
    if (!frame) return;
    paint(canvas, frame.picture);
    scrub.max = String(frames.length - 1);
    scrub.value = String(at);
    const result = at === frames.length - 1 && !(busy(store.get()) && store.get().job?.job === "attack");
    const words = t("frames.position", result ? t("frames.result") : t("frames.round-step", frame.round, frame.iteration), at + 1, frames.length);
    text(position, words);
    scrub.setAttribute("aria-valuetext", words);
    text(margin.value, frame.margin < 0 ? t("frames.reached", short(frame.margin)) : short(frame.margin));
    text(l2.value, short(frame.l2));
    text(c.value, frame.c == null ? "" : short(frame.c));
    show(c.element, frame.c != null);
    const best = frame.top[0];
    text(answer.value, best ? `${t("word.quoted", className(classes, best.class))}, ${percent(best.probability)}` : "");
    margin.value.dataset["value"] = String(frame.margin);
    l2.value.dataset["value"] = String(frame.l2);
    place.dataset["value"] = String(frames.length);
    chart.mark(at);
  }
  store.watch((state) => [state.frames, state.classes, busy(state) && state.job?.job === "attack", state.place], (frames, classes, running, _place) => {
    player.has(frames.length, !running);
    chart.show(frames.map(({ margin: miss }) => miss), frames.map(({ l2: length }) => length), frames.map((frame) => frame.c ?? null));
    if (!running) {
      table.show(frames.map((frame) => [String(frame.round), String(frame.iteration), short(frame.margin), short(frame.l2), frame.c == null ? "–" : short(frame.c),
        frame.top[0] ? `${className(classes, frame.top[0].class)}, ${percent(frame.top[0].probability)}` : ""]));
    }
    scrub.disabled = running;
    play.disabled = running || frames.length < 2;
    if (frames !== last) player.seek(Math.max(0, frames.length - 1));
    else draw(player.at);
    last = frames;
  });
}
