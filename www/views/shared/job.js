// Start, pause, go on, step and cancel, with progress, speed and time left: the same for every kind of job.

/** @import { App } from "../app.js" */
/** @import { JobKind, State } from "../../state/types.js" */
import { busy, jobName } from "../../state/events.js";
import { button, h, show, text } from "../../ui/dom.js";
import { count, timeLeft } from "../../words/format.js";
import { t } from "../../words/i18n.js";

const PATIENCE_MS = 3000;

/**
 * @typedef {object} JobOptions
 * @property {JobKind} job
 * @property {string} prefix of the test ids
 * @property {(state: State) => string} label of the start button
 * @property {(state: State) => boolean} allowed whether it can start, if nothing runs
 * @property {() => void} start
 * @property {boolean} [pausable]
 * @property {boolean} [steps] whether it can be taken a step at a time while paused
 * @property {(state: State) => string} detail what is said beside the bar
 */

/** @param {App} app @param {JobOptions} options */
export function jobControls({ store, actions }, { job, prefix, label, allowed, start, pausable = false, steps = pausable, detail }) {
  const starter = button(t("job.start"), { testid: `${prefix}-${job === "train" || job === "train_purifier" ? "start" : "run"}`, kind: "primary", onClick: start });
  const pause = button(t("job.pause"), { testid: `${prefix}-pause`, onClick: () => actions.pause() });
  const resume = button(t("job.resume"), { testid: `${prefix}-resume`, onClick: () => actions.resume() });
  const step = button(t("job.one-step"), { testid: `${prefix}-step`, onClick: () => actions.step(), title: t("job.one-step-of-learning") });
  const cancel = button(t("job.cancel"), { testid: `${prefix}-cancel`, onClick: () => actions.cancel() });
  const force = button(t("job.stop-by-force"), { testid: `${prefix}-abort`, kind: "danger", onClick: () => actions.abort(), title: t("job.force") });
  show(force, false);

  const fill = h("span", { class: "progress-fill" });
  const bar = h("div", { class: "progress", testid: `${prefix}-progress`, attrs: { role: "progressbar", "aria-valuemin": 0, "aria-valuemax": 100, "aria-valuenow": 0, "aria-label": t("job.progress", jobName(job)) } }, fill);
  const said = h("span", { testid: `${prefix}-detail` });
  const rate = h("span", { testid: `${prefix}-rate` });
  const left = h("span", { testid: `${prefix}-left` });

  let cancelledAt = 0;
  store.watch((state) => [state.job, state.jobs, state.device.phase, state.trained, state.purifier, state.subject, state.validated, state.frames, state.shelf, state.engines], () => {
    const state = store.get();
    const mine = state.jobs[job] ?? null;
    const running = mine?.state === "running";
    const paused = mine?.state === "paused";
    const focus = document.activeElement;
    text(starter, label(state));
    starter.disabled = busy(state) || state.device.phase !== "ready" || !allowed(state);
    show(pause, !paused);
    show(resume, paused);
    pause.disabled = !running;
    step.disabled = !paused;
    cancel.disabled = !(running || paused) || Boolean(mine?.cancelling);
    // A control that goes away hands the focus to the one that takes its place.
    if (focus === pause && paused) resume.focus();
    if (focus === resume && running) pause.focus();
    if (focus === starter && running) (pausable ? pause : cancel).focus();
    if ((focus === cancel || focus === pause || focus === resume || focus === step) && mine && !running && !paused) starter.focus();

    if (mine?.cancelling) {
      cancelledAt ||= Date.now();
      setTimeout(() => show(force, Boolean(store.get().job?.cancelling) && Date.now() - cancelledAt >= PATIENCE_MS), PATIENCE_MS + 50);
    } else {
      cancelledAt = 0;
      show(force, false);
    }

    const share = mine && mine.total > 0 ? Math.min(1, mine.done / mine.total) : 0;
    fill.style.setProperty("transform", `scaleX(${share})`);
    bar.setAttribute("aria-valuenow", String(Math.round(share * 100)));
    bar.dataset["state"] = mine?.state ?? "idle";
    bar.dataset["started"] = String(mine?.started ?? "");
    bar.dataset["value"] = String(share);
    bar.dataset["done"] = String(mine?.done ?? 0);
    text(said, detail(state));
    text(rate, mine?.rate && steps ? t("job.images-s", count(mine.rate)) : "");
    rate.dataset["value"] = String(mine?.rate ?? "");
    text(left, running && mine ? timeLeft(mine.secondsLeft) : paused ? t("word.paused") : "");
  });

  return {
    buttons: h("div", { class: "buttons" }, starter, ...(pausable ? [pause, resume] : []), ...(steps ? [step] : []), cancel, force),
    progress: h("div", { class: "progress-block" }, bar, h("p", { class: "progress-words" }, said, rate, left)),
  };
}

/** What a job has come to, in words. @param {State} state @param {JobKind} job @param {string} idle */
export function jobWords(state, job, idle) {
  const mine = state.jobs[job];
  if (!mine) return idle;
  const share = `${Math.floor((100 * mine.done) / Math.max(1, mine.total))} %`;
  return { running: share, paused: share, finished: t("job.finished"), cancelled: t("job.cancelled-at-what-was", share), failed: t("job.failed") }[mine.state];
}
