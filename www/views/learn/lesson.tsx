// The lesson: predict, do, see. What is revealed comes from the engine; nothing is prepared.

import { useEffect, useRef, useState } from "preact/hooks";
import { busy, facts } from "../../state/select.js";
import { LESSON, sharesOf, truth, type Step } from "../../state/lesson.js";
import type { OutcomeReport, Proportion } from "../../state/types.js";
import { Button } from "../../ui/elements.js";
import { useVoice } from "../../ui/voice.js";
import { ErrorSlot } from "../shared/errors.js";
import { usePick } from "../shared/store.js";
import { FoldedTable } from "../../ui/tables.js";
import { percent, short } from "../../words/format.js";
import { has, phrase, t } from "../../words/i18n.js";
import { useApp } from "../app.js";
import { attackName, attackTitle, intervalWords } from "../shared/names.js";
import { Stage } from "./stage.js";

/** A share with its interval. */
const shareWords = (share: Proportion | null): string =>
  share ? `${percent(share.value)} (${intervalWords(share)})` : "–";

function Reveal({ step, done, mine }: { step: Step; done: OutcomeReport[] | undefined; mine: string | undefined }) {
  const { id } = step;
  const [report] = usePick((state) => [state.hardened] as const);
  const shares = report && !step.answer ? sharesOf(report) : [];
  const came = done ? truth(step, done, shares) : "";
  // Where something else came than usually does, what is usually said would be untrue.
  const other = `lesson.${id}.reveal.${came}`;
  const judged = came === "unclear" ? "" : mine === came ? t("lesson.right") : t("lesson.wrong");
  const verdict = done && came ? `${judged} ${phrase(`lesson.${id}.${came}`)}`.trim() : "";
  useVoice(() => verdict, [done]);
  const more =
    done && done.length > 1 && id === "cw"
      ? t("lesson.compare", done.map((outcome) => `${attackName(outcome.attack)}: L2 ${short(outcome.l2)}, L∞ ${short(outcome.linf * 255)}/255`).join("; "))
      : "";
  return (
    <div class="lesson-reveal" data-testid={`lesson-${id}-reveal`} hidden={!done}>
      <p class="headline" data-testid={`lesson-${id}-judged`} data-right={String(mine === came)}>
        {verdict}
      </p>
      <p>
        {phrase(has(other) ? other : `lesson.${id}.reveal`)} {more}
      </p>
      <div class="stages">
        {[0, 1].map((index) => (
          <Stage key={index} testid={`lesson-${id}-${index}`} outcome={done?.[index]} />
        ))}
      </div>
      <FoldedTable
        summary={t("lesson.figures")}
        testid={`lesson-${id}-table`}
        open
        hidden={Boolean(step.answer)}
        heads={[t("record.model"), t("matrix.clean"), attackTitle("pgd")]}
        of={shares}
        row={({ name, clean, attacked }) => [name, shareWords(clean), shareWords(attacked)]}
      />
    </div>
  );
}

function OneStep({ step, index, shown }: { step: Step; index: number; shown: boolean }) {
  const { actions } = useApp();
  const { id, options, needs } = step;
  const [mine, done, running, trained] = usePick((state) => [state.predictions[id], state.lesson[id], busy(state), facts(state).trained] as const);
  const waits = !trained
    ? t("lesson.untrained")
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
      <p class="lesson-text">{phrase(`lesson.${id}.text`)}</p>
      <fieldset class="lesson-question">
        <legend>{phrase(`lesson.${id}.question`)}</legend>
        {options.map((option) => {
          const name = `lesson-${id}-${option}`;
          return (
            <span key={option} class="lesson-option">
              <input
                type="radio"
                id={name}
                name={`lesson-${id}`}
                data-testid={name}
                value={option}
                checked={mine === option}
                disabled={running}
                onChange={() => actions.predict(id, option)}
              />
              <label for={name}>{phrase(`lesson.${id}.${option}`)}</label>
            </span>
          );
        })}
      </fieldset>
      <div class="buttons">
        <Button testid={`lesson-${id}-do`} kind="primary" disabled={!mine || running || !trained} onClick={() => void actions.lessonStep(id)}>
          {done ? t("lesson.again") : t("lesson.do")}
        </Button>
      </div>
      <p class="fine" data-testid={`lesson-${id}-waits`}>
        {waits}
      </p>
      <Reveal step={step} done={done} mine={mine} />
    </section>
  );
}

/** What is printed: the questions, with room for answers. */
const Sheet = () => (
  <section class="sheet-print" aria-hidden="true">
    <p class="sheet-title">{t("sheet.title")}</p>
    <p>{t("sheet.name")}</p>
    <ol>
      {LESSON.map(({ id, options }) => (
        <li key={id}>
          <strong>{phrase(`lesson.${id}.title`)}</strong>
          <p>{phrase(`lesson.${id}.question`)}</p>
          <p class="sheet-options">
            {options.map((option) => (
              <span key={option}>☐ {phrase(`lesson.${id}.${option}`)}</span>
            ))}
          </p>
          <p class="sheet-line">{t("sheet.seen")}</p>
        </li>
      ))}
    </ol>
  </section>
);

export function Lesson() {
  const [done] = usePick((state) => [state.lesson] as const);
  const [at, setAt] = useState(0);
  const body = useRef<HTMLDivElement>(null);
  const turned = useRef(false);
  useEffect(() => {
    if (turned.current) body.current?.querySelector<HTMLElement>(".lesson-step:not([hidden]) h2")?.focus();
    turned.current = false;
  }, [at]);
  const turn = (to: number) => {
    turned.current = true;
    setAt(Math.min(LESSON.length - 1, Math.max(0, to)));
  };
  const last = LESSON.length - 1;
  return (
    <>
      <div class="lesson">
        <nav class="lesson-tabs" aria-label={t("lesson.steps")}>
          {LESSON.map(({ id }, index) => (
            <button
              key={id}
              class={`lesson-tab${done[id] ? " is-done" : ""}`}
              type="button"
              data-testid={`lesson-tab-${index}`}
              aria-current={index === at ? "step" : undefined}
              onClick={() => turn(index)}>
              <span class="plaque" aria-hidden="true">
                {index + 1}
              </span>
              <span class="lesson-tab-words">{phrase(`lesson.${id}.title`)}</span>
            </button>
          ))}
        </nav>
        <div ref={body} class="lesson-body">
          {LESSON.map((step, index) => (
            <OneStep key={step.id} step={step} index={index} shown={index === at} />
          ))}
          <ErrorSlot panels={["lesson"]} />
          <p class="honest" hidden={at < last}>
            {t("lesson.end")}
          </p>
          <div class="buttons lesson-move">
            <Button testid="lesson-back" disabled={at === 0} onClick={() => turn(at - 1)}>
              {t("lesson.back")}
            </Button>
            <Button testid="lesson-on" kind="primary" hidden={at === last} onClick={() => turn(at + 1)}>
              {t("lesson.on")}
            </Button>
          </div>
        </div>
      </div>
      <Sheet />
    </>
  );
}
