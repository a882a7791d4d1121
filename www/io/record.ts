// Records of pictures and figures, written and read again. What is read is not to be trusted: sizes and kinds are checked, and
// settings go through the one table.

import type { FigureRecord, OutcomeReport } from "../engine/protocol.js";
import { isObject } from "./loose.js";

const SCHEMA = "fool-the-sign/picture/1";
const MOST_BYTES = 4_000_000;
const MOST_FIGURES = 2000;
const MOST_IMAGE = 20_000;

export interface PictureRecord { link: string; image: Uint8Array<ArrayBuffer> | null }
export type Found = { kind: "figures"; records: FigureRecord[] } | { kind: "picture"; picture: PictureRecord } | { kind: "unknown" };

export const fromBase64 = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
/** Fit for an address. */
export const toBase64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

export interface About { link: string; version: string; model: string; subject: string; image: Uint8Array | null }

/** As JSON text. */
export function pictureRecord(outcome: OutcomeReport, { link, version, model, subject, image }: About): string {
  const { attack, printed, goal, defense, knowledge, label, success, success_8bit, l0, l2, linf, original, adversarial } = outcome;
  return `${JSON.stringify({
    schema: SCHEMA, version, model, subject, link, attack, printed, goal, defense, knowledge, source: label, success, success_8bit, l0, l2, linf,
    answers: { original: original.top, adversarial: adversarial.top }, image: image ? toBase64(image) : null,
  }, null, 2)}\n`;
}

/** Any record, as far as nothing is known of it. */
const isNamed = (value: unknown): boolean => isObject(value) && typeof value["name"] === "string";

const isFigure = (one: unknown): one is FigureRecord => isObject(one) && String(one["schema"]).startsWith("fool-the-sign/record/")
  && typeof one["model"] === "string"
  && isNamed(one["attack"]) && isNamed(one["defense"]) && typeof one["n"] === "number" && typeof one["metric"] === "string"
  && (one["value"] == null || typeof one["value"] === "number");

export async function readRecord(file: Blob): Promise<Found> {
  try {
    if (file.size > MOST_BYTES) return { kind: "unknown" };
    const found: unknown = JSON.parse(await file.text());
    if (Array.isArray(found)) {
      const records = found.slice(0, MOST_FIGURES).filter(isFigure);
      return records.length > 0 ? { kind: "figures", records } : { kind: "unknown" };
    }
    if (!isObject(found) || found["schema"] !== SCHEMA || typeof found["link"] !== "string") return { kind: "unknown" };
    const { link, image } = found;
    return { kind: "picture", picture: { link, image: typeof image === "string" && image.length < MOST_IMAGE ? fromBase64(image) : null } };
  } catch {
    return { kind: "unknown" };
  }
}
