// Behind the answer: where the network looks, and a slice through the space in which it decides.

import type { TargetedPointerEvent } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { busy } from "../../state/select.js";
import type { SliceEvent } from "../../state/types.js";
import { Button, Fold } from "../../ui/elements.js";
import { Field, Fixed } from "../shared/fields.js";
import { Heat } from "../../ui/pixels.js";
import { usePick } from "../shared/store.js";
import { FoldedTable } from "../../ui/tables.js";
import { coloursChanged, css } from "../../ui/theme.js";
import { className, percent } from "../../words/format.js";
import { t } from "../../words/i18n.js";
import { useApp } from "../app.js";

/** Colours of the classes in a slice, the most frequent first; further ones are grey. */
const COLORS = ["--line-1", "--line-2", "--line-3", "--line-4", "--line-5"];
const GREY = "--line-strong";
const SIDE = 41;

/** Red, green and blue of a colour of the theme. */
const rgb = (name: string): number[] => (css(name).match(/[\d.]+/g) ?? ["128", "128", "128"]).slice(0, 3).map(Number);

/** Each class has its colour, paler where the network is less sure. */
function draw(canvas: HTMLCanvasElement, { side, classes, probabilities }: SliceEvent, order: number[]): void {
  const colors = new Map(order.map((one, index) => [one, rgb(COLORS[index] ?? GREY)]));
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext("2d");
  if (!context) return;
  const image = context.createImageData(side, side);
  Array.from(classes).forEach((one, i) => {
    const color = colors.get(one) ?? [128, 128, 128];
    const strong = 0.35 + 0.65 * (probabilities[i] ?? 0);
    for (let channel = 0; channel < 3; channel += 1) image.data[4 * i + channel] = Math.round(255 - strong * (255 - (color[channel] ?? 128)));
    image.data[4 * i + 3] = 255;
  });
  context.putImageData(image, 0, 0);
}

function Look() {
  const { actions } = useApp();
  const [found, classes, off] = usePick(
    (state) => [state.gradients, state.classes, busy(state) || state.subject === null || state.device.phase !== "ready"] as const,
  );
  const { original, attacked } = found ?? {};
  return (
    <div class="insight-part">
      <h2>{t("insight.look-title")}</h2>
      <p class="fine">{t("insight.look-words")}</p>
      <Button testid="gradient-run" disabled={off} onClick={() => actions.gradients()}>
        {t("insight.look")}
      </Button>
      <div class="insight-row" data-testid="gradients" hidden={!found}>
        <figure class="figure">
          <div class="frame">
            <Heat label={t("insight.before")} testid="gradient-original" values={original?.values} />
          </div>
          <figcaption class="fine">{original ? t("insight.for", className(classes, original.class)) : ""}</figcaption>
        </figure>
        <figure class="figure" hidden={attacked == null}>
          <div class="frame">
            <Heat label={t("insight.after")} testid="gradient-attacked" values={attacked?.values} />
          </div>
          <figcaption class="fine">{attacked ? t("insight.for", className(classes, attacked.class)) : ""}</figcaption>
        </figure>
      </div>
    </div>
  );
}

function Slice() {
  const { actions } = useApp();
  const [found, classes, off] = usePick(
    (state) => [state.slice, state.classes, busy(state) || state.outcome === null || state.device.phase !== "ready"] as const,
  );
  const plane = useRef<HTMLCanvasElement>(null);
  const [under, setUnder] = useState<number | null>(null);
  const counts = new Map<number, number>();
  for (const one of Array.from(found?.classes ?? [])) counts.set(one, (counts.get(one) ?? 0) + 1);
  const order = [...counts].sort(([, a], [, b]) => b - a);
  const colours = coloursChanged.value;
  useLayoutEffect(() => {
    setUnder(null);
    if (plane.current && found)
      draw(
        plane.current,
        found,
        order.map(([one]) => one),
      );
  }, [found, colours]);
  function onMove(event: TargetedPointerEvent<HTMLCanvasElement>) {
    if (!found) return;
    const box = event.currentTarget.getBoundingClientRect();
    const cell = (at: number, size: number) => Math.min(found.side - 1, Math.max(0, Math.floor((at / size) * found.side)));
    setUnder(cell(event.clientY - box.top, box.height) * found.side + cell(event.clientX - box.left, box.width));
  }
  return (
    <div class="insight-part">
      <h2>{t("insight.slice-title")}</h2>
      <Button testid="slice-run" disabled={off} onClick={() => actions.slice()}>
        {t("insight.slice")}
      </Button>
      <div class="insight-slice" data-testid="slice" hidden={!found}>
        <div class="slice-place">
          <canvas
            ref={plane}
            class="slice"
            data-testid="slice-canvas"
            role="img"
            aria-label={t("insight.slice-label")}
            width={SIDE}
            height={SIDE}
            onPointerMove={onMove}
          />
          <span class="slice-mark slice-from">{t("insight.original")}</span>
          <span class="slice-mark slice-to">{t("insight.attacked")}</span>
        </div>
        <div class="insight-side">
          <ul class="chart-key">
            {order.slice(0, COLORS.length + 1).map(([one], index) => (
              <li key={one}>
                <span class="slice-key" aria-hidden="true" style={{ background: `var(${COLORS[index] ?? GREY})` }} />
                {className(classes, one)}
              </li>
            ))}
          </ul>
          <p class="fine" data-testid="slice-hover">
            {under === null || !found
              ? t("insight.hover")
              : `${className(classes, found.classes[under] ?? 0)} · ${percent(found.probabilities[under] ?? 0)}`}
          </p>
          <p class="fine">{t("insight.slice-words")}</p>
          <Fixed>
            <Field name="slice.seed" disabled={busy} />
          </Fixed>
          <FoldedTable
            summary={t("insight.slice-table")}
            testid="slice-table"
            heads={[t("details.sign"), t("insight.share")]}
            of={order}
            row={([one, cells]) => [className(classes, one), percent(cells / (found?.classes.length ?? 1))]}
          />
        </div>
      </div>
    </div>
  );
}

export const Insight = () => (
  <div class="insight">
    <Fold summary={t("insight.title")} testid="insight-more">
      <Look />
      <Slice />
    </Fold>
  </div>
);
