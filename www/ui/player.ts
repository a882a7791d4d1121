// Plays the pictures of an attack one after another, so that a change that took the engine a blink can be watched.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
/** Longest time of one picture, in milliseconds. */
const LONGEST = 250;

export interface Player {
  at: number;
  running: boolean;
  play(): void;
  stop(): void;
  seek(index: number): void;
}

/**
 * `count` pictures, of which all are there if `complete`, shown within `seconds`, each at most a quarter of a second.
 * Where movement is not wanted the last one is shown at once.
 */
export function usePlayer(count: number, complete: boolean, seconds: number, ended: () => void = () => {}): Player {
  const [at, setAt] = useState(0);
  const [running, setRunning] = useState(false);
  const now = useRef({ count, complete, at, ended });
  now.current.count = count;
  now.current.complete = complete;
  now.current.ended = ended;

  const controls = useMemo(() => {
    const put = (index: number) => {
      now.current.at = index;
      setAt(index);
    };
    return {
      put,
      play() {
        if (calm()) {
          put(Math.max(0, now.current.count - 1));
          now.current.ended();
          return;
        }
        if (now.current.at >= now.current.count - 1) put(0);
        setRunning(true);
      },
      stop: () => setRunning(false),
      seek(index: number) {
        setRunning(false);
        put(index);
      },
    };
  }, []);

  useEffect(() => {
    if (!running) return undefined;
    let last = performance.now();
    let frame = 0;
    function tick(time: number) {
      const each = Math.min(LONGEST, (seconds * 1000) / Math.max(1, now.current.count));
      if (time - last >= each) {
        const steps = Math.max(1, Math.floor((time - last) / each));
        last = time;
        controls.put(Math.max(0, Math.min(now.current.count - 1, now.current.at + steps)));
        if (now.current.at >= now.current.count - 1 && now.current.complete) {
          setRunning(false);
          now.current.ended();
          return;
        }
      }
      frame = requestAnimationFrame(tick);
    }
    frame = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(frame);
  }, [running, seconds]);

  return { at: Math.min(at, Math.max(0, count - 1)), running, play: controls.play, stop: controls.stop, seek: controls.seek };
}
