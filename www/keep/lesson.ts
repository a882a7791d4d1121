// What somebody has done in the lesson, for the next visit: guesses, answers, and what came of each step with its pictures. It is read back
// from this browser's storage or from a file that anyone may have written: what is not as it should be is left out.

import { ATTACKS, DEFENCES } from "../engine/made/methods.js";
import { isObject } from "../io/loose.js";
import { goalOn } from "../state/commands.js";
import { LESSON } from "../state/lesson.js";
import { QUIZ, UNSURE } from "../state/quiz.js";
import { noQuiz, type Store } from "../state/store.js";
import type {
  Attack, Defense, Goal, Knowledge, LessonAttack, LessonResult, LessonRow, LessonSticker, Picture, Proportion, Quiz, Seen, State,
} from "../state/types.js";
import type { Storage } from "./storage.js";

type Done = Pick<State, "predictions" | "lesson" | "quiz">;

const KIND = "lesson";
/** Of what is written; another one is not read. */
const VERSION = 1;
/** After a change, so that each answer does not write. */
const SETTLED_MS = 400;
const MOST_BYTES = 4_000_000;
const MOST_SIDE = 256;
const MOST_ENTRIES = 20;

const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
const isClass = (value: unknown): value is number => isNumber(value) && Number.isInteger(value) && value >= 0 && value < 1000;

/** All of a list, or nothing if one of it is not as it should be. */
function all<T>(value: unknown, read: (one: unknown) => T | null): T[] | null {
  if (!Array.isArray(value) || value.length > MOST_ENTRIES) return null;
  const found: T[] = [];
  for (const one of value) {
    const known = read(one);
    if (known === null) return null;
    found.push(known);
  }
  return found;
}

/** Bytes as text: four letters for three of them. */
function written(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
/** Nothing if it is no such text. */
function bytesOf(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}

function picture(value: unknown): Picture | null {
  if (!isObject(value)) return null;
  const { width, height, rgba } = value;
  if (!isClass(width) || !isClass(height) || width > MOST_SIDE || height > MOST_SIDE || typeof rgba !== "string") return null;
  const bytes = bytesOf(rgba);
  return bytes?.length === 4 * width * height ? { width, height, rgba: bytes } : null;
}

function seen(value: unknown): Seen | null {
  if (!isObject(value)) return null;
  const shown = picture(value["picture"]);
  const top = all(value["top"], (one) => {
    if (!isObject(one)) return null;
    const { class: index, probability } = one;
    return isClass(index) && isNumber(probability) ? { class: index, probability } : null;
  });
  return shown && top ? { picture: shown, top } : null;
}

/** A share, which may not be there: then it is null, and undefined where it is not as it should be. */
function share(value: unknown): Proportion | null | undefined {
  if (value === null) return null;
  if (!isObject(value)) return undefined;
  const { correct, n, value: part, low, high } = value;
  return isNumber(correct) && isNumber(n) && isNumber(part) && isNumber(low) && isNumber(high) ? { correct, n, value: part, low, high } : undefined;
}

function row(value: unknown): LessonRow | null {
  if (!isObject(value)) return null;
  const { name, shares: list } = value;
  if (typeof name !== "string" || !Array.isArray(list)) return null;
  const shares = list.map(share);
  return shares.every((one) => one !== undefined) ? { name: name.slice(0, 60), shares } : null;
}

/** A method by a name that is known, with whatever plain values it had. */
function method<T extends { name: string }>(value: unknown, known: readonly { name: string }[]): T | null {
  if (!isObject(value) || !known.some(({ name }) => name === value["name"])) return null;
  const plain = Object.entries(value).filter(([, one]) => one === null || ["number", "string", "boolean"].includes(typeof one));
  return Object.fromEntries(plain) as T;
}

function goal(value: unknown): Goal | null {
  if (!isObject(value)) return null;
  const { kind, class: target } = value;
  return kind === "untargeted" ? goalOn(null) : kind === "targeted" && isClass(target) ? goalOn(target) : null;
}
const KNOWLEDGE: readonly Knowledge[] = ["none", "oblivious", "adaptive", "bpda"];

function attack(value: unknown): LessonAttack | null {
  if (!isObject(value)) return null;
  const { label, success, l2, linf, defended } = value;
  const [by, behind, wanted] = [method<Attack>(value["attack"], ATTACKS), method<Defense>(value["defense"], DEFENCES), goal(value["goal"])];
  const knowledge = KNOWLEDGE.find((one) => one === value["knowledge"]);
  const [original, adversarial] = [seen(value["original"]), seen(value["adversarial"])];
  const after = isObject(defended) ? { success: defended["success"] === true, adversarial: seen(defended["adversarial"]) } : null;
  if (!by || !behind || !wanted || !knowledge || !original || !adversarial || !isClass(label) || !isNumber(l2) || !isNumber(linf)) return null;
  const known = { attack: by, defense: behind, goal: wanted, knowledge, label, success: success === true, l2, linf, original, adversarial };
  if (!after) return { ...known, defended: null };
  return after.adversarial ? { ...known, defended: { success: after.success, adversarial: after.adversarial } } : null;
}

function sticker(value: unknown): LessonSticker | null {
  if (!isObject(value)) return null;
  const { model, sign } = value;
  const [shown, views] = [picture(value["sticker"]), all(value["views"], seen)];
  return typeof model === "string" && isClass(sign) && shown && views ? { model: model.slice(0, 60), sign, sticker: shown, views } : null;
}

function result(value: unknown, outcomes: readonly string[]): LessonResult | null {
  if (!isObject(value)) return null;
  const came = outcomes.find((one) => one === value["came"]);
  const [attacks, stickers, rows] = [all(value["attacks"], attack), all(value["stickers"], sticker), all(value["rows"], row)];
  return came && attacks && stickers && rows ? { came, attacks, stickers, rows } : null;
}

function quiz(value: unknown): Quiz {
  const { answers, done } = isObject(value) ? value : {};
  const given = isObject(answers) ? answers : {};
  const known = QUIZ.flatMap(({ id, options }) => {
    const answer = [...options, UNSURE].find((one) => one === given[id]);
    return answer === undefined ? [] : [[id, answer] as const];
  });
  return { answers: Object.fromEntries(known), done: done === true && known.length === QUIZ.length };
}

/** What is written, in a form that any version can tell from its own. */
export function writeLesson({ predictions, lesson, quiz: rounds }: Done): Uint8Array<ArrayBuffer> {
  const results = Object.fromEntries(Object.entries(lesson).map(([id, one]) => [id, kept(one)]));
  return new TextEncoder().encode(JSON.stringify({ version: VERSION, predictions, quiz: rounds, lesson: results },
    (_, value: unknown) => (value instanceof Uint8Array ? written(value) : value)));
}

/** Of an outcome only what is shown. */
function kept({ came, attacks, stickers, rows }: LessonResult): LessonResult {
  return {
    came, stickers, rows,
    attacks: attacks.map(({ attack: by, goal: wanted, defense, knowledge, label, success, l2, linf, original, adversarial, defended }) => ({
      attack: by, goal: wanted, defense, knowledge, label, success, l2, linf, original, adversarial,
      defended: defended ? { success: defended.success, adversarial: defended.adversarial } : null,
    })),
  };
}

/** What of it can be read; nothing if it is of another version, or nothing that was written here. */
export function readLesson(bytes: unknown): Done | null {
  if (!(bytes instanceof Uint8Array) || bytes.length > MOST_BYTES) return null;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (!isObject(value) || value["version"] !== VERSION) return null;
    const guesses = isObject(value["predictions"]) ? value["predictions"] : {};
    const rounds = isObject(value["quiz"]) ? value["quiz"] : {};
    const results = isObject(value["lesson"]) ? value["lesson"] : {};
    const done: Done = { predictions: {}, lesson: {}, quiz: { ...noQuiz(), before: quiz(rounds["before"]), after: quiz(rounds["after"]) } };
    for (const { id, options, others } of LESSON) {
      const guess = options.find((one) => one === guesses[id]);
      if (guess !== undefined) done.predictions[id] = guess;
      const found = result(results[id], [...options, ...others]);
      if (found) done.lesson[id] = found;
    }
    return done;
  } catch {
    return null;
  }
}

export const keptLesson = async (storage: Storage): Promise<Done | null> => readLesson((await storage.get(KIND, KIND))?.data);

/** From now on it is kept; where somebody has begun anew, it is gone. */
export function keepLesson(store: Store, storage: Storage): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let { predictions, lesson, quiz: rounds } = store.get();
  store.always((state) => {
    if (state.predictions === predictions && state.lesson === lesson && state.quiz === rounds) return;
    ({ predictions, lesson, quiz: rounds } = state);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const now = store.get();
      const some = [now.predictions, now.lesson, now.quiz.before.answers, now.quiz.after.answers].some((one) => Object.keys(one).length > 0);
      if (some) void storage.put(KIND, KIND, writeLesson(now));
      else void storage.remove(KIND, KIND);
    }, SETTLED_MS);
  });
}
