// A training that was interrupted and can go on from its last checkpoint: after a crash, a reload, a closed tab.

import { busy } from "../../state/select.js";
import type { Resumable, Training } from "../../state/types.js";
import { Button } from "../../ui/elements.js";
import { usePick } from "./store.js";
import { t } from "../../words/i18n.js";
import { useApp } from "../app.js";

/** Which training it is, and how far it came. */
export const resumeWords = ({ kind, model, step, steps }: Resumable): string => t(`resume.${kind}`, model, step, steps);

/** Offers to go on with it, or to give it up; `of` only trainings of one kind. `prefix` of the test ids. */
export function Resume({ prefix, of }: { prefix: string; of?: Training }) {
  const { actions } = useApp();
  const [found, off] = usePick((state) => [state.resumable, busy(state) || state.device.phase !== "ready"] as const);
  if (!found || (of !== undefined && found.kind !== of)) return null;
  return (
    <div class="notice" data-testid={prefix}>
      <p>{resumeWords(found)}</p>
      <div class="buttons">
        <Button testid={`${prefix}-go`} kind="primary" disabled={off} onClick={() => void actions.resumeTraining()}>
          {t("resume.go")}
        </Button>
        <Button testid={`${prefix}-forget`} disabled={off} onClick={() => void actions.forgetTraining()}>
          {t("resume.forget")}
        </Button>
      </div>
    </div>
  );
}
