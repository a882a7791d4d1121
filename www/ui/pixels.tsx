// Pictures on canvases. No arithmetic beyond what the eye needs.

import { useLayoutEffect, useRef } from "preact/hooks";

const SIDE = 32;

/** Four bytes a pixel, row by row. */
export interface Picture {
  width: number;
  height: number;
  rgba: Uint8Array;
}

/** Draws a picture; none clears the canvas. */
export function paint(canvas: HTMLCanvasElement, picture: Picture | null | undefined): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  if (!picture) {
    context.clearRect(0, 0, canvas.width, canvas.height);
    canvas.dataset["filled"] = "false";
    return;
  }
  if (canvas.width !== picture.width || canvas.height !== picture.height) {
    canvas.width = picture.width;
    canvas.height = picture.height;
  }
  const data = new ImageData(picture.width, picture.height);
  data.data.set(picture.rgba);
  context.putImageData(data, 0, 0);
  canvas.dataset["filled"] = "true";
}

/** Draws what `colour` says of each pixel and channel. */
function paintWith(canvas: HTMLCanvasElement, width: number, height: number, colour: (pixel: number, channel: number) => number): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const image = new ImageData(width, height);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1) image.data[4 * pixel + channel] = colour(pixel, channel);
    image.data[4 * pixel + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  canvas.dataset["filled"] = "true";
}

/** A signed change (channel, row, column): grey is none, each colour brighter where it was raised and darker where it was lowered. */
export function paintChange(canvas: HTMLCanvasElement, delta: ArrayLike<number> | null | undefined, gain: number): void {
  if (!delta) paint(canvas, null);
  else paintWith(canvas, SIDE, SIDE, (pixel, channel) => Math.round(127.5 + (gain * 255 * (delta[channel * SIDE * SIDE + pixel] ?? 0)) / 2));
}

/** A canvas that is not in the page, to be drawn on and saved. */
export function looseCanvas(): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = SIDE;
  canvas.height = SIDE;
  return canvas;
}

interface Shown {
  label: string;
  testid?: string;
  title?: string;
  class?: string;
}

/** A canvas, drawn anew when one of `of` has changed. `label` says what it shows to people who do not see it. */
function Canvas({ label, testid, title, class: name = "pixels", of, draw }: Shown & { of: unknown[]; draw: (canvas: HTMLCanvasElement) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (canvas.current) draw(canvas.current);
  }, of);
  return <canvas ref={canvas} class={name} data-testid={testid} title={title} width={SIDE} height={SIDE} role="img" aria-label={label} />;
}

/** A picture as the network gets it. */
export const Pixels = ({ picture, ...shown }: Shown & { picture: Picture | null | undefined }) => (
  <Canvas {...shown} of={[picture]} draw={(canvas) => paint(canvas, picture)} />
);

/** A change, amplified. */
export const Change = ({ delta, gain, ...shown }: Shown & { delta: ArrayLike<number> | null | undefined; gain: number }) => (
  <Canvas {...shown} of={[delta, gain]} draw={(canvas) => paintChange(canvas, delta, gain)} />
);

/** Non-negative values, row by row, as brightness, the largest white. */
export const Heat = ({ values, ...shown }: Shown & { values: ArrayLike<number> | null | undefined }) => (
  <Canvas
    {...shown}
    of={[values]}
    draw={(canvas) => {
      if (!values) {
        paint(canvas, null);
        return;
      }
      const most = Math.max(1e-12, ...Array.from(values));
      paintWith(canvas, SIDE, SIDE, (pixel, channel) => {
        const share = Math.sqrt((values[pixel] ?? 0) / most);
        return [255 * share, 210 * share ** 2, 90 * share ** 4][channel] ?? 0;
      });
    }}
  />
);

/** The difference between two pictures, amplified. */
export const Difference = ({
  from,
  to,
  gain,
  ...shown
}: Shown & { from: Picture | null | undefined; to: Picture | null | undefined; gain: number }) => (
  <Canvas
    {...shown}
    of={[from, to, gain]}
    draw={(canvas) => {
      if (!from || !to) paint(canvas, null);
      else
        paintWith(canvas, from.width, from.height, (pixel, channel) =>
          Math.round(127.5 + (gain * ((to.rgba[4 * pixel + channel] ?? 0) - (from.rgba[4 * pixel + channel] ?? 0))) / 2),
        );
    }}
  />
);
