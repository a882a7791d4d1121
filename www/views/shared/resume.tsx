// A training that was interrupted and can go on from its last checkpoint: after a crash, a reload, a closed tab.

import { isOpen } from "../../keep/checkpoints.js";
import { busy } from "../../state/select.js";
import type { Resumable, State, Training } from "../../state/types.js";
import { Button } from "../../ui/elements.js";
import { usePick } from "./store.js";
import { setName } from "../../words/format.js";
import { t } from "../../words/i18n.js";
import { useApp } from "../app.js";

/** What has to be opened before, where it learned from something else than what is open. */
function dataWords({ data, kept }: Resumable, open: Pick<State, "data" | "dataOptions">): string {
  if (data === null || isOpen(open, data)) return "";
  return data === "drawn" ? t("resume.opens-drawn") : t(kept ? "resume.opens-set" : "resume.wants-set", setName(data.set));
}

/** Which training it is, and how far it came. */
export const resumeWords = ({ kind, model, step, steps }: Resumable): string => t(`resume.${kind}`, model, step, steps);

/** Offers to go on with it, or to give it up: with the latest, or with all of one kind. `prefix` of the test ids. */
export function Resume({ prefix, of }: { prefix: string; of?: Training }) {
  const { actions } = useApp();
  const [first, others, off, data, dataOptions] = usePick(
    (state) => [state.resumable, state.otherResumables, busy(state) || state.device.phase !== "ready", state.data, state.dataOptions] as const,
  );
  if (!first) return null;
  const all = of === undefined ? [first] : [first, ...others].filter(({ kind }) => kind === of);
  return (
    <>
      {all.map((found) => (
        <div key={found.entry} class="notice" data-testid={prefix}>
          <p>
            {resumeWords(found)} {dataWords(found, { data, dataOptions })}
          </p>
          <div class="buttons">
            <Button testid={`${prefix}-go`} kind="primary" disabled={off} onClick={() => void actions.resumeTraining(found)}>
              {t("resume.go")}
            </Button>
            <Button testid={`${prefix}-forget`} disabled={off} onClick={() => void actions.forgetTraining(found)}>
              {t("resume.forget")}
            </Button>
          </div>
        </div>
      ))}
    </>
  );
}
