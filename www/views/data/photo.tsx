// Places the square on an uploaded picture: by pointer, by touch, by keyboard, or by the size slider.

import type { TargetedPointerEvent } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { PhotoEvent, Square } from "../../state/types.js";
import { Button, useId } from "../../ui/elements.js";
import { paint } from "../../ui/pixels.js";
import { usePick } from "../shared/store.js";
import { t } from "../../words/i18n.js";
import { words } from "../../words/say.js";
import { useApp } from "../app.js";

const LEAST = 8;
const PREVIEW = 32;
/** How long the square has to be where it is before that is said. */
const AT_REST_MS = 500;

/** The square that is wished for, kept inside the picture. */
function inside({ width, height }: PhotoEvent, { x, y, size }: Square): Square {
  const largest = Math.min(width, height);
  const side = Math.min(largest, Math.max(Math.min(LEAST, largest), size));
  return { size: side, x: Math.min(width - side, Math.max(0, x)), y: Math.min(height - side, Math.max(0, y)) };
}

/** Around its centre. */
const resized = ({ x, y, size }: Square, side: number): Square => ({ x: x + (size - side) / 2, y: y + (size - side) / 2, size: side });

/** What is said of a square: width, height, left, top, in whole pixels. */
const placeOf = ({ x, y, size }: Square): number[] => [size, size, x, y].map(Math.round);

interface Drag {
  id: number;
  mode: "move" | "size";
  x: number;
  y: number;
  from: Square;
}

function Editor({ photo }: { photo: PhotoEvent }) {
  const { store, actions } = useApp();
  const help = useId("crop-help");
  const slider = useId("crop-size");
  const [square, setSquare] = useState(() => inside(photo, photo.square));
  const editor = useRef<HTMLDivElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const preview = useRef<HTMLCanvasElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const handle = useRef<HTMLSpanElement>(null);
  const drag = useRef<Drag | null>(null);
  const put = (wish: Square) => setSquare(inside(photo, wish));
  /** Whether the square was last moved by keyboard: then where it is now is said, once it has come to rest. */
  const keyed = useRef(false);

  useLayoutEffect(() => {
    if (canvas.current) paint(canvas.current, photo.preview);
    editor.current?.scrollIntoView({ block: "nearest" });
    box.current?.focus({ preventScroll: true });
  }, []);
  useLayoutEffect(() => {
    const context = preview.current?.getContext("2d");
    if (!context || !canvas.current || !preview.current) return;
    const scale = canvas.current.width / photo.width;
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = "high";
    context.drawImage(canvas.current, square.x * scale, square.y * scale, square.size * scale, square.size * scale, 0, 0, PREVIEW, PREVIEW);
  }, [square]);

  useEffect(() => {
    if (!keyed.current) return undefined;
    const timer = setTimeout(() => {
      keyed.current = false;
      store.set({ announcement: words("photo.pixels-from-the-left", ...placeOf(square)) });
    }, AT_REST_MS);
    return () => clearTimeout(timer);
  }, [square]);

  /** Pixels of the photo to one on the screen, and where the stage begins. */
  function scaled() {
    const rect = stage.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1);
    return { scale: photo.width / rect.width, left: rect.left, top: rect.top };
  }
  function onDown(event: TargetedPointerEvent<HTMLDivElement>) {
    if (event.button !== 0) return;
    const { scale, left, top } = scaled();
    let from = square;
    if (!(event.target instanceof Node && box.current?.contains(event.target))) {
      from = inside(photo, {
        x: (event.clientX - left) * scale - square.size / 2,
        y: (event.clientY - top) * scale - square.size / 2,
        size: square.size,
      });
      setSquare(from);
    }
    drag.current = { id: event.pointerId, mode: event.target === handle.current ? "size" : "move", x: event.clientX, y: event.clientY, from };
    event.currentTarget.setPointerCapture(event.pointerId);
    box.current?.focus({ preventScroll: true });
    event.preventDefault();
  }
  function onMove(event: TargetedPointerEvent<HTMLDivElement>) {
    const held = drag.current;
    if (!held || event.pointerId !== held.id) return;
    const { scale } = scaled();
    const dx = (event.clientX - held.x) * scale;
    const dy = (event.clientY - held.y) * scale;
    const { from } = held;
    if (held.mode === "move") put({ ...from, x: from.x + dx, y: from.y + dy });
    else put({ x: from.x, y: from.y, size: Math.min(from.size + Math.max(dx, dy), photo.width - from.x, photo.height - from.y) });
  }
  const onUp = () => {
    drag.current = null;
  };
  /** Ends the editing; the focus goes to where photos come from, for the square is no more. */
  function end(how: () => void) {
    how();
    document.getElementById("upload")?.focus({ preventScroll: true });
  }
  const use = () => end(() => actions.crop(square));
  const close = () => end(() => actions.closePhoto());
  function onKey(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const unit = Math.max(1, Math.round(photo.width / 200)) * (event.shiftKey ? 10 : 1);
    const { x, y, size } = square;
    const keys: Record<string, () => void> = {
      ArrowLeft: () => put({ ...square, x: x - unit }),
      ArrowRight: () => put({ ...square, x: x + unit }),
      ArrowUp: () => put({ ...square, y: y - unit }),
      ArrowDown: () => put({ ...square, y: y + unit }),
      Enter: use,
      Escape: close,
    };
    const larger = ["+", "="].includes(event.key);
    const smaller = ["-", "_", "−"].includes(event.key);
    const key = larger || smaller ? () => put(resized(square, size + (larger ? 2 : -2) * unit)) : keys[event.key];
    if (!key) return;
    keyed.current = true;
    key();
    event.preventDefault();
  }

  const share = (part: number, of: number) => `${(100 * part) / of}%`;
  const { width, height } = photo.preview;
  return (
    <div ref={editor} class="photo-editor" data-testid="photo-editor" role="group" aria-label={t("photo.crop-the-photo")}>
      <h2>{t("photo.put-the-square-around")}</h2>
      <div class="photo-grid">
        <div
          ref={stage}
          class="photo-stage"
          data-testid="photo-stage"
          style={{ aspectRatio: `${width} / ${height}`, "--ratio": String(width / height) }}
          onPointerDown={onDown}
          onPointerMove={onMove}
          onPointerUp={onUp}
          onPointerCancel={onUp}>
          <canvas ref={canvas} class="photo-canvas" aria-hidden="true" />
          <div
            ref={box}
            class="crop-box"
            data-testid="crop-box"
            tabIndex={0}
            role="application"
            aria-roledescription={t("photo.crop-square")}
            aria-label={t("photo.square-on-the-photo")}
            aria-describedby={help}
            data-x={String(square.x)}
            data-y={String(square.y)}
            data-size={String(square.size)}
            onKeyDown={onKey}
            style={{ left: share(square.x, photo.width), top: share(square.y, photo.height), width: share(square.size, photo.width) }}>
            <span ref={handle} class="crop-handle" aria-hidden="true" />
          </div>
        </div>
        <div class="photo-side">
          <div class="preview-row">
            <div class="frame frame-small">
              <canvas
                ref={preview}
                class="pixels"
                data-testid="crop-preview"
                width={PREVIEW}
                height={PREVIEW}
                role="img"
                aria-label={t("photo.the-square-as-the")}
              />
            </div>
            <p class="fine" data-testid="crop-words">
              {t("photo.pixels-from-the-left", ...placeOf(square))}
            </p>
          </div>
          <div class="field field-slider">
            <label for={slider}>{t("photo.size")}</label>
            <input
              type="range"
              id={slider}
              data-testid="crop-size"
              min={Math.min(LEAST, photo.width, photo.height)}
              max={Math.min(photo.width, photo.height)}
              step={1}
              value={Math.round(square.size)}
              onInput={(event) => put(resized(square, Number(event.currentTarget.value)))}
            />
          </div>
          <div class="buttons">
            <Button testid="crop-apply" kind="primary" onClick={use}>
              {t("photo.use-this-square")}
            </Button>
            <Button testid="crop-cancel" onClick={close}>
              {t("photo.close")}
            </Button>
          </div>
          <p class="fine" id={help}>
            {t("photo.drag-the-square-or")}
          </p>
        </div>
      </div>
    </div>
  );
}

const numbers = new WeakMap<PhotoEvent, number>();
let last = 0;
/** Another photo is another editor. */
function numberOf(photo: PhotoEvent): number {
  const known = numbers.get(photo) ?? (last += 1);
  numbers.set(photo, known);
  return known;
}

export function Photo() {
  const [photo] = usePick((state) => [state.photo] as const);
  // Tests and styles look for the editor whether or not there is a photo.
  return photo ? <Editor key={numberOf(photo)} photo={photo} /> : <div class="photo-editor" data-testid="photo-editor" hidden />;
}
