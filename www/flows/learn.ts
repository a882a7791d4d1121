// The lesson and the museum: their attacks, trainings and stickers run with settings of their own, and leave the person's as they are.

import { matrixConfig, stickerConfig } from "../state/commands.js";
import {
  COMPARISON, LESSON, LESSON_STICKER, MUSEUM, QUICK_HARDENING, QUICK_PURIFIER, ROBUST, UNDEFENDED, rowsOf, stickerRow, truth, type Found, type Step,
} from "../state/lesson.js";
import { nameOfJob } from "../state/select.js";
import { noQuiz } from "../state/store.js";
import { t } from "../words/i18n.js";
import { words } from "../words/say.js";
import type { LessonSticker, OutcomeReport, Place, Report, Round, Settings, StickerReport } from "../state/types.js";
import type { attackFlow } from "./attack.js";
import { outcomeOf, type Desk } from "./desk.js";
import type { Measure } from "./measure.js";
import type { Shelf } from "./shelf.js";
import type { trainFlow } from "./train.js";

interface Flows { attack: ReturnType<typeof attackFlow>; train: ReturnType<typeof trainFlow>; measure: Measure; shelf: Shelf }
/** What a step has found, with the stickers that it made. */
type Made = Found & { stickers: LessonSticker[] };

export function learnFlow(desk: Desk, { attack, train, measure, shelf }: Flows) {
  const { store } = desk;
  const over = (settings: Settings): Settings => ({ ...store.get().settings, ...settings });

  /** Attacks with one set of settings after another; nothing if one did not end well. */
  async function series(runs: readonly Settings[], place: Place): Promise<OutcomeReport[] | null> {
    const outcomes: OutcomeReport[] = [];
    for (const settings of runs) {
      const outcome = outcomeOf(await attack.run(over(settings), place));
      if (!outcome) return null;
      outcomes.push(outcome);
    }
    return outcomes;
  }

  async function select(name: string): Promise<boolean> {
    if (store.get().selected === name) return true;
    return desk.free() && store.get().models.has(name) && shelf.shelve({ type: "select_model", name });
  }

  /**
   * Does something with networks that come with the page, and leaves the shelf as it was: what was not there goes, and what was selected is
   * selected again.
   */
  async function borrowing<T>(names: readonly string[], work: () => Promise<T | null>): Promise<T | null> {
    const before = store.get().selected;
    const lent: string[] = [];
    try {
      for (const name of names) {
        if (store.get().models.has(name)) continue;
        await shelf.addShipped(name);
        if (!store.get().models.has(name)) return null;
        lent.push(name);
      }
      return await work();
    } finally {
      await select(before);
      for (const name of lent) if (desk.free() && store.get().models.has(name)) await shelf.shelve({ type: "remove_model", name });
      await select(before);
    }
  }

  /** Both networks on clean and on attacked signs. */
  async function compare(models: [string, string]): Promise<Report | null> {
    const state = store.get();
    // A small data set of one's own may have no images to test on.
    const splits = state.data?.set?.splits;
    const split = splits && !splits.some((one) => one.split === "test" && one.n > 0) ? "validation" : "test";
    const settings = over({ ...COMPARISON, "measure.split": split });
    const report = await measure.run("matrix", matrixConfig({ ...state, compared: models, transfer: "", settings }));
    // The table of results is the person's; an engine that has ended takes it along.
    if (store.get().matrix) store.set({ matrix: state.matrix });
    return report;
  }

  /** Trains a hardened copy of the model and measures both; the model is the selected one again at the end. */
  async function harden(): Promise<Made | null> {
    const before = store.get().selected;
    const name = await shelf.copyAs(t("lesson.hardened"));
    if (!name) return null;
    const { ending } = await train.runTraining(over(QUICK_HARDENING));
    const report = ending === "finished" ? await compare([before, name]) : null;
    await select(before);
    return report && { attacks: [], stickers: [], rows: rowsOf(report) };
  }

  /** Makes a sticker on the selected model. What the person has on the sign in Stickers stays there. */
  async function stick(): Promise<StickerReport | null> {
    const { sticking, selected } = store.get();
    if (!desk.free()) return null;
    const config = stickerConfig({ settings: over(LESSON_STICKER), painted: null }, false);
    store.set({ sticking: { model: selected, frame: null, report: null, hand: null } });
    const { ending, events } = await desk.begin("sticker", { type: "sticker", config }, "lesson");
    // An engine that has ended takes it along.
    if (store.get().sticking) store.set({ sticking });
    const found = ending === "finished" ? events.find((event) => event.type === "stuck") : undefined;
    return found?.type === "stuck" ? found : null;
  }
  const kept = ({ config, model, sticker, views }: StickerReport): LessonSticker => ({ model, sign: config.sign, sticker, views });

  /** A sticker on the undefended network and one on that which was trained against small changes; and how both do within ε. */
  async function stickBoth(): Promise<Made | null> {
    const { selected } = store.get();
    const plain = selected === ROBUST ? UNDEFENDED : selected;
    return borrowing([plain, ROBUST], async () => {
      const report = await compare([plain, ROBUST]);
      if (!report) return null;
      const within = rowsOf(report);
      const made: Made = { attacks: [], stickers: [], rows: [] };
      for (const name of [plain, ROBUST]) {
        const sticker = await select(name) ? await stick() : null;
        if (!sticker) return null;
        const [, ...shares] = stickerRow(sticker).shares;
        made.stickers.push(kept(sticker));
        made.rows.push({ name, shares: [within.find((row) => row.name === name)?.shares[1] ?? null, ...shares] });
      }
      return made;
    });
  }

  async function done({ needs, runs }: Step): Promise<Made | null> {
    if (needs === "hardened") return harden();
    if (needs === "stickers") return stickBoth();
    if (needs === "sticker") {
      const sticker = await stick();
      return sticker && { attacks: [], stickers: [kept(sticker)], rows: [stickerRow(sticker)] };
    }
    // The one that comes with the page, or a quick one where it cannot be had.
    if (needs === "purifier" && !await shelf.lendPurifier() && (await train.runPurifier(over(QUICK_PURIFIER))).ending !== "finished") return null;
    store.set({ announcement: words("events.running", nameOfJob("attack")) });
    const attacks = await series(runs, "lesson");
    return attacks && { attacks, stickers: [], rows: [] };
  }

  return {
    predict: (step: string, answer: string) => store.set({ predictions: { ...store.get().predictions, [step]: answer } }),
    /** Runs a step of the lesson: what it needs first, then its attacks one after another. */
    async lessonStep(id: string) {
      const step = LESSON.find((one) => one.id === id);
      if (!step || !desk.free()) return;
      const found = await done(step);
      if (found) store.set({ lesson: { ...store.get().lesson, [id]: { ...found, came: truth(step, found) } } });
    },
    /** Answers one of the five questions, as long as that round of them is not over. */
    answer(round: Round, question: string, answer: string) {
      const { quiz } = store.get();
      const { answers, done: over } = quiz[round];
      if (!over) store.set({ quiz: { ...quiz, [round]: { answers: { ...answers, [question]: answer }, done: over } } });
    },
    endQuiz(round: Round) {
      const { quiz } = store.get();
      store.set({ quiz: { ...quiz, [round]: { ...quiz[round], done: true } } });
    },
    /** For the next person at this computer. */
    forgetLesson: () => store.set({ predictions: {}, lesson: {}, quiz: noQuiz() }),
    /** Attacks an exhibit of the museum. */
    async exhibit(id: string, how: "weak" | "strong") {
      const exhibit = MUSEUM.find((one) => one.id === id);
      if (!exhibit || !desk.free()) return;
      if (exhibit.needs === "purifier" && !await shelf.lendPurifier()) return;
      const [outcome] = await series([exhibit[how]], "museum") ?? [];
      if (outcome) store.set({ museum: { ...store.get().museum, [`${id} ${how}`]: outcome } });
    },
  };
}
