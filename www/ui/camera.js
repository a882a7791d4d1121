// One picture from the camera: asked for by a click, shown before it is taken, and every track stopped as soon as it is.

import { openDialog } from "./dialog.js";
import { button, h, text } from "./dom.js";
import { t } from "../words/i18n.js";

/** @param {(photo: File) => void} take */
export async function openCamera(take) {
  const video = h("video", { class: "camera", testid: "camera-video", attrs: { playsinline: true, muted: true, autoplay: true, "aria-label": t("camera.view") } });
  const said = h("p", { testid: "camera-words", attrs: { role: "status" } }, t("camera.asking"));
  const shutter = button(t("camera.take"), { testid: "camera-take", kind: "primary", onClick: () => void shoot() });
  shutter.disabled = true;
  /** @type {MediaStream | null} */
  let stream = null;
  let closed = false;
  const stop = () => { for (const track of stream?.getTracks() ?? []) track.stop(); };
  const dialog = openDialog("camera", t("camera.title"), video, said, h("div", { class: "buttons" }, shutter));
  dialog.addEventListener("close", () => {
    closed = true;
    stop();
  });
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    if (closed) {
      stop();
      return;
    }
    video.srcObject = stream;
    await video.play();
    shutter.disabled = false;
    text(said, t("camera.words"));
    shutter.focus();
  } catch {
    text(said, t("camera.refused"));
  }
  async function shoot() {
    const canvas = h("canvas", { attrs: { width: video.videoWidth, height: video.videoHeight } });
    canvas.getContext("2d")?.drawImage(video, 0, 0);
    stop();
    dialog.close();
    const blob = await new Promise((/** @type {(blob: Blob | null) => void} */ done) => { canvas.toBlob(done, "image/png"); });
    if (blob) take(new File([blob], `${t("camera.name")}.png`, { type: "image/png" }));
  }
}
