// What an attack has come to: four pictures beside one another, their answers, and the size of the change.

import type { ComponentChildren } from "preact";
import { saveBytes } from "../../io/files.js";
import { png } from "../../io/png.js";
import { busy, hasPurifier, metBefore } from "../../state/select.js";
import type { OutcomeReport } from "../../state/types.js";
import { TopBars, tagsFor, type Tags } from "../shared/bars.js";
import { Compare } from "../../ui/compare.js";
import { Button, Norm } from "../../ui/elements.js";
import { Fixed, Slider } from "../shared/fields.js";
import { Change, Pixels } from "../../ui/pixels.js";
import { usePick } from "../shared/store.js";
import { className, number, percent, short } from "../../words/format.js";
import { t } from "../../words/i18n.js";
import { useApp } from "../app.js";
import { attackerName, defenseName } from "../shared/names.js";

function Figure({
  title,
  tone,
  testid,
  empty = false,
  picture,
  children,
}: {
  title: string;
  tone: string;
  testid: string;
  /** Whether there is no picture to be seen. */
  empty?: boolean;
  picture: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <figure class={`figure figure-${tone}`} data-testid={testid}>
      <figcaption>{title}</figcaption>
      <div class="frame" hidden={empty}>
        {picture}
      </div>
      <div class="figure-under">{children}</div>
    </figure>
  );
}

interface BadgeProps {
  testid: string;
  value: boolean | null;
  yes: string;
  no: string;
  none?: string;
}
const Badge = ({ testid, value, yes, no, none = "" }: BadgeProps) => (
  <span class="badge" data-testid={testid} data-value={value === null ? "" : String(value)}>
    {value === null ? `${none}: –` : value ? yes : no}
  </span>
);

/** What is saved is the picture rounded to 8 bits, the one that the second badge is about. */
const save = (outcome: OutcomeReport): void => saveBytes(png(outcome.adversarial_8bit.picture), "adversarial-32x32.png", "image/png");

/** What came of it, in a sentence. */
function Sentence({ outcome }: { outcome: OutcomeReport | null }) {
  const [classes, attacking] = usePick((state) => [state.classes, state.job?.job === "attack" && state.job.state === "running"] as const);
  const before = outcome?.original.top[0];
  const after = outcome?.adversarial.top[0];
  let words = outcome ? "" : attacking ? t("outcome.looking-for-a-change") : t("outcome.no-attack-yet-choose");
  if (before && after) {
    const to = `${t("word.quoted", className(classes, after.class))} (${percent(after.probability)})`;
    words =
      before.class === after.class
        ? t("outcome.the-network-still-reads", to, percent(before.probability))
        : t("outcome.the-network-read-now", `${t("word.quoted", className(classes, before.class))} (${percent(before.probability)})`, to);
  }
  return (
    <p class="headline" data-testid="outcome-sentence">
      {words}
    </p>
  );
}

function Summary({ outcome }: { outcome: OutcomeReport | null }) {
  return (
    <div class="outcome-summary" hidden={!outcome}>
      <p class="badges">
        <Badge
          testid="outcome-success"
          value={outcome ? outcome.success : null}
          yes={outcome && metBefore(outcome) ? t("outcome.it-was-so-before") : t("outcome.fooled-the-network")}
          no={t("outcome.did-not-fool-the")}
          none={t("outcome.result")}
        />
        <Badge
          testid="outcome-8bit"
          value={outcome ? outcome.success_8bit : null}
          yes={t("outcome.still-works-as-an")}
          no={t("outcome.does-not-work-as")}
          none={t("outcome.as-an-8-bit")}
        />
      </p>
      <dl class="norms">
        <Norm name="L0" testid="outcome-l0" help={t("outcome.number-of-pixels-that")} value={outcome ? String(outcome.l0) : ""}>
          {outcome ? t("outcome.of-1-024-pixels", outcome.l0) : "–"}
        </Norm>
        <Norm name="L2" testid="outcome-l2" help={t("outcome.length-of-the-change")} value={outcome ? String(outcome.l2) : ""}>
          {outcome ? short(outcome.l2) : "–"}
        </Norm>
        <Norm name="L∞" testid="outcome-linf" help={t("outcome.largest-change-of-one")} value={outcome ? String(outcome.linf) : ""}>
          {outcome ? `${short(outcome.linf * 255)}/255` : "–"}
        </Norm>
      </dl>
    </div>
  );
}

/** What the defence that was asked about makes of it. */
function Defended({ outcome, tags }: { outcome: OutcomeReport | null; tags: Tags }) {
  const [classes] = usePick((state) => [state.classes] as const);
  const behind = outcome?.defended ?? null;
  const detects = outcome?.defense.name === "detector";
  const refusal = (refuses: boolean, yes: string, no: string) => (behind && detects ? (refuses ? yes : no) : "");
  return (
    <div class="defended" data-testid="defended" id="outcome-defended" tabIndex={-1} hidden={!behind}>
      <h2>{outcome && behind ? t("outcome.behind-the-defence", defenseName(outcome.defense)) : ""}</h2>
      <p class="badges">
        <Badge
          testid="defended-success"
          value={behind ? behind.success : null}
          yes={t("outcome.reaches-its-goal-in")}
          no={t("outcome.the-defence-holds")}
        />
        <span
          class="badge badge-plain"
          data-testid="defended-refuses-original"
          data-refuses={String(behind?.refuses_original ?? false)}
          hidden={!detects}>
          {refusal(behind?.refuses_original ?? false, t("outcome.refuses-the-original"), t("outcome.lets-the-original-pass"))}
        </span>
        <span class="badge badge-plain" data-testid="defended-refuses" data-refuses={String(behind?.refuses_adversarial ?? false)} hidden={!detects}>
          {refusal(behind?.refuses_adversarial ?? false, t("outcome.refuses-the-attacked-picture"), t("outcome.lets-the-attacked-picture"))}
        </span>
      </p>
      <div class="figures-row">
        <Figure
          title={t("outcome.original-defended")}
          tone="original"
          testid="figure-defended-original"
          picture={
            <Pixels label={t("outcome.the-original-picture-as")} testid="figure-defended-original-canvas" picture={behind?.original.picture} />
          }>
          <TopBars
            label={t("outcome.answer-to-the-original-2")}
            testid="defended-original-top"
            top={behind?.original.top}
            classes={classes}
            tags={tags}
          />
        </Figure>
        <Figure
          title={t("outcome.adversarial-defended")}
          tone="attacked"
          testid="figure-defended"
          picture={<Pixels label={t("outcome.the-attacked-picture-as")} testid="figure-defended-canvas" picture={behind?.adversarial.picture} />}>
          <TopBars label={t("outcome.answer-to-the-attacked-2")} testid="defended-top" top={behind?.adversarial.top} classes={classes} tags={tags} />
        </Figure>
      </div>
    </div>
  );
}

/** The picture, the change, the picture with it, and that one repaired. */
function Four({ outcome, tags }: { outcome: OutcomeReport | null; tags: Tags }) {
  const { actions } = useApp();
  const [classes, subject, running, purifier, gain] = usePick(
    (state) =>
      [state.classes, state.subject, state.job?.job === "attack" && busy(state), hasPurifier(state), Number(state.settings["view.gain"])] as const,
  );
  const untouched = outcome?.original ?? subject?.seen ?? null;
  const clean = outcome?.purified_adversarial ?? null;
  return (
    <div class="figures-row" hidden={!outcome}>
      <Figure
        title={t("outcome.original")}
        tone="original"
        testid="figure-original"
        picture={<Pixels label={t("outcome.the-original-picture")} testid="figure-original-canvas" picture={untouched?.picture} />}>
        <TopBars label={t("outcome.answer-to-the-original")} testid="original-top" top={untouched?.top} classes={classes} tags={tags} />
      </Figure>
      <Figure
        title={t("outcome.perturbation")}
        tone="change"
        testid="figure-perturbation"
        picture={<Change label={t("outcome.the-change-amplified")} testid="figure-perturbation-canvas" delta={outcome?.perturbation} gain={gain} />}>
        <Fixed>
          <Slider name="view.gain" words={(value) => `× ${number(value)}`} quiet />
        </Fixed>
        <p class="fine">{t("outcome.grey-is-no-change")}</p>
      </Figure>
      <Figure
        title={t("outcome.adversarial")}
        tone="attacked"
        testid="figure-adversarial"
        picture={<Pixels label={t("outcome.the-attacked-picture")} testid="figure-adversarial-canvas" picture={outcome?.adversarial.picture} />}>
        <TopBars label={t("outcome.answer-to-the-attacked")} testid="adversarial-top" top={outcome?.adversarial.top} classes={classes} tags={tags} />
        <Button
          testid="outcome-save"
          title={t("outcome.the-attacked-picture-32")}
          disabled={!outcome}
          onClick={() => {
            if (outcome) save(outcome);
          }}>
          {t("outcome.save-as-png")}
        </Button>
      </Figure>
      <Figure
        title={t("outcome.purified")}
        tone="purified"
        testid="figure-purified"
        empty={clean === null}
        picture={<Pixels label={t("outcome.the-attacked-picture-after")} testid="figure-purified-canvas" picture={clean?.picture} />}>
        <TopBars
          label={t("outcome.answer-to-the-purified")}
          testid="purified-top"
          top={clean?.top}
          classes={classes}
          tags={tags}
          hidden={clean === null}
        />
        <p class="fine" data-testid="purified-missing" hidden={clean !== null}>
          {!purifier ? t("outcome.train-a-purifier-first") : outcome ? t("outcome.this-attack-is-older") : t("outcome.shown-after-an-attack")}
        </p>
        <Button testid="attack-again" hidden={!(clean === null && purifier && outcome !== null && !running)} onClick={() => actions.attack()}>
          {t("outcome.attack-again")}
        </Button>
      </Figure>
    </div>
  );
}

export function Outcome() {
  const [outcome, subject, running, classes] = usePick(
    (state) => [state.outcome, state.subject, state.job?.job === "attack" && busy(state), state.classes] as const,
  );
  const target = outcome?.goal.kind === "targeted" ? outcome.goal.class : null;
  const tags = tagsFor(outcome ? outcome.label : subject?.label, { target, photo: subject?.label == null });
  const untouched = outcome?.original ?? subject?.seen ?? null;
  const context = !outcome
    ? ""
    : outcome.made_on
      ? t("outcome.made-on", outcome.made_on)
      : outcome.defense.name === "none"
        ? ""
        : ` · ${attackerName(outcome.knowledge)}`;
  return (
    <div class="outcome" data-state={outcome ? "done" : running ? "running" : "empty"} data-attack={outcome?.attack.name ?? ""}>
      <div class="outcome-top">
        <div class="frame">
          <Compare
            label={t("compare.label")}
            testid="outcome-compare"
            before={untouched?.picture}
            after={outcome?.adversarial.picture ?? untouched?.picture}
            on={outcome !== null}
          />
        </div>
        <div class="outcome-side">
          <Sentence outcome={outcome} />
          <Summary outcome={outcome} />
          <p class="fine outcome-how" data-testid="outcome-how" hidden={!outcome}>
            <code data-testid="outcome-printed">{outcome?.printed ?? ""}</code>
            <span data-testid="outcome-context">{context}</span>
          </p>
          <p class="fine" hidden={!outcome}>
            {t("compare.words")}
          </p>
          {!outcome && (
            <TopBars label={t("outcome.answer-to-the-original")} testid="untouched-top" top={untouched?.top} classes={classes} tags={tags} />
          )}
        </div>
      </div>
      <Four outcome={outcome} tags={tags} />
      <Defended outcome={outcome} tags={tags} />
    </div>
  );
}
