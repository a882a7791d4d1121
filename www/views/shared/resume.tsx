// A training that was interrupted and can go on from its last checkpoint: after a crash, a reload, a closed tab.

import { busy } from "../../state/select.js";
import type { Training } from "../../state/types.js";
import { Button } from "../../ui/elements.js";
import { usePick } from "./store.js";
import { t } from "../../words/i18n.js";
import { useApp } from "../app.js";

/** Offers to go on with it, or to give it up; `of` only trainings of one kind. `prefix` of the test ids. */
export function Resume({ prefix, of }: { prefix: string; of?: Training }) {
  const { actions } = useApp();
  const [found, off] = usePick((state) => [state.resumable, busy(state) || state.device.phase !== "ready"] as const);
  if (!found || (of !== undefined && found.kind !== of)) return null;
  return (
    <div class="notice" data-testid={prefix} role="status">
      <p>{t(`resume.${found.kind}`, found.model, found.step, found.steps)}</p>
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
