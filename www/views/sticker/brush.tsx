// The layer on a sign, painted by pointer.

import { useLayoutEffect, useRef } from "preact/hooks";
import { TILE, empty, places, stroke, type Brush, type Layer } from "../../state/brush.js";
import { paint, type Picture } from "../../ui/pixels.js";

interface CanvasProps {
  /** What is shown. */
  picture: Picture | null;
  /** What is painted on; nothing can be where there is no brush. */
  layer: Layer | null;
  brush: Brush | null;
  onPaint: (layer: Layer) => void;
}

export function StickerCanvas({ picture, layer, brush, onPaint }: CanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const last = useRef<readonly [number, number] | null>(null);
  const now = useRef<Layer | null>(layer);
  now.current = layer;
  useLayoutEffect(() => {
    if (canvas.current) paint(canvas.current, picture);
  }, [picture]);
  const place = (event: PointerEvent): readonly [number, number] => {
    const box = canvas.current?.getBoundingClientRect();
    return box ? [((event.clientX - box.left) / box.width) * TILE, ((event.clientY - box.top) / box.height) * TILE] : [0, 0];
  };
  const draw = (event: PointerEvent) => {
    if (!brush || !last.current) return;
    const to = place(event);
    now.current = stroke(now.current ?? empty(), last.current, to, brush);
    last.current = to;
    onPaint(now.current);
  };
  return (
    <canvas
      ref={canvas}
      class={brush ? "sticker-layer is-brush" : "sticker-layer"}
      data-testid="sticker-layer"
      data-value={picture ? places(picture.rgba) : 0}
      width={TILE}
      height={TILE}
      aria-hidden="true"
      onPointerDown={(event) => {
        if (!brush || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        event.preventDefault();
        last.current = place(event);
        draw(event);
      }}
      onPointerMove={draw}
      onPointerUp={() => {
        last.current = null;
      }}
      onPointerCancel={() => {
        last.current = null;
      }}
    />
  );
}
