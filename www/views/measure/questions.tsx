// One question at a time: how often is it right, how far does it hold, is the figure to be believed, does the detector notice.

import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Place } from "../../state/types.js";
import { phrase, t } from "../../words/i18n.js";
import { useHost } from "../app.js";
import { usePick } from "../shared/store.js";

const QUESTIONS = ["table", "curve", "checks", "roc"] as const;
type Question = (typeof QUESTIONS)[number];
/** Which question's panel tells of what goes wrong. */
const PANEL: Partial<Record<Place, Question>> = { matrix: "table", curve: "curve", check: "checks", roc: "roc" };

const asked = signal<Question>("table");

/** A view that answers one of them is there while it is asked. */
export function useQuestion(question: Question): void {
  useHost({}, { hidden: asked.value !== question });
}

export function Questions() {
  const tabs = useRef<HTMLDivElement>(null);
  const [messages] = usePick((state) => [state.messages] as const);
  // What went wrong is to be seen.
  useEffect(() => {
    for (const [panel, question] of Object.entries(PANEL)) if (messages[panel as Place] && question) asked.value = question;
  }, [messages]);
  const at = QUESTIONS.indexOf(asked.value);
  function onKey(event: KeyboardEvent) {
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = (to + QUESTIONS.length) % QUESTIONS.length;
    asked.value = QUESTIONS[next] ?? "table";
    const tab = tabs.current?.children[next];
    if (tab instanceof HTMLElement) tab.focus();
    event.preventDefault();
  }
  return (
    <div ref={tabs} class="tabs" role="tablist" aria-label={t("question.label")} onKeyDown={onKey}>
      {QUESTIONS.map((question) => (
        <button
          key={question}
          class="tab"
          type="button"
          role="tab"
          id={`question-${question}-tab`}
          data-testid={`question-${question}`}
          aria-controls={`question-${question}`}
          aria-selected={asked.value === question}
          tabIndex={asked.value === question ? 0 : -1}
          onClick={() => {
            asked.value = question;
          }}>
          {phrase(`question.${question}`)}
        </button>
      ))}
    </div>
  );
}
