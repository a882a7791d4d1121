// Settings in the address: read once at the start, written back as they change. Only what differs from the default. What is painted on a sign
// stands behind the #.

import { words, type Words } from "../words/say.js";
import { LONGEST_ADDRESS, paintingOf, type Painting } from "./painting.js";
import { SCHEMA, admit, defaults } from "./schema.js";
import type { Settings } from "./types.js";

/** Of what is said of the settings. */
const LONGEST = 4096;
/** Of the query, into which everything behind the # may have come on its way. */
const LONGEST_QUERY = LONGEST + LONGEST_ADDRESS;
/** How often a link may have been encoded on its way. */
const LAYERS = 3;

/** By the key in the link. */
const KEYS: ReadonlyMap<string, string> = new Map(Object.entries(SCHEMA).map(([key, { url }]) => [url.toLowerCase(), key]));
/** What mails, chats and courses put behind every address. */
const TRACKS = /^(?:utm_|mc_|pk_|mtm_|hsa_|_hs|vero_|oly_)|clid$|^(?:igsh|igshid|si|ref|referrer|source|share|_ga|_gl|trk|sfnsn|mibextid|cmid|forceview|web)$/;
/** Of the visitor and not of what is shown: these do not ride along with a link that is handed on. */
const OWN: readonly string[] = ["language", "device", "teach.hide", "teach.fix"];

/** Once less encoded; as it is where it is not. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * What a link said before programs that hand links on were at it: they write `&` as `&amp;` or `&#38;`, encode everything once more, use capitals,
 * break lines, and take a full stop or a bracket behind the link for a part of it.
 * @param search the query part of the address
 * @param hash what stands behind it: `&#38;` looks like its beginning
 */
function mended(search: string, hash: string): { query: Map<string, string>; place: string } {
  let text = search.replace(/^\?/, "");
  let place = hash;
  if (/^#(?:38|x26|0?38);/i.test(place) || (/^#.*=/.test(place) && text.endsWith("&"))) {
    text += place;
    place = "";
  }
  text = text.replaceAll("+", " ");
  // A value has no % of its own, so what still has one has been encoded once more.
  for (let layer = 0; layer < LAYERS && text.includes("%"); layer += 1) text = decoded(text);
  text = text.replace(/&(?:amp;|#38;|#x26;)+/gi, "&").replace(/^(?:amp;)+/i, "").replace(/[\p{Cc}\p{Cf}]/gu, "");
  const [said = "", ...rest] = text.split("#");
  if (rest.length > 0 && place === "") place = `#${rest.join("#")}`;
  const query = new Map<string, string>();
  for (const part of said.split("&")) {
    const [name = "", ...value] = part.split("=");
    const key = name.trim().toLowerCase();
    if (key !== "" && !query.has(key)) query.set(key, value.join("=").trim());
  }
  return { query, place };
}

/** Without what stood behind the link in a text. */
const bare = (value: string): string => value.replace(/[\s.,;:!?)\]>"'’”»]+$/, "");

/** As the table of settings has it: words of the table are in small letters. */
function valueOf(key: string, value: string): string {
  const setting = SCHEMA[key];
  const known = setting?.choices?.some((choice) => String(choice) === value);
  return setting?.kind === "choice" || setting?.kind === "set" || setting?.kind === "switch" ? (known ? value : bare(value).toLowerCase()) : bare(value);
}

export interface Linked {
  settings: Settings;
  /** What was adjusted or not understood. */
  notes: Words[];
  /** Settings that the link says something of. */
  said: ReadonlySet<string>;
  /** The place that it leads to, with its #, where that has come into the query on its way. */
  place: string;
  painting: Painting;
}

/**
 * @param search the query part of the address
 * @param hash what stands behind it
 */
export function readLink(search: string, hash = ""): Linked {
  const settings = defaults();
  const notes: Words[] = [];
  const said = new Set<string>();
  const refused = (): Linked => ({ settings, notes: [words("link.the-link-is-longer")], said, place: hash, painting: { layer: null, note: null } });
  if (search.length > LONGEST_QUERY) return refused();
  const { query, place } = mended(search, hash.slice(0, LONGEST_ADDRESS + 1));
  if (Array.from(query).join("").length > LONGEST) return refused();
  const unknown: string[] = [];
  for (const [name, raw] of query) {
    const key = KEYS.get(name);
    if (key === undefined) {
      if (!TRACKS.test(name)) unknown.push(name.slice(0, 20));
      continue;
    }
    const { value, note } = admit(key, valueOf(key, raw));
    settings[key] = value;
    said.add(key);
    if (note) notes.push(note);
  }
  // Where it says nothing at all, it is no link of this page.
  if (unknown.length > 0 && said.size > 0) notes.push(words("link.not-understood", { text: unknown.slice(0, 5).join(", ") }));
  const painting = paintingOf(place);
  if (painting.note) notes.push(painting.note);
  return { settings, notes, said, place, painting };
}

/** Whether the address says anything of the settings, or brings a painting: what others put behind one (`?fbclid=…`) is no link of this page. */
export function isLink(search: string, hash = ""): boolean {
  const { said, painting } = readLink(search.slice(0, LONGEST_QUERY), hash);
  // One that is too long to be taken is a link all the same, and is told of.
  const begun = readLink(search.slice(0, LONGEST), hash);
  return said.size > 0 || begun.said.size > 0 || painting.layer !== null || painting.note !== null;
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

const without = (settings: Settings, keys: readonly string[]): Settings => Object.fromEntries(Object.entries(settings).filter(([key]) => !keys.includes(key)));

/** The same for somebody else: his device, his language and what his teacher has hidden are his own. */
export const shareLink = (settings: Settings): string => writeLink(without(settings, OWN));
/** The same for the next visit: what a teacher has hidden or fixed ends with this one. */
export const keptLink = (settings: Settings): string => writeLink(without(settings, ["teach.hide", "teach.fix"]));
