// The picture the network looks at, its answer, and the 43 signs to pick from.

/** @import { App } from "./app.js" */
import { busy, held } from "../state/events.js";
import { tagsFor, topBars } from "../lib/bars.js";
import { button, h, show, text } from "../lib/dom.js";
import { errorSlot } from "../lib/messages.js";
import { takeFiles } from "../lib/files.js";
import { field } from "../lib/fields.js";
import { paint, pixelCanvas } from "../lib/pixels.js";
import { signGrid } from "../lib/signs.js";
import { className } from "../lib/format.js";

/** @param {HTMLElement} place @param {App} app */
export function mountSubject(place, { store, actions }) {
  const canvas = pixelCanvas("The picture that the network looks at", "subject-canvas");
  const name = h("p", { class: "subject-name", testid: "subject-name" });
  const verdict = h("p", { class: "verdict", testid: "subject-verdict" });
  const bars = topBars("What the network sees: the five most probable signs", "subject-top");
  const another = button("Another picture", { testid: "another-picture", onClick: () => actions.anotherPicture(), title: "The same sign, seen differently" });
  const seed = field(store, "sign.seed", { disabled: (state) => held(state) || state.device.phase !== "ready" });
  seed.classList.add("field-inline");
  seed.querySelector("input")?.addEventListener("change", () => actions.redraw());

  const input = h("input", { class: "hidden", testid: "upload-input", attrs: { type: "file", id: "upload", accept: "image/png,image/jpeg,image/webp,image/x-portable-pixmap,.png,.jpg,.jpeg,.webp,.ppm" }, on: { change: () => {
    const file = input.files?.[0];
    if (file) void actions.upload(file);
    input.value = "";
  } } });
  const upload = h("label", { class: "button", testid: "upload-button", attrs: { for: "upload" } }, "Choose a photo");
  const curtain = h("div", { class: "drop-curtain", attrs: { hidden: true, "aria-hidden": true } }, h("p", {}, "Drop a picture or a data set anywhere"));
  document.body.append(curtain);
  takeFiles((file) => void actions.upload(file), (files) => actions.openData(files), (over) => show(curtain, over));

  const grid = signGrid("The 43 signs: pick one", "legend", (index) => actions.pickSign(index));

  place.append(h("div", { class: "pick-grid" },
    h("div", { class: "subject" }, h("div", { class: "frame" }, canvas), name),
    h("div", { class: "answer" }, h("h3", {}, "What the network sees"), verdict, bars.element),
    h("div", { class: "subject-more" }, another, seed),
    h("div", { class: "legend" }, h("h3", {}, "Take another sign"), grid.element,
      h("h3", {}, "Or a photo of your own"),
      h("div", { class: "upload-row" }, h("span", {}, input, upload), h("p", { class: "fine" }, "PNG, JPEG, WebP or PPM, up to 20 MB. You can also drop it on the page or paste it.")),
      errorSlot(store, "subject", "photo"))));

  store.watch((state) => [state.subject, state.classes, state.subjectName, state.trained, busy(state) && state.job?.job === "train"], (subject, classes, subjectName, trained, learning) => {
    paint(canvas, subject?.seen.picture);
    const label = subject?.label ?? null;
    text(name, subject ? (label !== null ? className(classes, label) : subjectName) : " ");
    name.dataset["value"] = label === null ? "" : String(label);
    bars.show(subject?.seen.top, classes, tagsFor(label));
    const best = subject?.seen.top[0];
    const right = label === null || best?.class === label;
    text(verdict, !subject || !best ? " " : learning ? "Still learning." : !trained ? "Untrained: these are guesses."
      : label === null ? "This is what it reads in your photo." : right ? "It reads the sign correctly." : "It reads another sign.");
    verdict.dataset["tone"] = !subject || !trained || learning || label === null ? "" : right ? "good" : "bad";
    verdict.dataset["trained"] = String(trained);
  });
  store.watch((state) => [state.settings["sign.class"], state.classes, held(state) || state.device.phase !== "ready"], (index, classes, off) => {
    grid.show(Number(index), classes, off);
    another.disabled = off;
    input.disabled = off;
    upload.classList.toggle("is-disabled", off);
  });
}
