// The picture the network looks at, its answer, and the 43 signs to pick from.

/** @import { App } from "../app.js" */
import { busy, held } from "../../state/events.js";
import { tagsFor, topBars } from "../../ui/bars.js";
import { button, h, show, text } from "../../ui/dom.js";
import { errorSlot } from "../../ui/messages.js";
import { openCamera } from "../../ui/camera.js";
import { field } from "../../ui/fields.js";
import { paint, pixelCanvas } from "../../ui/pixels.js";
import { signGrid } from "../../ui/signs.js";
import { className } from "../../words/format.js";
import { t } from "../../words/i18n.js";

/** @param {HTMLElement} place @param {App} app */
export function mountSubject(place, { store, actions }) {
  const canvas = pixelCanvas(t("subject.the-picture-that-the"), "subject-canvas");
  const name = h("p", { class: "subject-name", testid: "subject-name" });
  const verdict = h("p", { class: "verdict", testid: "subject-verdict" });
  const bars = topBars(t("subject.what-the-network-sees"), "subject-top");
  const another = button(t("subject.another-picture"), { testid: "another-picture", onClick: () => actions.anotherPicture(), title: t("subject.the-same-sign-seen") });
  const seed = field(store, "sign.seed", { disabled: (state) => held(state) || state.device.phase !== "ready" });
  seed.classList.add("field-inline");
  seed.querySelector("input")?.addEventListener("change", () => actions.redraw());

  const input = h("input", { class: "hidden", testid: "upload-input", attrs: { type: "file", id: "upload", multiple: true, accept: "image/png,image/jpeg,image/webp,image/x-portable-pixmap,.png,.jpg,.jpeg,.webp,.ppm" }, on: { change: () => {
    void actions.openFiles(Array.from(input.files ?? []));
    input.value = "";
  } } });
  const upload = h("label", { class: "button", testid: "upload-button", attrs: { for: "upload" } }, t("subject.choose-a-photo"));
  const camera = button(t("camera.open"), { testid: "camera-open", onClick: () => void openCamera((photo) => void actions.upload(photo)) });
  const nextPhoto = button("", { testid: "photo-next", onClick: () => void actions.nextPhoto() });
  store.watch((state) => [state.photos, held(state)], (photos, off) => {
    show(nextPhoto, photos.length > 0);
    text(nextPhoto, t("photo.next", photos.length));
    nextPhoto.disabled = off;
  });

  const grid = signGrid(t("subject.the-43-signs-pick"), "legend", (index) => actions.pickSign(index));
  // A data set of one's own has classes that nobody has drawn: they are picked by name.
  const named = h("select", { testid: "class-select", attrs: { "aria-label": t("subject.take-another-sign") }, on: { change: () => actions.pickSign(Number(named.value)) } });
  store.watch((state) => [state.data, state.classes], (data, classes) => {
    const signs = data?.signs ?? true;
    show(grid.element, signs);
    show(named, !signs);
    named.replaceChildren(...(signs ? [] : classes.map((name, index) => h("option", { attrs: { value: index } }, name))));
  });

  place.append(h("div", { class: "pick-grid" },
    h("div", { class: "subject" }, h("div", { class: "frame" }, canvas), name),
    h("div", { class: "answer" }, h("h2", {}, t("subject.what-the-network-sees-2")), verdict, bars.element),
    h("div", { class: "subject-more" }, another, seed),
    h("div", { class: "legend" }, h("h2", {}, t("subject.take-another-sign")), grid.element, named,
      h("div", { class: "own", attrs: { "data-teach": "own" } }, h("h2", {}, t("subject.or-a-photo-of")), h("div", { class: "upload-row" }, h("span", { class: "buttons" }, input, upload, camera, nextPhoto), h("p", { class: "fine" }, t("subject.png-jpeg-webp-or")))),
      errorSlot(store, "subject", "photo"))));

  store.watch((state) => [state.subject, state.classes, state.subjectName, state.trained, busy(state) && state.job?.job === "train"], (subject, classes, subjectName, trained, learning) => {
    paint(canvas, subject?.seen.picture);
    const label = subject?.label ?? null;
    text(name, subject ? (label !== null ? className(classes, label) : subjectName()) : " ");
    name.dataset["value"] = label === null ? "" : String(label);
    bars.show(subject?.seen.top, classes, tagsFor(label));
    const best = subject?.seen.top[0];
    const right = label === null || best?.class === label;
    text(verdict, !subject || !best ? " " : learning ? t("subject.still-learning") : !trained ? t("subject.untrained-these-are-guesses")
      : label === null ? t("subject.this-is-what-it") : right ? t("subject.it-reads-the-sign") : t("subject.it-reads-another-sign"));
    verdict.dataset["tone"] = !subject || !trained || learning || label === null ? "" : right ? "good" : "bad";
    verdict.dataset["trained"] = String(trained);
  });
  store.watch((state) => [state.settings["sign.class"], state.classes, held(state) || state.device.phase !== "ready"], (index, classes, off) => {
    grid.show(Number(index), classes, off);
    named.value = String(Number(index) % Math.max(1, classes.length));
    named.disabled = off;
    another.disabled = off;
    input.disabled = off;
    upload.classList.toggle("is-disabled", off);
  });
}
