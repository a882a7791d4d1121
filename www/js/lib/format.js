// Numbers as people read them. No line break between a figure and its sign.

/** @param {number} p a probability @returns {string} */
export function percent(p) {
  const value = p * 100;
  if (value > 0 && value < 0.1) return "<\u00a00.1\u00a0%";
  return `${value >= 99.95 ? "100" : value.toFixed(1)}\u00a0%`;
}

/** @param {number} value @param {number} [digits] significant digits @returns {string} */
export function short(value, digits = 3) {
  if (!Number.isFinite(value)) return "–";
  if (value === 0) return "0";
  const size = Math.abs(value);
  return size >= 1e5 || size < 1e-4 ? value.toExponential(digits - 1) : String(Number(value.toPrecision(digits)));
}

const whole = new Intl.NumberFormat("en");
/** @param {number} value @returns {string} */
export const count = (value) => whole.format(Math.round(value));

/** @param {number | null} seconds @returns {string} */
export function timeLeft(seconds) {
  if (seconds === null || !Number.isFinite(seconds)) return "";
  if (seconds < 1.5) return "about a second left";
  if (seconds < 90) return `about ${Math.ceil(seconds)} s left`;
  if (seconds < 5400) return `about ${Math.ceil(seconds / 60)} min left`;
  return `about ${(seconds / 3600).toFixed(1)} h left`;
}

/** @param {string[]} classes @param {number} index @returns {string} */
export const className = (classes, index) => classes[index] ?? `Class ${index}`;
