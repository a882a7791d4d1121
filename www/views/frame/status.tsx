// The line that is always there: which model, which device, what runs, how long it will take, and how to stop it.

import { busy, facts, hasPurifier, infos, nameOfJob } from "../../state/select.js";
import { Button } from "../../ui/elements.js";
import { usePick } from "../shared/store.js";
import { engineWords } from "../../words/engine-words.js";
import { percent, timeLeft, wholePercent } from "../../words/format.js";
import { t } from "../../words/i18n.js";
import { say } from "../../words/say.js";
import { useApp, useHost } from "../app.js";
import { offersOf } from "../shared/models.js";
import { deviceReason } from "../shared/names.js";
import { openSettings } from "./header.js";

function Model() {
  const { actions } = useApp();
  const [selected, models, off, trained, validated, purifier, phase, presets] = usePick(
    (state) =>
      [state.selected, infos(state), busy(state) || state.device.phase !== "ready", facts(state).trained, facts(state).validated, hasPurifier(state),
        state.device.phase, state.presets] as const,
  );
  const more = offersOf(presets).map(({ name }) => name).filter((name) => !models.some((model) => model.name === name));
  const quality =
    phase !== "ready"
      ? ""
      : !trained
        ? t("status.untrained")
        : [validated ? t("status.reads", percent(validated.value)) : "", purifier ? t("status.purifier") : ""].filter(Boolean).join(" · ");
  return (
    <span class="status-part">
      <span class="status-label" aria-hidden="true">
        {t("status.model")}
      </span>
      <select
        class="status-select"
        data-testid="status-model"
        aria-label={t("status.model")}
        value={selected}
        disabled={off || models.length + more.length < 2}
        hidden={models.length === 0}
        onChange={(event) => {
          const { value } = event.currentTarget;
          if (more.includes(value)) void actions.addShipped(value);
          else actions.selectModel(value);
        }}>
        {models.map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
        {more.length > 0 && (
          <optgroup label={t("status.shipped")}>
            {more.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </optgroup>
        )}
      </select>
      <span class="status-fine" data-testid="status-quality">
        {quality}
      </span>
    </span>
  );
}

function Device() {
  const [device] = usePick((state) => [state.device] as const);
  const { phase, kind, adapter } = device;
  const why = deviceReason(device);
  const name = kind === "gpu" ? "WebGPU" : kind === "cpu" ? "CPU" : t("device.device");
  const words = phase === "starting" ? `${name} …` : phase === "stopped" ? t("status.stopped") : name;
  return (
    <span class="status-part">
      <button
        class="chip"
        type="button"
        data-testid="device-chip"
        data-teach="device"
        data-device={kind ?? ""}
        data-phase={phase}
        data-adapter={adapter?.message ?? ""}
        title={`${why}${adapter ? ` (${engineWords(adapter)})` : ""}`}
        aria-label={t("status.device", words)}
        onClick={openSettings}>
        {words}
      </button>
      <span class="hidden" data-testid="device-reason">
        {phase === "starting" && kind ? `${why} ${t("status.starting")}` : why}
      </span>
    </span>
  );
}

export function Status() {
  const { actions } = useApp();
  const [job] = usePick((state) => [state.job] as const);
  const on = job !== null && (job.state === "running" || job.state === "paused");
  const paused = job?.state === "paused";
  const share = on ? Math.min(1, job.done / Math.max(1, job.total)) : 0;
  useHost({ busy: String(on) }, { label: t("status.label") });
  const then = paused ? ` · ${t("word.paused")}` : job?.secondsLeft != null ? ` · ${timeLeft(job.secondsLeft)}` : "";
  return (
    <>
      <div class="wrap status-row">
        <Model />
        <Device />
        <span class="status-part status-running">
          <span class="status-job" data-testid="running-job">
            {on ? `${say(nameOfJob(job.job))} ${wholePercent(Math.floor(100 * share) / 100)}${then}` : ""}
          </span>
          <Button testid="status-pause" kind="quiet" hidden={!on} onClick={() => (paused ? actions.resume() : actions.pause())}>
            {paused ? t("job.resume") : t("job.pause")}
          </Button>
          <Button testid="status-cancel" kind="quiet" hidden={!on} disabled={Boolean(job?.cancelling)} onClick={() => actions.cancel()}>
            {t("job.cancel")}
          </Button>
        </span>
      </div>
      <div class="status-line" aria-hidden="true">
        <span class="status-fill" style={{ transform: `scaleX(${share})` }} />
      </div>
    </>
  );
}
