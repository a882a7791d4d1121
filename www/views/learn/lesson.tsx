// The lesson: predict, do, see. What is revealed comes from the engine; nothing is prepared. Five questions stand before it and after it.

import { useEffect, useRef, useState } from "preact/hooks";
import { LESSON, LESSON_STICKER, ROBUST, UNDEFENDED, type Step } from "../../state/lesson.js";
import { busy, facts } from "../../state/select.js";
import type { Settings } from "../../state/types.js";
import { Button } from "../../ui/elements.js";
import { className } from "../../words/format.js";
import { phrase, t } from "../../words/i18n.js";
import { useApp } from "../app.js";
import { ErrorSlot } from "../shared/errors.js";
import { usePick } from "../shared/store.js";
import { Onward } from "./onward.js";
import { Options, Questions, Scores } from "./quiz.js";
import { Making, Reveal } from "./reveal.js";

/** Of the sign that a step aims at, if it does; of the networks that the last step compares. */
function useValues(): (step: Step) => string[] {
  const [classes, selected] = usePick((state) => [state.classes, state.selected] as const);
  const aim = (settings: Settings | undefined, key: string) => {
    const index = Number(settings?.[key]);
    return Number.isFinite(index) && classes.length > 0 ? className(classes, index % classes.length) : "";
  };
  return ({ needs, runs }) =>
    needs === "stickers" ? [selected === ROBUST ? UNDEFENDED : selected, ROBUST]
      : [needs === "sticker" ? aim(LESSON_STICKER, "sticker.target") : aim(runs[0], "goal.class")];
}

function OneStep({ step, index, shown }: { step: Step; index: number; shown: boolean }) {
  const { actions } = useApp();
  const { id, options, needs } = step;
  const [mine, done, running, trained, signs] = usePick((state) =>
    [state.predictions[id], state.lesson[id], busy(state), facts(state).trained, state.data?.signs ?? true] as const);
  const values = useValues()(step);
  // Stickers are made on drawn signs, which a data set of other classes does not have.
  const foreign = !signs && (needs === "sticker" || needs === "stickers");
  const waits = !trained
    ? t("lesson.untrained")
    : foreign
      ? t("lesson.needs.signs")
      : !mine
        ? t("lesson.predict-first")
        : running
          ? t("lesson.running")
          : needs && !done
            ? t(`lesson.needs.${needs}`)
            : "";
  return (
    <section class="lesson-step" data-testid={`lesson-${id}`} aria-labelledby={`lesson-${id}`} hidden={!shown}>
      <h2 id={`lesson-${id}`} tabIndex={-1}>
        {index + 1}. {phrase(`lesson.${id}.title`)}
      </h2>
      <p class="lesson-text">{phrase(`lesson.${id}.text`, ...values)}</p>
      <Options
        name={`lesson-${id}`}
        question={phrase(`lesson.${id}.question`, ...values)}
        options={options.map((option) => ({ id: option, words: phrase(`lesson.${id}.${option}`) }))}
        chosen={mine}
        disabled={running}
        onChoose={(option) => actions.predict(id, option)}
      />
      <div class="buttons">
        <Button
          testid={`lesson-${id}-do`}
          kind="primary"
          disabled={!mine || running || !trained || foreign}
          onClick={() => void actions.lessonStep(id)}>
          {done ? t("lesson.again") : t("lesson.do")}
        </Button>
      </div>
      <p class="fine" data-testid={`lesson-${id}-waits`}>
        {waits}
      </p>
      {shown && (needs === "sticker" || needs === "stickers") ? <Making /> : null}
      <Reveal step={step} />
    </section>
  );
}

/** What is printed: the scores, if there are any, and the questions of the steps with room for answers. */
function Sheet() {
  const values = useValues();
  const [scored] = usePick(({ quiz }) => [quiz.before.done || quiz.after.done] as const);
  return (
    <>
      {scored ? (
        <section class="scores-print" aria-hidden="true">
          <p class="sheet-title">{t("sheet.scores")}</p>
          <p>{t("sheet.name")}</p>
          <Scores />
        </section>
      ) : null}
      <section class="sheet-print" aria-hidden="true">
        <p class="sheet-title">{t("sheet.title")}</p>
        <p>{t("sheet.name")}</p>
        <ol>
          {LESSON.map((step) => (
            <li key={step.id}>
              <strong>{phrase(`lesson.${step.id}.title`)}</strong>
              <p>{phrase(`lesson.${step.id}.question`, ...values(step))}</p>
              <p class="sheet-options">
                {step.options.map((option) => (
                  <span key={option}>☐ {phrase(`lesson.${step.id}.${option}`)}</span>
                ))}
              </p>
              <p class="sheet-line">{t("sheet.seen")}</p>
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}

/** The questions before, the steps, the questions after. */
const FIRST = 1;
const LAST = LESSON.length + 1;

/** Its number, and whether it is done. */
function Tab({ at, mine, turn }: { at: number; mine: number; turn: (to: number) => void }) {
  const step = LESSON[mine - FIRST];
  const round = mine < FIRST ? "before" : "after";
  const [done] = usePick((state) => [step ? state.lesson[step.id] !== undefined : state.quiz[round].done] as const);
  return (
    <button
      class={`lesson-tab${done ? " is-done" : ""}`}
      type="button"
      data-testid={step ? `lesson-tab-${mine - FIRST}` : `lesson-tab-${round}`}
      aria-current={mine === at ? "step" : undefined}
      onClick={() => turn(mine)}>
      <span class="plaque" aria-hidden="true">
        {step ? mine : "?"}
      </span>
      <span class="lesson-tab-words">{step ? phrase(`lesson.${step.id}.title`) : t(`quiz.${round}`)}</span>
    </button>
  );
}

export function Lesson() {
  const [begun] = usePick(({ quiz, lesson }) => [quiz.before.done || Object.keys(lesson).length > 0] as const);
  const [at, setAt] = useState(FIRST);
  const tabs = useRef<HTMLElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const turned = useRef(false);
  useEffect(() => {
    if (!turned.current) return;
    turned.current = false;
    // On a narrow screen not all of the steps are in sight.
    tabs.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
    body.current?.querySelector<HTMLElement>(".lesson-step:not([hidden]) h2")?.focus();
  }, [at]);
  const turn = (to: number) => {
    turned.current = true;
    setAt(Math.min(LAST, Math.max(0, to)));
  };
  return (
    <>
      <div class="lesson">
        <nav ref={tabs} class="lesson-tabs" aria-label={t("lesson.steps")}>
          {Array.from({ length: LAST + 1 }, (_, mine) => (
            <Tab key={mine} at={at} mine={mine} turn={turn} />
          ))}
        </nav>
        <div ref={body} class="lesson-body">
          {at === FIRST && !begun ? (
            <p class="lesson-first">
              <span>{t("quiz.first")}</span>
              <Button testid="quiz-first" onClick={() => turn(0)}>
                {t("quiz.first.go")}
              </Button>
            </p>
          ) : null}
          {at < FIRST ? <Questions round="before" next={() => turn(FIRST)} /> : null}
          {LESSON.map((step, index) => (
            <OneStep key={step.id} step={step} index={index} shown={index + FIRST === at} />
          ))}
          <ErrorSlot panels={["lesson"]} />
          {at === LAST ? <Questions round="after" next={() => body.current?.scrollIntoView({ block: "start" })} /> : null}
          {at === LAST ? <Onward /> : null}
          <div class="buttons lesson-move">
            <Button testid="lesson-back" disabled={at === 0} onClick={() => turn(at - 1)}>
              {t("lesson.back")}
            </Button>
            <Button testid="lesson-on" kind="primary" hidden={at === LAST} onClick={() => turn(at + 1)}>
              {at === LAST - 1 ? t("lesson.finish") : t("lesson.on")}
            </Button>
          </div>
        </div>
      </div>
      <Sheet />
    </>
  );
}
