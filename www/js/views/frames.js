// The attack as it went: the picture that was tried at each step, live and afterwards.

/** @import { App } from "./app.js" */
import { busy } from "../state/events.js";
import { h, newId, show, text } from "../lib/dom.js";
import { className, percent, short } from "../lib/format.js";
import { paint, pixelCanvas } from "../lib/pixels.js";

/** @param {HTMLElement} place @param {App} app */
export function mountFrames(place, { store }) {
  const id = newId("frame");
  const canvas = pixelCanvas("The picture that the attack tries", "frame-canvas");
  const scrub = h("input", { testid: "frame-scrub", attrs: { type: "range", id, min: 0, max: 0, step: 1, value: 0 }, on: { input: () => {
    at = Number(scrub.value);
    draw();
  } } });
  const position = h("output", { class: "field-value", attrs: { for: id } });
  /** @param {string} name @param {string} testid @param {string} help */
  const figure = (name, testid, help) => {
    const value = h("dd", { testid });
    const element = h("div", { attrs: { title: help } }, h("dt", {}, name), value);
    return { value, element };
  };
  const margin = figure("Margin", "frame-margin", "Logits that are missing to the goal; below 0 it is reached");
  const l2 = figure("L2", "frame-l2", "Length of the change");
  const c = figure("c", "frame-c", "How much fooling counts against staying close");
  const answer = figure("Reads", "frame-answer", "The answer to this picture");
  place.append(h("div", { class: "frame" }, canvas),
    h("div", { class: "frames-side" },
      h("div", { class: "field field-slider" }, h("label", { attrs: { for: id } }, h("span", { class: "field-label" }, "Step by step")), position, scrub),
      h("dl", { class: "norms" }, margin.element, l2.element, c.element, answer.element)));

  /** The frame shown; the newest, until someone looks back. */
  let at = 0;
  /** @type {unknown} */
  let last = null;
  function draw() {
    const { frames, classes } = store.get();
    const frame = frames[at];
    show(place, frame !== undefined);
    if (!frame) return;
    paint(canvas, frame.picture);
    scrub.max = String(frames.length - 1);
    scrub.value = String(at);
    const result = at === frames.length - 1 && !(busy(store.get()) && store.get().job?.job === "attack");
    const words = `${result ? "Result" : `Round ${frame.round}, step ${frame.iteration}`} · ${at + 1} of ${frames.length}`;
    text(position, words);
    scrub.setAttribute("aria-valuetext", words);
    text(margin.value, `${short(frame.margin)}${frame.margin < 0 ? ": reached" : ""}`);
    text(l2.value, short(frame.l2));
    text(c.value, frame.c == null ? "" : short(frame.c));
    show(c.element, frame.c != null);
    text(answer.value, `“${className(classes, frame.answer.class)}”, ${percent(frame.answer.probability)}`);
    margin.value.dataset["value"] = String(frame.margin);
    l2.value.dataset["value"] = String(frame.l2);
    place.dataset["value"] = String(frames.length);
  }
  store.watch((state) => [state.frames, state.classes, busy(state) && state.job?.job === "attack"], (frames, _classes, running) => {
    if (frames !== last) at = Math.max(0, frames.length - 1);
    last = frames;
    scrub.disabled = running;
    draw();
  });
}
