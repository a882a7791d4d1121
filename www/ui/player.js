// Plays the pictures of an attack one after another, so that a change that took the engine a blink can be watched.

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** @typedef {ReturnType<typeof createPlayer>} Player */

/**
 * @param {(index: number) => void} draw
 * @param {{ seconds: number, ended?: () => void }} options how long all pictures take together, at most a quarter of a second each
 */
export function createPlayer(draw, { seconds, ended }) {
  let count = 0;
  let at = 0;
  let running = false;
  let last = 0;
  /** Whether no more pictures will come. */
  let complete = true;

  /** @param {number} now */
  function tick(now) {
    if (!running) return;
    const each = Math.min(250, (seconds * 1000) / Math.max(1, count));
    if (now - last >= each) {
      const steps = Math.max(1, Math.floor((now - last) / each));
      last = now;
      const next = Math.min(count - 1, at + steps);
      if (next !== at || at === 0) draw((at = Math.max(0, next)));
      if (at >= count - 1 && complete) {
        running = false;
        ended?.();
        return;
      }
    }
    requestAnimationFrame(tick);
  }
  return {
    get at() { return at; },
    get running() { return running; },
    /** @param {number} pictures there are @param {boolean} all whether no more will come */
    has(pictures, all) {
      count = pictures;
      complete = all;
    },
    play() {
      if (calm()) {
        at = Math.max(0, count - 1);
        draw(at);
        ended?.();
        return;
      }
      if (at >= count - 1) at = 0;
      running = true;
      last = performance.now();
      requestAnimationFrame(tick);
    },
    stop() { running = false; },
    /** @param {number} index */
    seek(index) {
      running = false;
      at = index;
      draw(at);
    },
    rewind() {
      running = false;
      at = 0;
    },
  };
}
