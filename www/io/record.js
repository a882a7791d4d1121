// Records of pictures and figures, written and read again. What is read is not to be trusted: sizes and kinds are checked, and
// settings go through the one table.

/** @import { FigureRecord, OutcomeReport } from "../state/types.js" */

const SCHEMA = "fool-the-sign/picture/1";
const MOST_BYTES = 4_000_000;
const MOST_FIGURES = 2000;
const MOST_IMAGE = 20_000;

/** @typedef {{ link: string, image: Uint8Array<ArrayBuffer> | null }} PictureRecord */

/** @param {string} base64 @returns {Uint8Array<ArrayBuffer>} */
export const fromBase64 = (base64) => Uint8Array.from(atob(base64.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
/** @param {Uint8Array} bytes @returns {string} fit for an address */
export const toBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

/**
 * @param {OutcomeReport} outcome @param {{ link: string, version: string, model: string, subject: string, image: Uint8Array | null }} about
 * @returns {string} JSON text
 */
export function pictureRecord({ attack, printed, goal, defense, knowledge, label, success, success_8bit, l0, l2, linf, original, adversarial }, { link, version, model, subject, image }) {
  return `${JSON.stringify({
    schema: SCHEMA, version, model, subject, link, attack, printed, goal, defense, knowledge, source: label, success, success_8bit, l0, l2, linf,
    answers: { original: original.top, adversarial: adversarial.top }, image: image ? toBase64(image) : null,
  }, null, 2)}\n`;
}

/** @param {any} one @returns {one is FigureRecord} */
const isFigure = (one) => typeof one === "object" && one !== null && String(one.schema).startsWith("fool-the-sign/record/") && typeof one.model === "string"
  && typeof one.attack?.name === "string" && typeof one.defense?.name === "string" && typeof one.n === "number" && typeof one.metric === "string"
  && (one.value == null || typeof one.value === "number");

/** @param {Blob} file @returns {Promise<{ kind: "figures", records: FigureRecord[] } | { kind: "picture", picture: PictureRecord } | { kind: "unknown" }>} */
export async function readRecord(file) {
  try {
    if (file.size > MOST_BYTES) return { kind: "unknown" };
    const found = JSON.parse(await file.text());
    if (Array.isArray(found)) {
      const records = found.slice(0, MOST_FIGURES).filter(isFigure);
      return records.length > 0 ? { kind: "figures", records } : { kind: "unknown" };
    }
    if (found?.schema !== SCHEMA || typeof found.link !== "string") return { kind: "unknown" };
    const image = typeof found.image === "string" && found.image.length < MOST_IMAGE ? fromBase64(found.image) : null;
    return { kind: "picture", picture: { link: found.link, image } };
  } catch {
    return { kind: "unknown" };
  }
}
