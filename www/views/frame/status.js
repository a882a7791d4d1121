// The line that is always there: which model, which device, what runs, how long it will take, and how to stop it.

/** @import { App } from "../app.js" */
import { busy, jobName } from "../../state/events.js";
import { button, h, show, text } from "../../ui/dom.js";
import { engineWords } from "../../words/engine-words.js";
import { percent, timeLeft } from "../../words/format.js";
import { t } from "../../words/i18n.js";
import { deviceReason } from "../shared/names.js";
import { openSettings } from "./settings.js";

/** @param {HTMLElement} place @param {App} app */
export function mountStatus(place, app) {
  const { store, actions } = app;
  place.setAttribute("aria-label", t("status.label"));
  const model = h("select", { class: "status-select", testid: "status-model", attrs: { "aria-label": t("status.model") }, on: { change: () => actions.selectModel(model.value) } });
  const quality = h("span", { class: "status-fine", testid: "status-quality" });
  const chip = h("button", { class: "chip", testid: "device-chip", attrs: { type: "button", "data-teach": "device" }, on: { click: () => openSettings(app) } });
  const reason = h("span", { class: "hidden", testid: "device-reason" });
  const words = h("span", { class: "status-job", testid: "running-job" });
  const pause = button(t("job.pause"), { testid: "status-pause", kind: "quiet", onClick: () => (store.get().job?.state === "paused" ? actions.resume() : actions.pause()) });
  const cancel = button(t("job.cancel"), { testid: "status-cancel", kind: "quiet", onClick: () => actions.cancel() });
  const fill = h("span", { class: "status-fill" });
  place.append(h("div", { class: "wrap status-row" },
    h("span", { class: "status-part" }, h("span", { class: "status-label", attrs: { "aria-hidden": true } }, t("status.model")), model, quality),
    h("span", { class: "status-part" }, chip, reason),
    h("span", { class: "status-part status-running" }, words, pause, cancel)),
    h("div", { class: "status-line", attrs: { "aria-hidden": true } }, fill));

  store.watch((state) => [state.shelf, busy(state) || state.device.phase !== "ready"], ({ selected, models }, off) => {
    if (models.length > 0) model.replaceChildren(...models.map(({ name }) => h("option", { attrs: { value: name } }, name)));
    model.value = selected;
    model.disabled = off || models.length < 2;
    show(model, models.length > 0);
  });
  store.watch((state) => [state.trained, state.validated, state.purifier, state.device.phase], (trained, validated, purifier, phase) => {
    text(quality, phase !== "ready" ? "" : !trained ? t("status.untrained")
      : [validated ? t("status.reads", percent(validated.value)) : "", purifier ? t("status.purifier") : ""].filter(Boolean).join(" · "));
  });
  store.watch((state) => [state.device], (device) => {
    const { phase, kind, adapter } = device;
    const why = deviceReason(device);
    const name = kind === "gpu" ? "WebGPU" : kind === "cpu" ? "CPU" : t("device.device");
    text(chip, phase === "starting" ? `${name} …` : phase === "stopped" ? t("status.stopped") : name);
    text(reason, phase === "starting" && kind ? `${why} ${t("status.starting")}` : why);
    chip.title = `${why}${adapter ? ` (${engineWords(adapter)})` : ""}`;
    chip.setAttribute("aria-label", t("status.device", chip.textContent ?? ""));
    chip.dataset["device"] = kind ?? "";
    chip.dataset["phase"] = phase;
    chip.dataset["adapter"] = adapter;
  });
  store.watch((state) => [state.job], (job) => {
    const on = job !== null && (job.state === "running" || job.state === "paused");
    const share = on ? Math.min(1, job.done / Math.max(1, job.total)) : 0;
    text(words, !on ? "" : `${jobName(job.job)} ${Math.floor(100 * share)} %${job.state === "paused" ? ` · ${t("word.paused")}` : job.secondsLeft !== null ? ` · ${timeLeft(job.secondsLeft)}` : ""}`);
    text(pause, job?.state === "paused" ? t("job.resume") : t("job.pause"));
    for (const one of [pause, cancel]) show(one, on);
    cancel.disabled = Boolean(job?.cancelling);
    fill.style.setProperty("transform", `scaleX(${share})`);
    place.dataset["busy"] = String(on);
  });
}
