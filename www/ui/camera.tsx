// One picture from the camera: asked for by a click, shown before it is taken, and every track stopped as soon as it is.

import { useEffect, useRef, useState } from "preact/hooks";
import { ppm } from "../io/png.js";
import { canvasOf, readBack } from "../io/readback.js";
import { t, type Key } from "../words/i18n.js";
import { Panel } from "./dialog.js";
import { Button } from "./elements.js";
import { useVoice } from "./voice.js";

/** `take` gets nothing where the browser does not let the page see what the camera sees. */
export function Camera({ close, take }: { close: () => void; take: (photo: File | null) => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const shutter = useRef<HTMLButtonElement>(null);
  const stop = useRef(() => {});
  const [said, setSaid] = useState<Key>("camera.asking");
  const [ready, setReady] = useState(false);

  useEffect(() => {
    let stream: MediaStream | null = null;
    let closed = false;
    stop.current = () => {
      closed = true;
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    async function begin() {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
        if (closed) {
          stop.current();
          return;
        }
        if (!video.current) return;
        video.current.srcObject = stream;
        await video.current.play();
        setReady(true);
        setSaid("camera.words");
      } catch {
        if (!closed) setSaid("camera.refused");
      }
    }
    void begin();
    return () => stop.current();
  }, []);
  useEffect(() => {
    if (ready) shutter.current?.focus();
  }, [ready]);

  useVoice(() => t(said), [said]);

  async function shoot() {
    const shown = video.current;
    if (!shown) return;
    const canvas = canvasOf(shown.videoWidth, shown.videoHeight);
    canvas.getContext("2d", { alpha: false })?.drawImage(shown, 0, 0);
    stop.current();
    close();
    const shot = await readBack(canvas);
    take(shot && new File([ppm(shot)], `${t("camera.name")}.ppm`));
  }

  return (
    <Panel name="camera" title={t("camera.title")} close={close}>
      <video ref={video} class="camera" data-testid="camera-video" playsInline muted autoPlay aria-label={t("camera.view")} />
      <p data-testid="camera-words">
        {t(said)}
      </p>
      <div class="buttons">
        <Button of={shutter} testid="camera-take" kind="primary" disabled={!ready} onClick={() => void shoot()}>
          {t("camera.take")}
        </Button>
      </div>
    </Panel>
  );
}
