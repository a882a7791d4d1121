// Start, pause, go on, step and cancel, with progress, speed and time left: the same for every kind of job.

import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { busy, nameOfJob } from "../../state/select.js";
import type { JobKind, State } from "../../state/types.js";
import { Button } from "../../ui/elements.js";
import { usePick } from "./store.js";
import { count, timeLeft, wholePercent } from "../../words/format.js";
import { t } from "../../words/i18n.js";
import { say } from "../../words/say.js";
import { useApp } from "../app.js";

/** How long a cancelled job may take to end before one is offered more. */
const PATIENCE_MS = 3000;

interface JobProps {
  job: JobKind;
  /** Of the test ids. */
  prefix: string;
  label: string;
  /** Whether it can start, if nothing runs. */
  allowed: boolean;
  start: () => void;
  pausable?: boolean;
  /** Whether it can be taken a step at a time while paused. */
  steps?: boolean;
  /** What is said beside the bar. */
  detail: string;
  /** Whether another button is the main one. */
  second?: boolean;
  /** Before its own button. */
  before?: ComponentChildren;
  /** Further buttons. */
  children?: ComponentChildren;
  /** Between the buttons and the bar. */
  between?: ComponentChildren;
}

export function JobControls({
  job, prefix, label, allowed, start, pausable = false, steps = pausable, second = false, detail, before, children, between,
}: JobProps) {
  const { actions } = useApp();
  const [mine, off] = usePick((state) => [state.jobs[job] ?? null, busy(state) || state.device.phase !== "ready"] as const);
  const running = mine?.state === "running";
  const paused = mine?.state === "paused";
  const cancelling = Boolean(mine?.cancelling);
  const [impatient, setImpatient] = useState(false);
  useEffect(() => {
    setImpatient(false);
    if (!cancelling) return undefined;
    const timer = setTimeout(() => setImpatient(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [cancelling]);

  const starter = useRef<HTMLButtonElement>(null);
  const pause = useRef<HTMLButtonElement>(null);
  const resume = useRef<HTMLButtonElement>(null);
  const step = useRef<HTMLButtonElement>(null);
  const cancel = useRef<HTMLButtonElement>(null);
  // A control that goes away hands the focus to the one that takes its place.
  const focus = document.activeElement;
  useLayoutEffect(() => {
    if (!focus) return;
    if (focus === pause.current && paused) resume.current?.focus();
    else if (focus === resume.current && running) pause.current?.focus();
    else if (focus === starter.current && running) (pausable ? pause : cancel).current?.focus();
    else if ([cancel, pause, resume, step].some(({ current }) => current === focus) && mine && !running && !paused) starter.current?.focus();
  });

  const share = mine && mine.total > 0 ? Math.min(1, mine.done / mine.total) : 0;
  return (
    <>
      <div class="buttons">
        {before}
        <Button
          of={starter}
          testid={`${prefix}-${job === "train" || job === "train_purifier" ? "start" : "run"}`}
          kind={second ? undefined : "primary"}
          disabled={off || !allowed}
          onClick={start}>
          {label}
        </Button>
        {pausable && (
          <Button of={pause} testid={`${prefix}-pause`} hidden={!running} onClick={() => actions.pause()}>
            {t("job.pause")}
          </Button>
        )}
        {pausable && (
          <Button of={resume} testid={`${prefix}-resume`} hidden={!paused} onClick={() => actions.resume()}>
            {t("job.resume")}
          </Button>
        )}
        {steps && (
          <Button
            of={step}
            testid={`${prefix}-step`}
            hidden={!(running || paused)}
            disabled={!paused}
            title={t("job.one-step-of-learning")}
            onClick={() => actions.step()}>
            {t("job.one-step")}
          </Button>
        )}
        <Button of={cancel} testid={`${prefix}-cancel`} hidden={!(running || paused)} disabled={cancelling} onClick={() => actions.cancel()}>
          {t("job.cancel")}
        </Button>
        <Button testid={`${prefix}-abort`} kind="danger" hidden={!(cancelling && impatient)} title={t("job.force")} onClick={() => actions.abort()}>
          {t("job.stop-by-force")}
        </Button>
        {children}
      </div>
      {between}
      <div class="progress-block" hidden={!mine && detail === ""}>
        <div
          class="progress"
          data-testid={`${prefix}-progress`}
          hidden={!mine}
          role="progressbar"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(share * 100)}
          aria-label={t("job.progress", say(nameOfJob(job)))}
          data-state={mine?.state ?? "idle"}
          data-started={String(mine?.started ?? "")}
          data-value={String(share)}
          data-done={String(mine?.done ?? 0)}>
          <span class="progress-fill" style={{ transform: `scaleX(${share})` }} />
        </div>
        <p class="progress-words">
          <span data-testid={`${prefix}-detail`}>{detail}</span>
          <span data-testid={`${prefix}-rate`} data-value={String(mine?.rate ?? "")}>
            {mine?.rate && steps ? t("job.images-s", count(mine.rate)) : ""}
          </span>
          <span data-testid={`${prefix}-left`}>{running && mine ? timeLeft(mine.secondsLeft) : paused ? t("word.paused") : ""}</span>
        </p>
      </div>
    </>
  );
}

/** What a job has come to, in words. */
export function jobWords({ jobs }: Pick<State, "jobs">, job: JobKind, idle: string): string {
  const mine = jobs[job];
  if (!mine) return idle;
  const share = wholePercent(Math.floor((100 * mine.done) / Math.max(1, mine.total)) / 100);
  return { running: share, paused: share, finished: t("job.finished"), cancelled: t("job.cancelled-at-what-was", share), failed: t("job.failed") }[
    mine.state
  ];
}
