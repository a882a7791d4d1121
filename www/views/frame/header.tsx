// The five places, and what belongs to the whole page: the lesson, sharing, settings.

import { FLOW } from "../../state/place.js";
import { facts, hasPurifier } from "../../state/select.js";
import type { State } from "../../state/types.js";
import { openDialog } from "../../ui/dialog.js";
import { Button } from "../../ui/elements.js";
import { usePick } from "../shared/store.js";
import { phrase, t } from "../../words/i18n.js";
import { Settings } from "./settings.js";
import { Share } from "./share.js";

const DONE: Record<string, (state: State) => boolean> = {
  data: (state) => state.subject !== null,
  train: (state) => facts(state).trained,
  attack: (state) => state.outcome?.success === true,
  defend: (state) => hasPurifier(state),
  measure: (state) => state.matrix?.report != null,
};

export const openSettings = () => openDialog((close) => <Settings close={close} />);

export function Header() {
  const [at, ...done] = usePick((state) => [state.place, ...FLOW.map((id) => DONE[id]?.(state) === true)]);
  return (
    <>
      <nav class="nav" aria-label={t("page.places")}>
        <ol class="nav-list">
          {FLOW.map((id, index) => (
            <li key={id}>
              <a
                class={`nav-link${done[index] ? " is-done" : ""}`}
                href={`#${id}`}
                data-teach={id}
                data-testid={`nav-${id}`}
                aria-current={id === at ? "page" : undefined}>
                <span class="plaque" aria-hidden="true">
                  {index + 1}
                </span>
                <span class="nav-label">{phrase(`place.${id}.title`)}</span>
                <span class="hidden">{done[index] ? ` ${t("page.done")}` : ""}</span>
              </a>
            </li>
          ))}
        </ol>
      </nav>
      <div class="tools">
        <a class="tool" href="#lesson" data-testid="nav-lesson" aria-current={at === "lesson" ? "page" : undefined}>
          {t("place.lesson.title")}
        </a>
        <Button testid="share-open" kind="quiet" onClick={() => openDialog((close) => <Share close={close} />)}>
          {t("share.title")}
        </Button>
        <Button testid="settings-open" kind="quiet" onClick={openSettings}>
          {t("settings.title")}
        </Button>
      </div>
    </>
  );
}
