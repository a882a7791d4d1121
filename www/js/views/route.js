// The bar that stays in sight: the five steps, what runs, and on which device.

/** @import { App } from "./app.js" */
import { NAME_OF_JOB } from "../state/events.js";
import { attr, h, text } from "../lib/dom.js";
import { timeLeft } from "../lib/format.js";

/** @type {[id: string, label: string, done: (state: ReturnType<App["store"]["get"]>) => boolean][]} */
const STEPS = [
  ["pick", "Pick", (state) => state.subject !== null],
  ["train", "Train", (state) => state.trained],
  ["fool", "Fool", (state) => state.outcome?.success === true],
  ["purify", "Purify", (state) => state.purifier],
  ["measure", "Measure", (state) => state.matrix?.report != null],
];

/** @param {HTMLElement} place @param {App} app */
export function mountRoute(place, { store }) {
  const links = STEPS.map(([id, label], index) => {
    const done = h("span", { class: "route-done" });
    const link = h("a", { attrs: { href: `#${id}` }, testid: `route-${id}` },
      h("span", { class: "plaque", attrs: { "aria-hidden": true } }, String(index + 1)), h("span", { class: "route-label" }, label), done);
    return { id, link, done };
  });
  const chip = h("a", { class: "chip", testid: "device-chip", attrs: { href: "#device" } });
  const running = h("span", { class: "route-job", testid: "running-job" });
  const fill = h("span", { class: "route-fill" });
  place.append(h("div", { class: "wrap route-row" },
    h("ol", { class: "route-steps" }, ...links.map(({ link }) => h("li", {}, link))), running, chip),
    h("div", { class: "route-line", attrs: { "aria-hidden": true } }, fill));

  store.watch((state) => STEPS.map(([, , done]) => done(state)), (...done) => {
    links.forEach(({ link, done: mark }, index) => {
      link.classList.toggle("is-done", done[index] === true);
      text(mark, done[index] ? " (done)" : "");
    });
  });
  store.watch((state) => [state.device], ({ phase, kind, adapter, reason }) => {
    const name = kind === "gpu" ? "WebGPU" : kind === "cpu" ? "CPU" : "Device";
    text(chip, phase === "starting" ? `${name} …` : phase === "stopped" ? "Stopped" : name);
    chip.title = `${reason}${adapter ? ` (${adapter})` : ""}`;
    chip.setAttribute("aria-label", `Device: ${chip.textContent}. ${reason}`);
    chip.dataset["device"] = kind ?? "";
    chip.dataset["phase"] = phase;
    chip.dataset["adapter"] = adapter;
  });
  store.watch((state) => [state.job], (job) => {
    const on = job !== null && (job.state === "running" || job.state === "paused");
    text(running, on ? `${NAME_OF_JOB[job.job]}${job.state === "paused" ? ": paused" : job.secondsLeft !== null ? `: ${timeLeft(job.secondsLeft)}` : " …"}` : "");
    fill.style.setProperty("transform", `scaleX(${on ? Math.min(1, job.done / Math.max(1, job.total)) : 0})`);
  });

  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      for (const { id, link } of links) attr(link, "aria-current", id === entry.target.id ? "step" : null);
    }
  }, { rootMargin: "-30% 0px -60% 0px" });
  for (const [id] of STEPS) {
    const section = document.getElementById(id);
    if (section) seen.observe(section);
  }
}
