// Five questions before the lesson and after it: what one knew, what was right, and why; on the screen and on paper.

import { QUIZ, UNSURE, isFull, score } from "../../state/quiz.js";
import type { Quiz, Round } from "../../state/types.js";
import { Button, Scroll } from "../../ui/elements.js";
import { Heads } from "../../ui/tables.js";
import { useVoice } from "../../ui/voice.js";
import { phrase, t } from "../../words/i18n.js";
import { useApp } from "../app.js";
import { usePick } from "../shared/store.js";

export interface OptionsProps {
  /** Of its inputs, and the stem of their names for tests. */
  name: string;
  question: string;
  options: readonly { id: string; words: string }[];
  chosen: string | undefined;
  disabled: boolean;
  onChoose: (id: string) => void;
}

/** A question with answers of which one may be chosen. */
export function Options({ name, question, options, chosen, disabled, onChoose }: OptionsProps) {
  return (
    <fieldset class="lesson-question" disabled={disabled}>
      <legend>{question}</legend>
      {options.map(({ id, words }) => (
        <span key={id} class="lesson-option">
          <input
            type="radio"
            id={`${name}-${id}`}
            name={name}
            data-testid={`${name}-${id}`}
            value={id}
            checked={chosen === id}
            onChange={() => onChoose(id)}
          />
          <label for={`${name}-${id}`}>{words}</label>
        </span>
      ))}
    </fieldset>
  );
}

/** How one answer was: a sign, and its word where there is room for it. */
function Mark({ of: { answers, done }, id, right }: { of: Quiz; id: string; right: string }) {
  const mine = answers[id];
  const [sign, words] = mine === right ? ["✓", "quiz.right"] as const : mine === UNSURE ? ["○", "quiz.unsure"] as const : ["✗", "quiz.not-right"] as const;
  return (
    <td>
      {done ? sign : "–"} <span class="quiz-mark-words">{done ? t(words) : ""}</span>
    </td>
  );
}

const total = (quiz: Quiz): string => (quiz.done ? t("quiz.of", score(quiz), QUIZ.length) : "–");

/** What was known, question by question. @param testid none for the one on paper */
export function Scores({ testid }: { testid?: string }) {
  const [{ before, after }] = usePick((state) => [state.quiz] as const);
  return (
    <Scroll label={t("quiz.scores")}>
      <table class="figures quiz-scores" data-testid={testid} data-before={before.done ? score(before) : ""} data-after={after.done ? score(after) : ""}>
        <caption>{t("quiz.scores")}</caption>
        <Heads words={[t("quiz.question"), t("quiz.column.before"), t("quiz.column.after")]} />
        <tbody>
          {QUIZ.map(({ id, right }) => (
            <tr key={id}>
              <th scope="row">
                {phrase(`quiz.${id}`)}
                <span class="quiz-why">
                  <strong>{phrase(`quiz.${id}.${right}`)}</strong> {phrase(`quiz.${id}.why`)}
                </span>
              </th>
              <Mark of={before} id={id} right={right} />
              <Mark of={after} id={id} right={right} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("quiz.total")}</th>
            <td>{total(before)}</td>
            <td>{total(after)}</td>
          </tr>
        </tfoot>
      </table>
    </Scroll>
  );
}

/** Nothing but the scores goes onto the paper. */
function printScores() {
  const root = document.documentElement;
  root.dataset["prints"] = "scores";
  addEventListener("afterprint", () => delete root.dataset["prints"], { once: true });
  requestAnimationFrame(() => globalThis.print());
}

export function Questions({ round, next }: { round: Round; next: () => void }) {
  const { actions } = useApp();
  const [{ [round]: mine }] = usePick((state) => [state.quiz] as const);
  const { answers, done } = mine;
  useVoice(() => (done && round === "after" ? `${t("quiz.total")}: ${total(mine)}` : ""), [done]);
  return (
    <section class="lesson-step" data-testid={`quiz-${round}`} aria-labelledby={`quiz-${round}-title`}>
      <h2 id={`quiz-${round}-title`} tabIndex={-1}>
        {t(`quiz.${round}`)}
      </h2>
      {done && round === "after" ? (
        <>
          <Scores testid="quiz-scores" />
          <div class="buttons">
            <Button testid="quiz-print" onClick={printScores}>
              {t("quiz.print")}
            </Button>
          </div>
        </>
      ) : (
        <>
          <p class="lesson-text">{done ? t("quiz.kept") : t(`quiz.${round}.lead`)}</p>
          {QUIZ.map(({ id, options }) => (
            <Options
              key={id}
              name={`quiz-${round}-${id}`}
              question={phrase(`quiz.${id}`)}
              options={[...options.map((one) => ({ id: one, words: phrase(`quiz.${id}.${one}`) })), { id: UNSURE, words: t("quiz.unsure") }]}
              chosen={answers[id]}
              disabled={done}
              onChoose={(answer) => actions.answer(round, id, answer)}
            />
          ))}
          <div class="buttons" hidden={done}>
            <Button
              testid={`quiz-${round}-end`}
              kind="primary"
              disabled={!isFull(mine)}
              onClick={() => {
                actions.endQuiz(round);
                next();
              }}>
              {t("quiz.end")}
            </Button>
          </div>
          <p class="fine">{done || isFull(mine) ? "" : t("quiz.open")}</p>
        </>
      )}
    </section>
  );
}
