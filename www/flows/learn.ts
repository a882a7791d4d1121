// The lesson and the museum: their attacks and trainings run with settings of their own, and leave the person's as they are.

import { matrixConfig } from "../state/commands.js";
import { LESSON, MUSEUM, QUICK_HARDENING, QUICK_PURIFIER } from "../state/lesson.js";
import { hasPurifier, nameOfJob } from "../state/select.js";
import { t } from "../words/i18n.js";
import { words } from "../words/say.js";
import type { OutcomeReport, Place, Settings } from "../state/types.js";
import type { attackFlow } from "./attack.js";
import { outcomeOf, type Desk } from "./desk.js";
import type { Measure } from "./measure.js";
import type { Shelf } from "./shelf.js";
import type { trainFlow } from "./train.js";

interface Flows { attack: ReturnType<typeof attackFlow>; train: ReturnType<typeof trainFlow>; measure: Measure; shelf: Shelf }

/** The comparison of the lesson's last step. */
const COMPARISON: Settings = { "matrix.attacks": "pgd", "matrix.defenses": "none", "measure.n": 86, "attack.epsilon": 8 };

export function learnFlow(desk: Desk, { attack, train, measure, shelf }: Flows) {
  const { store } = desk;
  const over = (settings: Settings): Settings => ({ ...store.get().settings, ...settings });

  /** Attacks with one set of settings after another; nothing if one did not end well. */
  async function series(runs: Settings[], place: Place): Promise<OutcomeReport[] | null> {
    const outcomes: OutcomeReport[] = [];
    for (const settings of runs) {
      const outcome = outcomeOf(await attack.run(over(settings), place));
      if (!outcome) return null;
      outcomes.push(outcome);
    }
    return outcomes;
  }

  /** Trains a hardened copy of the model and measures both; the model is the selected one again at the end. Tells whether it was done. */
  async function harden(): Promise<boolean> {
    const before = store.get().selected;
    const name = await shelf.copyAs(t("lesson.hardened"));
    if (!name) return false;
    const { ending } = await train.runTraining(over(QUICK_HARDENING));
    let done = false;
    if (ending === "finished") {
      const state = store.get();
      // A small data set of one's own may have no images to test on.
      const splits = state.data?.set?.splits;
      const split = splits && !splits.some((one) => one.split === "test" && one.n > 0) ? "validation" : "test";
      const settings = over({ ...COMPARISON, "measure.split": split });
      const report = await measure.run("matrix", matrixConfig({ ...state, compared: [before, name], transfer: "", settings }));
      // The table of results is the person's; an engine that has ended takes it along.
      if (store.get().matrix) store.set({ matrix: state.matrix, ...(report ? { hardened: report } : {}) });
      done = report !== null;
    }
    if (desk.free() && store.get().models.has(before)) await shelf.shelve({ type: "select_model", name: before });
    return done;
  }

  return {
    predict: (step: string, answer: string) => store.set({ predictions: { ...store.get().predictions, [step]: answer } }),
    /** Runs a step of the lesson: what it needs first, then its attacks one after another. */
    async lessonStep(id: string) {
      const step = LESSON.find((one) => one.id === id);
      if (!step || !desk.free()) return;
      if (step.needs === "purifier" && !hasPurifier(store.get()) && (await train.runPurifier(over(QUICK_PURIFIER))).ending !== "finished") return;
      if (step.needs === "hardened" && !await harden()) return;
      if (step.runs.length > 0) store.set({ announcement: words("events.running", nameOfJob("attack")) });
      const outcomes = await series(step.runs, "lesson");
      if (outcomes) store.set({ lesson: { ...store.get().lesson, [id]: outcomes } });
    },
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
