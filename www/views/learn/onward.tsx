// The end of the lesson: where to go from here, with settings that are worth a try.

import { ONWARD } from "../../state/lesson.js";
import { go } from "../../state/place.js";
import { fixed } from "../../state/select.js";
import { ask } from "../../ui/dialog.js";
import { Button } from "../../ui/elements.js";
import { className } from "../../words/format.js";
import { phrase, t } from "../../words/i18n.js";
import { useApp } from "../app.js";
import { usePick } from "../shared/store.js";

export function Onward() {
  const { actions } = useApp();
  const [held, classes, begun] = usePick(
    ({ lesson, predictions, quiz: { before, after }, ...state }) =>
      [fixed(state), state.classes, [lesson, predictions, before.answers, after.answers].some((one) => Object.keys(one).length > 0)] as const,
  );
  async function forget() {
    if (await ask({ title: t("lesson.forget-question"), text: t("lesson.forget-words"), yes: t("lesson.forget") })) actions.forgetLesson();
  }
  return (
    <section class="lesson-step" aria-labelledby="lesson-next">
      <h2 id="lesson-next">{t("lesson.next")}</h2>
      <p class="honest">{t("lesson.end")}</p>
      <div class="ways-row">
        {ONWARD.map(({ id, place, settings }) => {
          const some = Object.keys(settings).length > 0;
          return (
            <div key={id} class="way-card" data-teach={place}>
              <h3>{phrase(`lesson.next.${id}`, className(classes, Number(settings["goal.class"] ?? 0)))}</h3>
              <p>{phrase(`lesson.next.${id}.words`)}</p>
              <div class="buttons">
                <Button
                  testid={some ? `lesson-next-set-${id}` : `lesson-next-${id}`}
                  disabled={some && held}
                  onClick={() => {
                    actions.settings(settings);
                    go(place);
                  }}>
                  {some ? t("lesson.next.set") : t("lesson.next.go")}
                </Button>
              </div>
            </div>
          );
        })}
      </div>
      <div class="buttons">
        <Button testid="lesson-forget" kind="quiet" disabled={!begun} onClick={() => void forget()}>
          {t("lesson.forget")}
        </Button>
      </div>
    </section>
  );
}
