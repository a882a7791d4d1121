// What the camera sees, read as it comes: switched on by a click, and off when one stops it, leaves, or hides the page. No frame is kept.

import { useEffect, useRef, useState } from "preact/hooks";
import { busy, facts, hasPurifier } from "../../state/select.js";
import { smoothed, topOf, type Smoothed } from "../../state/smooth.js";
import type { ReadEvent, Score } from "../../state/types.js";
import { Button } from "../../ui/elements.js";
import { Pixels, looseCanvas } from "../../ui/pixels.js";
import { fixed } from "../../words/format.js";
import { t, type Key } from "../../words/i18n.js";
import { useApp } from "../app.js";
import { TopBars } from "../shared/bars.js";
import { Field, Fixed, Tick } from "../shared/fields.js";
import { usePick } from "../shared/store.js";

/** The guide square, as a part of the shorter side of the picture. */
const GUIDE = 0.7;
/** How many readings the rate is taken over. */
const RATED = 20;

interface Reading { read: ReadEvent; top: Score[]; perSecond: number }

/** The pixels in the guide square. */
function squareOf(video: HTMLVideoElement, canvas: HTMLCanvasElement): Uint8Array<ArrayBuffer> | null {
  const { videoWidth: width, videoHeight: height } = video;
  const context = canvas.getContext("2d", { willReadFrequently: true, alpha: false });
  if (!context || width === 0) return null;
  const side = Math.min(width, height) * GUIDE;
  context.imageSmoothingQuality = "high";
  context.drawImage(video, (width - side) / 2, (height - side) / 2, side, side, 0, 0, canvas.width, canvas.height);
  return new Uint8Array(context.getImageData(0, 0, canvas.width, canvas.height).data);
}

/** Reads for as long as it is on. */
function useReadings(on: boolean, said: (key: Key) => void, off: () => void) {
  const { store, actions } = useApp();
  const video = useRef<HTMLVideoElement>(null);
  const [reading, setReading] = useState<Reading | null>(null);
  const wish = useRef({ attacked: false, purified: false });
  useEffect(() => {
    if (!on) return undefined;
    let stream: MediaStream | null = null;
    let ended = false;
    const canvas = looseCanvas();
    let mean: Smoothed = new Map();
    const times: number[] = [];
    const stop = () => {
      ended = true;
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    async function read() {
      const shown = video.current;
      const rgba = shown ? squareOf(shown, canvas) : null;
      if (!rgba) return;
      const { attacked, purified } = wish.current;
      const epsilon = attacked ? Number(store.get().settings["attack.epsilon"]) / 255 : null;
      const found = await actions.read(rgba, epsilon, purified);
      if (!found || ended) return;
      times.push(performance.now());
      while (times.length > RATED) times.shift();
      const [first = 0] = times;
      const last = times[times.length - 1] ?? first;
      mean = smoothed(mean, found.seen.top);
      setReading({ read: found, top: topOf(mean), perSecond: last > first ? ((times.length - 1) * 1000) / (last - first) : 0 });
    }
    async function begin() {
      said("live.asking");
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
        if (ended || !video.current) {
          stop();
          return;
        }
        video.current.srcObject = stream;
        await video.current.play();
        said("live.on");
      } catch {
        said("camera.refused");
        off();
        return;
      }
      while (!ended) {
        await read();
        // One picture is read once, and the page breathes between two.
        await new Promise((next) => { requestAnimationFrame(next); });
      }
    }
    void begin();
    document.addEventListener("visibilitychange", off);
    return () => {
      document.removeEventListener("visibilitychange", off);
      stop();
      setReading(null);
    };
  }, [on]);
  return { video, reading, wish };
}

export function Live() {
  const [on, setOn] = useState(false);
  const [said, setSaid] = useState<Key>("live.words");
  const [attacked, setAttacked] = useState(false);
  const [purified, setPurified] = useState(false);
  const [trained, purifier, here, classes, waiting] = usePick((state) =>
    [facts(state).trained, hasPurifier(state), state.place === "sticker", state.classes, busy(state) || state.device.phase !== "ready"] as const);
  const { video, reading, wish } = useReadings(on, setSaid, () => setOn(false));
  wish.current = { attacked, purified: purified && purifier };
  useEffect(() => {
    if (!here) setOn(false);
  }, [here]);
  const { read } = reading ?? {};
  return (
    <section class="live" aria-labelledby="live-title">
      <h2 id="live-title">{t("live.title")}</h2>
      <p class="fine" data-testid="live-words">
        {t(said)}
      </p>
      <div class="buttons">
        <Button testid="live-start" disabled={on || !trained || waiting} onClick={() => setOn(true)}>
          {t("live.start")}
        </Button>
        <Button testid="live-stop" hidden={!on} onClick={() => setOn(false)}>
          {t("live.stop")}
        </Button>
      </div>
      <div class="live-stage" hidden={!on}>
        <div class="live-picture">
          <video ref={video} class="camera" data-testid="live-video" playsInline muted autoPlay aria-label={t("camera.view")} />
          <div class="live-guide" aria-hidden="true" />
        </div>
        <div class="live-side">
          <TopBars label={t("live.reads")} testid="live-top" top={reading?.top} classes={classes} />
          <p class="fine" data-testid="live-rate" data-value={reading ? String(reading.perSecond) : ""}>
            {reading ? t("live.rate", fixed(reading.perSecond, 0)) : "\u00a0"}
          </p>
          <Tick testid="live-attacked" id="live-attacked" value="attacked" checked={attacked} disabled={false} onChange={setAttacked}>
            {t("live.attacked")}
          </Tick>
          <Fixed>
            <Field name="attack.epsilon" again="live-" hidden={!attacked} />
          </Fixed>
          <Tick testid="live-purified" id="live-purified" value="purified" checked={purified} disabled={!purifier} onChange={setPurified}>
            {t("live.purified")}
          </Tick>
          <div class="live-pictures">
            {([["live.as-seen", read?.seen], ["live.as-attacked", read?.attacked], ["live.as-purified", read?.purified]] as const).map(([key, seen]) =>
              seen ? (
                <figure key={key} data-testid={key.replace(".", "-")} data-value={seen.top[0]?.class}>
                  <Pixels label={t(key)} picture={seen.picture} />
                  <figcaption>{t(key)}</figcaption>
                  <TopBars label={t(key)} testid={`${key.replace(".", "-")}-top`} top={seen.top.slice(0, 1)} classes={classes} />
                </figure>
              ) : null,
            )}
          </div>
        </div>
      </div>
    </section>
  );
}
