// Settings in the address: read once at the start, written back as they change. Only what differs from the default.

import { words, type Words } from "../words/say.js";
import { SCHEMA, admit, defaults } from "./schema.js";
import type { Settings } from "./types.js";

const LONGEST = 4096;

/**
 * @param search the query part of the address
 * @param speak is told the language before the first note is written
 */
export function readLink(search: string, speak: (choice: string) => void = () => {}): { settings: Settings; notes: Words[] } {
  const settings = defaults();
  const notes: Words[] = [];
  if (search.length > LONGEST) speak("auto");
  if (search.length > LONGEST) return { settings, notes: [words("link.the-link-is-longer")] };
  const query = new URLSearchParams(search);
  speak(String(admit("language", query.get("lang") ?? "auto").value));
  for (const [key, setting] of Object.entries(SCHEMA)) {
    const raw = query.get(setting.url);
    if (raw === null) continue;
    const { value, note } = admit(key, raw);
    settings[key] = value;
    if (note) notes.push(note);
  }
  return { settings, notes };
}

/** Whether the address says anything of the settings: what others put behind an address (`?fbclid=…`) is no link of this page. */
export function isLink(search: string): boolean {
  const query = new URLSearchParams(search.slice(0, LONGEST));
  return Object.values(SCHEMA).some(({ url }) => query.has(url));
}

/** The query part, with its question mark, or nothing. */
export function writeLink(settings: Settings): string {
  const query = new URLSearchParams();
  for (const [key, setting] of Object.entries(SCHEMA)) {
    const value = settings[key];
    if (value !== undefined && value !== setting.value) query.set(setting.url, value === true ? "1" : value === false ? "0" : String(value));
  }
  const text = query.toString();
  return text ? `?${text}` : "";
}
