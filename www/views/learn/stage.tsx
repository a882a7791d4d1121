// What came of a run, small: the picture before and after, what was read, and what a defence makes of it.

import type { LessonAttack } from "../../state/types.js";
import { TopBars, tagsFor } from "../shared/bars.js";
import { Compare } from "../../ui/compare.js";
import { usePick } from "../shared/store.js";
import { short } from "../../words/format.js";
import { t } from "../../words/i18n.js";
import { attackName, attackerName, defenseName } from "../shared/names.js";

export function Stage({ testid, outcome }: { testid: string; outcome: LessonAttack | undefined }) {
  const [classes] = usePick((state) => [state.classes] as const);
  const behind = outcome?.defended ?? null;
  const success = behind ? behind.success : outcome?.success;
  const seen = behind?.adversarial ?? outcome?.adversarial;
  const title = !outcome
    ? ""
    : [attackName(outcome.attack), behind ? t("stage.through", defenseName(outcome.defense)) : "", behind ? attackerName(outcome.knowledge) : ""]
        .filter(Boolean)
        .join(", ");
  return (
    <figure class="stage" data-testid={testid} hidden={!outcome}>
      <figcaption>{title}</figcaption>
      <div class="frame">
        <Compare label={t("compare.label")} testid={`${testid}-compare`} before={outcome?.original.picture} after={seen?.picture} />
      </div>
      <div class="stage-side">
        <span class="badge" data-testid={`${testid}-verdict`} data-value={success === undefined ? undefined : String(success)}>
          {success ? t("outcome.fooled-the-network") : t("stage.held")}
        </span>
        <TopBars
          label={t("subject.what-the-network-sees")}
          testid={`${testid}-top`}
          top={seen?.top}
          classes={classes}
          tags={tagsFor(outcome?.label, { target: outcome?.goal.kind === "targeted" ? outcome.goal.class : null })}
        />
        <p class="fine">{outcome ? `L2 ${short(outcome.l2)} · L∞ ${short(outcome.linf * 255)}/255` : ""}</p>
      </div>
    </figure>
  );
}
