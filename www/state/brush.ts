// What somebody paints on a sign: a layer of 64 × 64 places over the drawing.

/** Places of a drawing, a side. */
export const TILE = 64;

export type Colour = readonly [number, number, number] | null;
export interface Brush {
  /** None rubs out. */
  colour: Colour;
  /** In places of the drawing. */
  width: number;
}
/** RGBA, row by row. */
export type Layer = Uint8Array<ArrayBuffer>;

export const empty = (): Layer => new Uint8Array(4 * TILE * TILE);
/** How many places are painted. */
export const places = (layer: Uint8Array): number => layer.reduce((sum, byte, at) => sum + (at % 4 === 3 && byte > 0 ? 1 : 0), 0);
/** Whether none is. */
export const isEmpty = (layer: Layer): boolean => places(layer) === 0;

/** A round dab. */
function dab(layer: Layer, x: number, y: number, { colour, width }: Brush): void {
  const radius = width / 2;
  for (let row = Math.max(0, Math.floor(y - radius)); row <= Math.min(TILE - 1, Math.ceil(y + radius)); row += 1) {
    for (let column = Math.max(0, Math.floor(x - radius)); column <= Math.min(TILE - 1, Math.ceil(x + radius)); column += 1) {
      if ((column + 0.5 - x) ** 2 + (row + 0.5 - y) ** 2 > Math.max(radius, 0.5) ** 2) continue;
      const at = 4 * (row * TILE + column);
      layer.set(colour ? [...colour, 255] : [0, 0, 0, 0], at);
    }
  }
}

/** A stroke between two points, without gaps. */
export function stroke(layer: Layer, from: readonly [number, number], to: readonly [number, number], brush: Brush): Layer {
  const next = layer.slice();
  const steps = Math.max(1, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1])));
  for (let i = 0; i <= steps; i += 1) {
    dab(next, from[0] + ((to[0] - from[0]) * i) / steps, from[1] + ((to[1] - from[1]) * i) / steps, brush);
  }
  return next;
}
