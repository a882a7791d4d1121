// The first ten seconds: a stop sign, what the network reads, and one control that turns it into another sign.

import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { signUrl } from "../../engine/assets.js";
import { busy, facts, metBefore } from "../../state/select.js";
import { START } from "../../state/presets.js";
import type { Score } from "../../state/types.js";
import { TopBars, tagsFor } from "../shared/bars.js";
import { Compare } from "../../ui/compare.js";
import { WithScene } from "../shared/scene.js";
import { Button } from "../../ui/elements.js";
import { ErrorSlot } from "../shared/errors.js";
import { Change } from "../../ui/pixels.js";
import { usePlayer } from "../../ui/player.js";
import { usePick } from "../shared/store.js";
import { className, percent, short, wholePercent } from "../../words/format.js";
import { phrase, t } from "../../words/i18n.js";
import { useApp, useHost } from "../app.js";

const STOP = 14;
/** The sign that a stop sign is turned into by the large button, and others. */
const TARGET = 8;
const OTHERS = [12, 35, 9, 25];
/** By how much the change is amplified. */
const GAIN = 10;

/** What is read now, in a line. */
function Reads({ top }: { top: Score[] }) {
  const [classes, trained, subject, learning] = usePick(
    (state) => [state.classes, facts(state).trained, state.subject, state.job?.job === "train" && state.job.state === "running"] as const,
  );
  const [best] = top;
  const label = subject?.label ?? null;
  const lead = !subject || !best ? t("start.starting") : trained ? t("start.reads") : learning ? t("start.learning") : t("start.untrained");
  const sign = !subject || !best ? "" : trained ? `${className(classes, best.class)} · ${percent(best.probability)}` : className(classes, best.class);
  return (
    <p
      class="start-reads"
      data-testid="start-reads"
      data-tone={!trained || label === null ? "" : best?.class === label ? "good" : "bad"}
      data-value={best ? String(best.class) : ""}>
      <span class="start-reads-lead">{lead}</span>
      <strong>{sign}</strong>
    </p>
  );
}

function Control({ press }: { press: (target: number) => void }) {
  const [classes, trained, off, job, training] = usePick(
    (state) =>
      [state.classes, facts(state).trained, busy(state) || state.device.phase !== "ready", state.job, busy(state) && state.job?.job === "train"] as const,
  );
  return (
    <div class="start-control">
      <button class="button button-primary start-go" type="button" data-testid="start-go" disabled={off} onClick={() => press(TARGET)}>
        <img src={signUrl(TARGET)} alt="" width={40} height={40} hidden={!trained} />
        <span>{trained ? t("start.go", className(classes, TARGET)) : t("start.train")}</span>
      </button>
      <div class="start-others" role="group" aria-label={t("start.or")} hidden={!trained}>
        <span class="fine">{t("start.or")}</span>
        {OTHERS.map((target) => {
          const words = t("start.go", className(classes, target));
          return (
            <button
              key={target}
              class="start-sign"
              type="button"
              data-testid={`start-into-${target}`}
              title={words}
              aria-label={words}
              disabled={off}
              onClick={() => press(target)}>
              <img src={signUrl(target)} alt="" width={32} height={32} />
            </button>
          );
        })}
        <a class="button" href="#sticker" data-teach="sticker" data-testid="start-sticker">
          {t("start.or-sticker")}
        </a>
      </div>
      <p class="fine start-progress">{training && job ? t("start.progress", wholePercent(Math.floor((100 * job.done) / Math.max(1, job.total)) / 100)) : ""}</p>
    </div>
  );
}

function Experiment() {
  const { store, actions } = useApp();
  const [subject, classes, frames, outcome, seeking, here, attacking] = usePick(
    (state) =>
      [
        state.subject,
        state.classes,
        state.frames,
        state.outcome,
        state.seeking,
        state.place === "start",
        busy(state) && state.job?.job === "attack",
      ] as const,
  );
  // What the attack aims at, which is not what is set where a teacher has fixed the settings.
  const [aim] = usePick(({ outcome: last, job, settings }) => {
    const goal = last?.goal ?? (job?.command.type === "attack" ? job.command.goal : null);
    return [goal?.kind === "targeted" ? goal.class : Number(settings["goal.class"])] as const;
  });
  /** Whether the pictures of the present attack have been shown to the end. */
  const [shown, setShown] = useState(false);
  const player = usePlayer(frames.length, !attacking, START.seconds, () => setShown(true));
  const idle = (frames.length === 0 && !outcome) || seeking;
  useLayoutEffect(() => {
    if (!idle) return;
    setShown(false);
    player.seek(0);
  }, [idle]);
  useEffect(() => {
    if (here && !idle && !player.running && !shown && frames.length > 0) player.play();
  }, [here, idle, player.running, shown, frames]);

  const end = !idle && shown ? outcome : null;
  const frame = idle ? undefined : frames[player.at];
  useHost({ state: end ? (end.success ? "fooled" : "held") : "" });
  const label = subject?.label ?? null;
  const top = end?.adversarial.top ?? frame?.top ?? subject?.seen.top ?? [];

  function press(target: number) {
    if (!facts(store.get()).trained) {
      actions.train();
      return;
    }
    setShown(false);
    player.seek(0);
    void actions.turnInto(target);
  }
  const proof = !end
    ? ""
    : metBefore(end)
      ? t("outcome.it-was-so-before")
      : end.success
        ? t("start.proof", short(end.linf * 255), className(classes, label ?? end.label))
        : t("start.held");
  return (
    <div class="start-grid">
      <div class="start-picture">
        <WithScene label={t("start.scene")} sign={label} view={subject?.scene ?? null}>
          <div class="frame start-frame">
            <img class="start-drawn" src={signUrl(STOP)} alt="" width={320} height={320} hidden={subject !== null} />
            <Compare
              key={end ? "end" : "way"}
              label={t("start.compare")}
              testid="start-compare"
              on={end !== null}
              before={end?.original.picture ?? subject?.seen.picture}
              after={end?.adversarial.picture ?? frame?.picture ?? subject?.seen.picture}
            />
          </div>
        </WithScene>
        <p class="start-under fine">{subject ? t("start.under") : t("start.wait")}</p>
      </div>
      <div class="start-answer">
        <Reads top={top} />
        <Control press={press} />
        <ErrorSlot panels={["start"]} />
        <TopBars
          label={t("subject.what-the-network-sees")}
          testid="start-top"
          top={top}
          classes={classes}
          tags={tagsFor(label, { target: outcome || frames.length > 0 ? aim : null })}
        />
        <div class="start-proof" hidden={end === null}>
          <div class="frame frame-small">
            <Change label={t("outcome.the-change-amplified")} testid="start-change" delta={end?.perturbation} gain={GAIN} />
          </div>
          <div>
            <p>{proof}</p>
            <div class="buttons">
              <Button testid="start-again" onClick={() => void actions.turnInto(aim)}>
                {t("start.again")}
              </Button>
              <a class="button" href="#lesson" data-testid="start-lesson">
                {t("start.how")}
              </a>
            </div>
          </div>
        </div>
      </div>
    </div>
  );
}

export function Start() {
  const [signs] = usePick((state) => [state.data?.signs ?? true] as const);
  return (
    <>
      <h1 class="start-title" id="start-title" tabIndex={-1} data-testid="start-title">
        {t("start.title")}
      </h1>
      <div hidden={!signs}>
        <Experiment />
      </div>
      {/* A data set of one's own has no stop sign. */}
      <div class="notice" data-testid="start-own" hidden={signs}>
        <p>{t("start.own")}</p>
        <div class="buttons">
          {["data", "attack"].map((id) => (
            <a key={id} class="button" href={`#${id}`} data-testid={`start-own-${id}`}>
              {phrase(`place.${id}.title`)}
            </a>
          ))}
        </div>
      </div>
      <nav class="start-ways" aria-label={t("start.ways")}>
        {["sticker", "data", "lesson", "defend", "museum"].map((id) => (
          <a key={id} class="way" href={`#${id}`} data-teach={id}>
            <strong>{phrase(`start.way.${id}`)}</strong>
            <span>{phrase(`start.way.${id}.words`)}</span>
          </a>
        ))}
      </nav>
    </>
  );
}
