// The attack as it went: the picture that was tried at each step, live and afterwards, with its margin, L2 and c.

import { useLayoutEffect, useMemo } from "preact/hooks";
import { busy } from "../../state/select.js";
import type { AttackingEvent } from "../../state/types.js";
import { Chart } from "../../ui/chart/chart.js";
import { Button, Norm, useId } from "../../ui/elements.js";
import { Pixels } from "../../ui/pixels.js";
import { usePlayer } from "../../ui/player.js";
import { usePick } from "../shared/store.js";
import { FoldedTable } from "../../ui/tables.js";
import { className, percent, short } from "../../words/format.js";
import { t } from "../../words/i18n.js";

const SECONDS = 5;

/** Columns of the chart; c only where the attack has one. */
function columnsOf(frames: AttackingEvent[]) {
  const c = frames.map((frame) => frame.c ?? null);
  return {
    xs: frames.map((_, index) => index + 1),
    margin: frames.map(({ margin }) => margin),
    l2: frames.map(({ l2 }) => l2),
    c: c.some((value) => value !== null) ? c : null,
  };
}

function Chosen({ frames, at, running }: { frames: AttackingEvent[]; at: number; running: boolean }) {
  const columns = useMemo(() => columnsOf(frames), [frames]);
  const [classes] = usePick((state) => [state.classes] as const);
  const answer = ({ top: [best] }: AttackingEvent) => (best ? `${className(classes, best.class)}, ${percent(best.probability)}` : "");
  // While it runs there is a new picture at every moment, and nobody reads a table.
  const rows = running ? [] : frames;
  return (
    <>
      <Chart
        title={t("frames.chart")}
        testid="frame-chart"
        x={t("chart.pictures")}
        height={150}
        own
        xs={columns.xs}
        mark={at}
        series={[
          { label: t("frames.margin"), values: columns.margin, color: "--line-2" },
          { label: "L2", values: columns.l2, color: "--line-1" },
          ...(columns.c ? [{ label: "c", values: columns.c, color: "--line-4" }] : []),
        ]}
      />
      <FoldedTable
        summary={t("frames.table")}
        testid="frame-table"
        of={rows}
        row={(frame) => [
          String(frame.round),
          String(frame.iteration),
          short(frame.margin),
          short(frame.l2),
          frame.c == null ? "–" : short(frame.c),
          answer(frame),
        ]}
        heads={[t("frames.round"), t("frames.step"), t("frames.margin"), "L2", "c", t("frames.reads")]}
      />
    </>
  );
}

export function Frames() {
  const id = useId("frame");
  const [frames, classes, running] = usePick((state) => [state.frames, state.classes, busy(state) && state.job?.job === "attack"] as const);
  const player = usePlayer(frames.length, !running, SECONDS);
  useLayoutEffect(() => {
    player.seek(Math.max(0, frames.length - 1));
  }, [frames]);
  const frame = frames[player.at];
  const result = player.at === frames.length - 1 && !running;
  const words = frame
    ? t("frames.position", result ? t("frames.result") : t("frames.round-step", frame.round, frame.iteration), player.at + 1, frames.length)
    : "";
  const best = frame?.top[0];
  return (
    <div class="frames" hidden={!frame} data-value={frame ? String(frames.length) : undefined}>
      <h2>{t("frames.step-by-step")}</h2>
      <div class="frames-row">
        <div class="frame">
          <Pixels label={t("frames.the-picture-that-the")} testid="frame-canvas" picture={frame?.picture} />
        </div>
        <div class="frames-side">
          <div class="field field-slider">
            <label for={id}>
              <span class="field-label">{t("frames.scrub")}</span>
            </label>
            <output class="field-value" for={id}>
              {words}
            </output>
            <input
              type="range"
              id={id}
              data-testid="frame-scrub"
              min={0}
              max={Math.max(0, frames.length - 1)}
              step={1}
              value={player.at}
              aria-valuetext={words}
              disabled={running}
              onInput={(event) => player.seek(Number(event.currentTarget.value))}
            />
          </div>
          <dl class="norms">
            <Norm
              name={t("frames.margin")}
              testid="frame-margin"
              help={t("frames.logits-that-are-missing")}
              value={frame ? String(frame.margin) : ""}>
              {!frame ? "" : frame.margin < 0 ? t("frames.reached", short(frame.margin)) : short(frame.margin)}
            </Norm>
            <Norm name="L2" testid="frame-l2" help={t("frames.length-of-the-change")} value={frame ? String(frame.l2) : ""}>
              {frame ? short(frame.l2) : ""}
            </Norm>
            <Norm name="c" testid="frame-c" help={t("frames.how-much-fooling-counts")} hidden={frame?.c == null}>
              {frame?.c == null ? "" : short(frame.c)}
            </Norm>
            <Norm name={t("frames.reads")} testid="frame-answer" help={t("frames.the-answer-to-this")}>
              {best ? `${t("word.quoted", className(classes, best.class))}, ${percent(best.probability)}` : ""}
            </Norm>
          </dl>
          <div class="buttons">
            <Button testid="frame-play" disabled={running || frames.length < 2} onClick={() => (player.running ? player.stop() : player.play())}>
              {player.running ? t("job.pause") : t("frames.play")}
            </Button>
          </div>
        </div>
      </div>
      <Chosen frames={frames} at={player.at} running={running} />
    </div>
  );
}
