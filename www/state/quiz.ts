// Five questions about the subject, asked before the lesson and after it. Words are `quiz.ID…` in the tables.

import type { Quiz } from "./types.js";

export interface Question {
  id: string;
  /** What can be answered, in the order in which it is offered; one may also not know. */
  options: readonly string[];
  right: string;
}

/** The answer of those who do not know: it is never right, and nobody has to guess. */
export const UNSURE = "unsure";

export const QUIZ: readonly Question[] = [
  { id: "epsilon", options: ["pixels", "values", "odds"], right: "values" },
  { id: "transfer", options: ["often", "never", "alike"], right: "often" },
  { id: "adaptive", options: ["most", "more", "little"], right: "little" },
  { id: "cost", options: ["nothing", "clean", "size"], right: "clean" },
  { id: "sticker", options: ["same", "never", "hardly"], right: "hardly" },
];

/** Whether every question has an answer. */
export const isFull = ({ answers }: Quiz): boolean => QUIZ.every(({ id }) => answers[id] !== undefined);
/** How many answers are right. */
export const score = ({ answers }: Quiz): number => QUIZ.filter(({ id, right }) => answers[id] === right).length;
