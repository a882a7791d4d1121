// Training of the classifier: settings, controls, live curves.

import { WEIGHT_NAMES } from "../../engine/assets.js";
import { makesExamples } from "../../state/commands.js";
import { busy, facts } from "../../state/select.js";
import { ask } from "../../ui/dialog.js";
import { Button, More } from "../../ui/elements.js";
import { ErrorSlot } from "../shared/errors.js";
import { Controls, Field } from "../shared/fields.js";
import { LiveChart } from "../../ui/chart/chart.js";
import { TRAINING } from "../../state/panels.js";
import { SCHEMA, recipeKeys } from "../../state/schema.js";
import { usePick } from "../shared/store.js";
import { FoldedTable } from "../../ui/tables.js";
import { Pixels } from "../../ui/pixels.js";
import { className, fixed, percent, short } from "../../words/format.js";
import { t } from "../../words/i18n.js";
import { useApp } from "../app.js";
import { JobControls, jobWords } from "../shared/job.js";
import { about } from "../shared/names.js";
import { PresetPanel } from "../shared/preset.js";
import { Resume } from "../shared/resume.js";
import { knownOf, useFound } from "../shared/shipped.js";

/** Pictures of what it learns from: a few, for each is drawn. */
const SAMPLES = 12;

function Job() {
  const { store, actions } = useApp();
  const [trained, jobs, epochs, off] = usePick(
    (state) => [facts(state).trained, state.jobs, state.settings["train.epochs"] ?? 0, busy(state) || state.device.phase !== "ready"] as const,
  );
  const mine = jobs.train;
  const detail = !mine
    ? t(trained ? "train.trained-before" : "train.not-trained-yet")
    : mine.state === "running" || mine.state === "paused"
      ? t("train.epoch-of", fixed(mine.epoch, 1), epochs)
      : jobWords({ jobs }, "train", "");
  async function startOver() {
    const question = { title: t("train.start-over-2"), text: t("train.the-selected-network-forgets"), yes: t("train.forget-it") };
    if (!facts(store.get()).trained || (await ask(question))) actions.startOver();
  }
  return (
    <JobControls
      job="train"
      prefix="train"
      pausable
      label={trained ? t("train.train-further") : t("train.train")}
      allowed
      start={() => actions.train()}
      detail={detail}
      second={trained}
      before={
        trained && (
          <Button testid="train-fresh" kind="primary" disabled={off} onClick={() => void actions.trainFresh()}>
            {t("train.fresh")}
          </Button>
        )
      }>
      <Button testid="train-reset" kind="quiet" disabled={off} title={t("train.forget-what-the-network")} onClick={() => void startOver()}>
        {t("train.start-over")}
      </Button>
    </JobControls>
  );
}

/** Of a network that comes with the page as it came: how it does on real photos. */
function Known() {
  const [name, as] = usePick(
    (state) =>
      [
        state.selected,
        facts(state).trained && facts(state).validated === null && facts(state).curves.train.x.length === 0 && WEIGHT_NAMES.includes(state.selected),
      ] as const,
  );
  const { found } = useFound(as, "train");
  const known = found && as ? knownOf(found.records, name) : undefined;
  if (known?.value == null) return null;
  const [low, high] = known.interval ?? [0, 1];
  return (
    <p class="headline" data-testid="train-known" data-value={known.value}>
      <strong>{percent(known.value)}</strong>
      <span>{t("train.of-real-photos", known.n, percent(low), percent(high))}</span>
    </p>
  );
}

function Headlines() {
  const [validated, share, collapsed, curve, epsilon, recipe] = usePick(
    (state) =>
      [
        facts(state).validated,
        facts(state).robust,
        facts(state).collapsed,
        facts(state).curves.train,
        Number(state.settings["recipe.epsilon"]),
        String(state.settings["recipe.kind"]),
      ] as const,
  );
  const robust = share
    ? t("train.robust-of-signs-are", percent(share.value), share.n)
    : curve.rows.length > 0 && makesExamples(recipe)
      ? t("train.how-many-withstand-255", epsilon)
      : "";
  const words = validated
    ? t("train.of-new-signs-read", validated.n, percent(validated.low), percent(validated.high))
    : curve.x.length > 0
      ? t("train.of-new-signs-counted")
      : t("train.of-new-signs-not");
  return (
    <>
      <p class="notice notice-error" data-testid="train-collapsed" hidden={!collapsed}>
        {t("train.catastrophic-overfitting-within-one")}
      </p>
      <Known />
      <p class="headline" hidden={!validated && curve.x.length === 0}>
        <strong data-testid="train-accuracy" data-value={validated ? String(validated.value) : ""}>
          {validated ? percent(validated.value) : "–"}
        </strong>
        <span data-testid="train-interval">{words}</span>
      </p>
      <p class="fine" data-testid="train-robust" data-value={share ? String(share.value) : ""} hidden={robust === ""}>
        {robust}
      </p>
    </>
  );
}

/** Some of what a new network would learn from. */
function Sheet() {
  const [signs, classes, here] = usePick((state) => [state.gallery, state.classes, state.place === "train"] as const);
  if (signs.length === 0 || !here) return null;
  return (
    <div>
      <h2>{t("examples.what-it-learns-from")}</h2>
      <ul class="sheet sheet-short" aria-label={t("examples.examples")}>
        {signs.slice(0, SAMPLES).map((sign, index) => (
          <li key={index}>
            <Pixels label={className(classes, sign.class)} picture={sign.picture} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Curves() {
  const [curve, running, trained, name] = usePick((state) =>
    [facts(state).curves.train, busy(state) && state.job?.job === "train", facts(state).trained, state.selected] as const);
  const training = { label: t("word.training"), color: "--blue", shape: "line" } as const;
  const validation = { label: t("word.validation"), color: "--ink", shape: "points" } as const;
  const none = curve.x.length === 0 && curve.rows.length === 0;
  return (
    <>
      <p data-testid="train-no-curve" hidden={!none || running || !trained}>
        {t("train.no-curve", name)}
      </p>
      <p hidden={!none || running}>{t("train.watch")}</p>
      {none && !running && <Sheet />}
      <div class="charts" hidden={none && !running}>
        <LiveChart
          title={t("train.loss")}
          testid="train-loss-chart"
          xs={curve.x}
          lines={[
            { ...training, values: curve.loss },
            { ...validation, values: curve.validationLoss },
          ]}
        />
        <LiveChart
          title={t("train.accuracy")}
          testid="train-accuracy-chart"
          share
          xs={curve.x}
          lines={[
            { ...training, values: curve.accuracy },
            { ...validation, values: curve.validationAccuracy },
            { label: t("train.under-attack"), color: "--red", shape: "points", values: curve.attacked },
          ]}
        />
      </div>
      <FoldedTable
        summary={t("train.the-training-curves-as")}
        testid="train-table"
        ready
        hidden={none}
        heads={[
          t("train.epoch"),
          t("train.training-loss"),
          t("train.training-accuracy"),
          t("train.validation-loss"),
          t("train.validation-accuracy"),
          t("train.robust-accuracy"),
        ]}
        of={curve.rows}
        row={(row) => [
          short(row.x),
          row.trainingLoss === null ? "–" : short(row.trainingLoss),
          row.trainingAccuracy === null ? "–" : percent(row.trainingAccuracy),
          short(row.loss),
          percent(row.accuracy.value),
          row.robust ? percent(row.robust.value) : "–",
        ]}
      />
    </>
  );
}

/** Those of all recipes: what belongs to another than the chosen one is hidden, and keeps its value. */
const RECIPE_SETTINGS = [...new Set((SCHEMA["recipe.kind"]?.choices ?? []).flatMap((name) => recipeKeys(String(name))))];

function Recipe() {
  const [kind] = usePick((state) => [String(state.settings["recipe.kind"])] as const);
  const mine = recipeKeys(kind);
  return (
    <>
      <Field name="recipe.kind" disabled={busy} />
      <p class="fine" data-testid="recipe-about">
        {about("recipe", kind)}
      </p>
      {RECIPE_SETTINGS.map((key) => (
        <Field key={key} name={key} disabled={busy} hidden={!mine.includes(key)} />
      ))}
    </>
  );
}

export function Train() {
  return (
    <div class="panel-grid">
      <div class="panel-main">
        <Job />
        <Resume prefix="train-interrupted" of="train" />
        <ErrorSlot panels={["train"]} />
        <Headlines />
        <Curves />
      </div>
      <Controls>
        <div class="fields">
          <Recipe />
          {TRAINING.first.map((key) => (
            <Field key={key} name={key} disabled={busy} />
          ))}
        </div>
        <More summary={t("train.more-settings")} testid="train-more">
          {TRAINING.more.map((key) => (
            <Field key={key} name={key} disabled={busy} />
          ))}
        </More>
        <PresetPanel kind="classifier" />
      </Controls>
    </div>
  );
}
