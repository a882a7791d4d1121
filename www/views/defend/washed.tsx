// What the purifier does: the sign, the sign under attack, and what is left of the attack when it has been washed, with the answers.

import { useEffect, useRef } from "preact/hooks";
import { busy, facts, hasPurifier } from "../../state/select.js";
import type { Seen } from "../../state/types.js";
import { TopBars, tagsFor, type Tags } from "../shared/bars.js";
import { Button, Fold } from "../../ui/elements.js";
import { Difference, Pixels } from "../../ui/pixels.js";
import { usePick } from "../shared/store.js";
import { className, percent } from "../../words/format.js";
import { t } from "../../words/i18n.js";
import { useApp } from "../app.js";

interface CardProps {
  title: string;
  testid: string;
  tone: string;
  seen: Seen | null | undefined;
  tags: Tags;
  hidden?: boolean;
}

function Card({ title, testid, tone, seen, tags, hidden = false }: CardProps) {
  const [classes] = usePick((state) => [state.classes] as const);
  const best = seen?.top[0];
  return (
    <figure class={`figure figure-${tone}`} data-testid={testid} hidden={hidden}>
      <figcaption>{title}</figcaption>
      <div class="frame">
        <Pixels label={title} testid={`${testid}-canvas`} picture={seen?.picture} />
      </div>
      <div class="figure-under" hidden={!best}>
        <p class="wash-answer" data-tone={best && tags.size > 0 ? (tags.get(best.class)?.tone ?? "bad") : ""}>
          {best ? className(classes, best.class) : ""} <span>{best ? percent(best.probability) : ""}</span>
        </p>
        <TopBars label={t("purify.answer", title)} testid={`${testid}-top`} top={seen?.top} classes={classes} tags={tags} />
      </div>
    </figure>
  );
}

/** Who comes here first sees what the purifier does: the model's own, or the one that comes with the page if the model does too. */
function useShown(): void {
  const { store, actions } = useApp();
  const shown = useRef(false);
  const [now] = usePick(
    (state) =>
      [state.place === "defend" && state.device.phase === "ready" && facts(state).trained && !busy(state) && state.subject !== null] as const,
  );
  useEffect(() => {
    if (!now || shown.current) return;
    shown.current = true;
    const state = store.get();
    const has = hasPurifier(state) || (state.shipped && state.selected === "lenet");
    if (has && !state.outcome?.purified_adversarial) void actions.wash();
  }, [now]);
}

const Arrow = ({ hidden }: { hidden: boolean }) => (
  <span class="arrow" aria-hidden="true" hidden={hidden}>
    →
  </span>
);

export function Washed() {
  const { actions } = useApp();
  const [subject, outcome, purifier, gain, trained, off] = usePick(
    (state) =>
      [
        state.subject,
        state.outcome,
        hasPurifier(state),
        Number(state.settings["view.gain"]),
        facts(state).trained,
        busy(state) || state.device.phase !== "ready" || state.subject === null,
      ] as const,
  );
  useShown();
  const target = outcome?.goal.kind === "targeted" ? outcome.goal.class : null;
  const tags = tagsFor(outcome ? outcome.label : subject?.label, { target, photo: subject?.label == null });
  const [clean, hit, repaired] = [outcome?.original.picture, outcome?.adversarial.picture, outcome?.purified_adversarial?.picture];
  const washedClean = outcome?.purified_original ?? subject?.purified;
  const missing = !trained
    ? t("purify.train-the-network-first")
    : !purifier
      ? t("wash.lends")
      : !outcome
        ? t("wash.press")
        : repaired
          ? ""
          : t("purify.the-attack-is-older");
  return (
    <div class="wash">
      <div class="buttons">
        <Button testid="wash-go" kind="primary" disabled={off || !trained} onClick={() => void actions.wash()}>
          {t("wash.go")}
        </Button>
        <span class="fine" data-testid="purify-hint" hidden={missing === ""}>
          {missing}
        </span>
      </div>
      <div class="wash-row">
        <Card title={t("purify.clean")} testid="purify-clean" tone="original" seen={outcome?.original ?? subject?.seen} tags={tags} />
        <Arrow hidden={!hit} />
        <Card title={t("purify.attacked")} testid="purify-attacked" tone="attacked" seen={outcome?.adversarial} tags={tags} hidden={!hit} />
        <Arrow hidden={!repaired} />
        <Card
          title={t("purify.attacked-purified-2")}
          testid="purify-attacked-after"
          tone="purified"
          seen={outcome?.purified_adversarial}
          tags={tags}
          hidden={!repaired}
        />
      </div>
      <Fold summary={t("wash.more")} testid="wash-more" hidden={!washedClean && !repaired}>
        <div class="wash-row">
          <Card title={t("purify.clean-purified-2")} testid="purify-clean-after" tone="purified" seen={washedClean} tags={tags} />
          <div class="differences" data-testid="purify-differences" hidden={!repaired}>
            <figure class="figure">
              <div class="frame">
                <Difference label={t("purify.added")} testid="purify-added" from={clean} to={hit} gain={gain} />
              </div>
              <figcaption>{t("purify.added")}</figcaption>
            </figure>
            <figure class="figure">
              <div class="frame">
                <Difference label={t("purify.removed")} testid="purify-removed" from={hit} to={repaired} gain={gain} />
              </div>
              <figcaption>{t("purify.removed")}</figcaption>
            </figure>
            <figure class="figure">
              <div class="frame">
                <Difference label={t("purify.rest")} testid="purify-rest" from={clean} to={repaired} gain={gain} />
              </div>
              <figcaption>{t("purify.rest")}</figcaption>
            </figure>
          </div>
        </div>
      </Fold>
    </div>
  );
}
