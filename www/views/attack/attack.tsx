// The attack: which one, with what parameters, towards what, and what stands in its way.

import { signUrl } from "../../engine/assets.js";
import { isAimless, needsPurifier } from "../../state/commands.js";
import { busy, facts, fixed, hasPurifier } from "../../state/select.js";
import { CW_PRESETS } from "../../state/presets.js";
import { ATTACKS, CLASSES, DEFENSES, attackKeys, defenseKeys } from "../../state/schema.js";
import { Button, More } from "../../ui/elements.js";
import { ErrorSlot } from "../shared/errors.js";
import { Choice, Controls, Field, Segmented, Slider } from "../shared/fields.js";
import { classOptions, SignGrid } from "../shared/signs.js";
import { usePick } from "../shared/store.js";
import { TermLink } from "../../ui/terms.js";
import { of255, short } from "../../words/format.js";
import { t } from "../../words/i18n.js";
import { useApp } from "../app.js";
import { JobControls, jobWords } from "../shared/job.js";
import { ModelSelect } from "../shared/models.js";
import { about, attackTitle } from "../shared/names.js";
import { Frames } from "./frames.js";
import { Insight } from "./insight.js";
import { Outcome } from "./outcome.js";

function Job() {
  const { actions } = useApp();
  const [subject, jobs, frame, attacking] = usePick(
    (state) => [state.subject, state.jobs, state.frames.at(-1), busy(state) && state.job?.job === "attack"] as const,
  );
  const parts = [];
  if (attacking && frame) {
    parts.push(t("attack.round-step", frame.round, frame.iteration));
    if (frame.c == null) parts.push(t("attack.margin", short(frame.margin)));
    else
      parts.push(`c = ${short(frame.c)}`, frame.best_l2 != null ? t("attack.smallest-l2-so-far", short(frame.best_l2)) : t("attack.no-success-yet"));
  }
  return (
    <JobControls
      job="attack"
      prefix="attack"
      pausable
      label={t("attack.attack")}
      allowed={subject !== null}
      start={() => actions.attack()}
      detail={parts.length > 0 ? parts.join(" · ") : jobWords({ jobs }, "attack", "")}
    />
  );
}

/** Which sign it is to be taken for. */
function Target({ hidden }: { hidden: boolean }) {
  const { actions } = useApp();
  const [index, classes, signs, off] = usePick(
    (state) => [Number(state.settings["goal.class"]), state.classes, state.data?.signs ?? true, busy(state) || fixed(state)] as const,
  );
  const known = classes.length || CLASSES;
  const chosen = index % known;
  return (
    <div class="target" hidden={hidden}>
      <div class="target-row">
        <img src={signUrl(chosen)} alt="" width={40} height={40} hidden={!signs} />
        <Choice
          of="target-class"
          testid="target-class"
          label={t("attack.target")}
          symbol="t"
          disabled={off}
          value={String(chosen)}
          options={classOptions(classes, known)}
          onChange={(value) => actions.settings({ "goal.class": Number(value) })}
        />
      </div>
      <More summary={t("attack.choose-by-picture")} testid="target-more">
        <SignGrid
          label={t("attack.target-pick-the-sign")}
          testid="target-grid"
          selected={chosen}
          classes={classes}
          disabled={off}
          hidden={!signs}
          onPick={(one) => actions.settings({ "goal.class": one })}
        />
      </More>
    </div>
  );
}

function Presets({ hidden }: { hidden: boolean }) {
  const { actions } = useApp();
  const [off] = usePick((state) => [busy(state)] as const);
  const button = (name: keyof typeof CW_PRESETS, words: string, title: string) => (
    <Button testid={`cw-preset-${name}`} disabled={off} title={title} onClick={() => actions.settings(CW_PRESETS[name])}>
      {words}
    </Button>
  );
  return (
    <div class="buttons" role="group" aria-label={t("attack.presets")} hidden={hidden}>
      <span class="field-label">{t("attack.preset")}</span>
      {button("interactive", t("attack.interactive"), t("attack.interactive-title"))}
      {button("paper", t("attack.as-in-the-paper"), t("attack.paper-title"))}
    </div>
  );
}

/** A setting that several attacks share is one control. */
const PARAMETERS = [...new Set(ATTACKS.flatMap((name) => attackKeys(name)))].filter((key) => key !== "attack.epsilon");
const DEFENSE_PARAMETERS = [...new Set(DEFENSES.flatMap((name) => defenseKeys(name)))];

function Chooser() {
  const [kind, goal] = usePick((state) => [String(state.settings["attack.kind"]), state.settings["goal.kind"]] as const);
  const aimless = isAimless(kind);
  return (
    <div class="fields">
      <Field name="attack.kind" disabled={busy} />
      <p class="fine" data-testid="attack-about">
        {about("attack", kind)}
      </p>
      <TermLink term={`attack.${kind}`} />
      <div hidden={!attackKeys(kind).includes("attack.epsilon")}>
        <Slider name="attack.epsilon" words={of255} disabled={busy} />
      </div>
      <Segmented name="goal.kind" testid="goal" disabled={busy} hidden={aimless} />
      <p class="fine" data-testid="attack-no-target" hidden={!aimless}>
        {t("attack.takes-no-target", attackTitle(kind))}
      </p>
      <Target hidden={goal !== "targeted" || aimless} />
    </div>
  );
}

/** Whether the example is made on another model than the selected one. */
const useTransfer = () =>
  usePick(({ madeOn, selected, models }) => [madeOn !== selected && models.has(madeOn)] as const)[0];

function Expert() {
  const [kind] = usePick((state) => [String(state.settings["attack.kind"])] as const);
  const mine = attackKeys(kind);
  const transfer = useTransfer();
  return (
    <More summary={t("attack.expert")} testid="attack-more" teach="expert">
      <Presets hidden={kind !== "cw"} />
      <div class="fields" data-testid="attack-parameters">
        {PARAMETERS.map((key) => (
          <Field key={key} name={key} disabled={busy} hidden={!mine.includes(key)} />
        ))}
      </div>
      <ModelSelect
        of="madeOn"
        testid="attack-made-on"
        label={t("attack.made-on")}
        none={t("attack.the-selected-model")}
        help={t("attack.transfer-the-example-is")}
      />
      <p class="fine" data-testid="attack-transferred" hidden={!transfer}>
        {t("attack.the-example-is-made")}
      </p>
    </More>
  );
}

function InTheWay() {
  const [kind] = usePick((state) => [String(state.settings["defense.kind"])] as const);
  const mine = defenseKeys(kind);
  const transfer = useTransfer();
  return (
    <More summary={t("attack.in-the-way")} testid="attack-defence">
      <Field name="defense.kind" disabled={busy} />
      <p class="fine" data-testid="defense-about">
        {about("defence", kind)}
      </p>
      {DEFENSE_PARAMETERS.map((key) => (
        <Field key={key} name={key} disabled={busy} hidden={!mine.includes(key)} />
      ))}
      <Field name="knowledge" disabled={busy} hidden={kind === "none" || transfer} />
    </More>
  );
}

export function Attack() {
  const [untrained, missing] = usePick(
    (state) => [!facts(state).trained && state.device.phase === "ready", needsPurifier(String(state.settings["defense.kind"])) && !hasPurifier(state)] as const,
  );
  return (
    <div class="panel-grid">
      <div class="panel-main attack-main">
        <p class="notice" data-testid="attack-untrained" hidden={!untrained}>
          {t("attack.the-network-is-untrained")}
        </p>
        <p class="notice" data-testid="attack-no-purifier" hidden={!missing}>
          {t("attack.this-model-has-no")}
        </p>
        <Job />
        <ErrorSlot panels={["attack"]} />
        <Outcome />
        <Frames />
        <Insight />
      </div>
      <Controls>
        <Chooser />
        <Expert />
        <InTheWay />
      </Controls>
    </div>
  );
}
