// How fast the running job is, from the times at which its events were sent. One job runs at a time, so one of these is enough.

const WINDOW_MS = 4000;
const LEAST_MS = 250;

/** @type {{ at: number, done: number }[]} */
let samples = [];

export const meanRate = {
  /** Forget the samples: a job begins, or goes on after a pause that is not to count as slowness. */
  clear() {
    samples = [];
  },
  /**
   * @param {number} at milliseconds
   * @param {number} done steps
   * @returns {number | null} steps a second; none while there is too little to go by
   */
  add(at, done) {
    samples.push({ at, done });
    while (samples.length > 2 && at - (samples[0]?.at ?? at) > WINDOW_MS) samples.shift();
    const first = samples[0];
    if (!first || at - first.at < LEAST_MS || done <= first.done) return null;
    return ((done - first.done) * 1000) / (at - first.at);
  },
};
