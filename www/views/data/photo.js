// Places the square on an uploaded picture: by pointer, by touch, by keyboard, or by the size slider.

/** @import { App } from "../app.js" */
/** @import { PhotoEvent, Square } from "../../state/types.js" */
import { button, h, newId, show, text } from "../../ui/dom.js";
import { paint, pixelCanvas } from "../../ui/pixels.js";
import { t } from "../../words/i18n.js";

const LEAST = 8;

/** @param {HTMLElement} place @param {App} app */
export function mountPhoto(place, { store, actions }) {
  const canvas = h("canvas", { class: "photo-canvas", attrs: { "aria-hidden": true } });
  const handle = h("span", { class: "crop-handle", attrs: { "aria-hidden": true } });
  const helpId = newId("crop-help");
  const box = h("div", { class: "crop-box", testid: "crop-box", attrs: { tabindex: 0, role: "application", "aria-roledescription": t("photo.crop-square"), "aria-label": t("photo.square-on-the-photo"), "aria-describedby": helpId } }, handle);
  const stage = h("div", { class: "photo-stage", testid: "photo-stage" }, canvas, box);
  const preview = pixelCanvas(t("photo.the-square-as-the"), "crop-preview");
  const words = h("p", { class: "fine", testid: "crop-words", attrs: { "aria-live": "polite" } });
  const size = h("input", { testid: "crop-size", attrs: { type: "range", id: newId("crop-size"), min: LEAST, step: 1 }, on: { input: () => resize(Number(size.value)) } });
  const apply = button(t("photo.use-this-square"), { testid: "crop-apply", kind: "primary", onClick: () => actions.crop(square) });
  const editor = h("div", { class: "photo-editor", testid: "photo-editor", attrs: { role: "group", "aria-label": t("photo.crop-the-photo"), hidden: true } },
    h("h2", {}, t("photo.put-the-square-around")),
    h("div", { class: "photo-grid" }, stage, h("div", { class: "photo-side" },
      h("div", { class: "preview-row" }, h("div", { class: "frame frame-small" }, preview), words),
      h("div", { class: "field field-slider" }, h("label", { attrs: { for: size.id } }, t("photo.size")), size),
      h("div", { class: "buttons" }, apply, button(t("photo.close"), { testid: "crop-cancel", onClick: () => actions.closePhoto() })),
      h("p", { class: "fine", attrs: { id: helpId } }, t("photo.drag-the-square-or")))));
  place.append(editor);

  /** @type {PhotoEvent | null} */
  let photo = null;
  /** @type {Square} */
  let square = { x: 0, y: 0, size: LEAST };

  /** Keeps the square inside the picture and shows it. @param {Square} wish */
  function put(wish) {
    if (!photo) return;
    const largest = Math.min(photo.width, photo.height);
    const side = Math.min(largest, Math.max(Math.min(LEAST, largest), wish.size));
    square = {
      size: side,
      x: Math.min(photo.width - side, Math.max(0, wish.x)),
      y: Math.min(photo.height - side, Math.max(0, wish.y)),
    };
    box.style.setProperty("left", `${(100 * square.x) / photo.width}%`);
    box.style.setProperty("top", `${(100 * square.y) / photo.height}%`);
    box.style.setProperty("width", `${(100 * side) / photo.width}%`);
    size.value = String(Math.round(side));
    box.dataset["x"] = String(square.x);
    box.dataset["y"] = String(square.y);
    box.dataset["size"] = String(side);
    text(words, t("photo.pixels-from-the-left", Math.round(side), Math.round(side), Math.round(square.x), Math.round(square.y)));
    const context = preview.getContext("2d");
    if (!context) return;
    const scale = canvas.width / photo.width;
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = "high";
    context.drawImage(canvas, square.x * scale, square.y * scale, side * scale, side * scale, 0, 0, preview.width, preview.height);
  }
  /** Around its centre. @param {number} side */
  function resize(side) {
    const half = (square.size - side) / 2;
    put({ x: square.x + half, y: square.y + half, size: side });
  }

  /** @type {{ id: number, mode: "move" | "size", x: number, y: number, from: Square } | null} */
  let drag = null;
  stage.addEventListener("pointerdown", (event) => {
    if (!photo || event.button !== 0) return;
    const rect = stage.getBoundingClientRect();
    const scale = photo.width / rect.width;
    const x = (event.clientX - rect.left) * scale;
    const y = (event.clientY - rect.top) * scale;
    const inside = box.contains(/** @type {Node} */ (event.target));
    if (!inside) put({ x: x - square.size / 2, y: y - square.size / 2, size: square.size });
    drag = { id: event.pointerId, mode: event.target === handle ? "size" : "move", x: event.clientX, y: event.clientY, from: square };
    stage.setPointerCapture(event.pointerId);
    box.focus({ preventScroll: true });
    event.preventDefault();
  });
  stage.addEventListener("pointermove", (event) => {
    if (!drag || !photo || event.pointerId !== drag.id) return;
    const scale = photo.width / stage.getBoundingClientRect().width;
    const dx = (event.clientX - drag.x) * scale;
    const dy = (event.clientY - drag.y) * scale;
    const { from } = drag;
    if (drag.mode === "move") put({ ...from, x: from.x + dx, y: from.y + dy });
    else put({ x: from.x, y: from.y, size: Math.min(from.size + Math.max(dx, dy), photo.width - from.x, photo.height - from.y) });
  });
  for (const name of ["pointerup", "pointercancel"]) stage.addEventListener(name, () => { drag = null; });

  box.addEventListener("keydown", (event) => {
    if (!photo || event.ctrlKey || event.metaKey || event.altKey) return;
    const unit = Math.max(1, Math.round(photo.width / 200)) * (event.shiftKey ? 10 : 1);
    const { x, y, size: side } = square;
    switch (event.key) {
      case "ArrowLeft": put({ ...square, x: x - unit }); break;
      case "ArrowRight": put({ ...square, x: x + unit }); break;
      case "ArrowUp": put({ ...square, y: y - unit }); break;
      case "ArrowDown": put({ ...square, y: y + unit }); break;
      case "+": case "=": resize(side + 2 * unit); break;
      case "-": case "_": case "−": resize(side - 2 * unit); break;
      case "Enter": actions.crop(square); break;
      case "Escape": actions.closePhoto(); break;
      default: return;
    }
    event.preventDefault();
  });

  store.watch((state) => [state.photo], (value) => {
    photo = value;
    show(editor, value !== null);
    if (!value) return;
    paint(canvas, value.preview);
    stage.style.setProperty("aspect-ratio", `${value.preview.width} / ${value.preview.height}`);
    stage.style.setProperty("--ratio", String(value.preview.width / value.preview.height));
    size.max = String(Math.min(value.width, value.height));
    size.min = String(Math.min(LEAST, value.width, value.height));
    put(value.square);
    editor.scrollIntoView({ block: "nearest" });
    box.focus({ preventScroll: true });
  });
}
