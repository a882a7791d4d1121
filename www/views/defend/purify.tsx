// The purifier: settings, training, and what it does to the clean and to the attacked picture.

import { PURIFYING } from "../../state/panels.js";
import { busy, facts, hasPurifier } from "../../state/select.js";
import type { Seen } from "../../state/types.js";
import { TopBars, tagsFor, type Tags } from "../shared/bars.js";
import { LiveChart } from "../../ui/chart/chart.js";
import { More } from "../../ui/elements.js";
import { ErrorSlot } from "../shared/errors.js";
import { Controls, Field } from "../shared/fields.js";
import { Difference, Pixels } from "../../ui/pixels.js";
import { usePick } from "../shared/store.js";
import { FoldedTable } from "../../ui/tables.js";
import { fixed, percent, short } from "../../words/format.js";
import { t } from "../../words/i18n.js";
import { useApp } from "../app.js";
import { JobControls, jobWords } from "../shared/job.js";
import { PresetPanel } from "../shared/preset.js";
import { Resume } from "../shared/resume.js";

function Job() {
  const { actions } = useApp();
  const [trained, purifier, jobs, epochs] = usePick(
    (state) => [facts(state).trained, hasPurifier(state), state.jobs, state.settings["purifier.epochs"] ?? 0] as const,
  );
  const mine = jobs.train_purifier;
  const detail = !mine
    ? t(trained ? "purify.no-purifier-yet" : "purify.train-the-network-first")
    : mine.state === "running" || mine.state === "paused"
      ? t("purify.epoch-of", fixed(mine.epoch, 1), epochs)
      : jobWords({ jobs }, "train_purifier", "");
  return (
    <JobControls
      job="train_purifier"
      prefix="purify"
      pausable
      label={purifier ? t("purify.train-it-anew") : t("purify.train-the-purifier")}
      allowed={trained}
      start={() => actions.trainPurifier()}
      detail={detail}
    />
  );
}

function Curves() {
  const [curve] = usePick((state) => [facts(state).curves.train_purifier] as const);
  const last = curve.rows.at(-1);
  const words = last
    ? t("purify.of-attacked-signs-are", last.accuracy.n, last.attacked ? t("purify.without-it", percent(last.attacked.value)) : "")
    : t("purify.of-attacked-signs-read");
  const share = (value: { value: number } | null | undefined) => (value ? percent(value.value) : "–");
  return (
    <>
      <p class="headline">
        <strong data-testid="purify-accuracy" data-value={last ? String(last.accuracy.value) : ""}>
          {last ? percent(last.accuracy.value) : "–"}
        </strong>
        <span>{words}</span>
      </p>
      <div class="charts">
        <LiveChart
          title={t("purify.loss")}
          testid="purify-loss-chart"
          xs={curve.x}
          lines={[
            { label: t("word.training"), color: "--blue", shape: "line", values: curve.loss },
            { label: t("word.validation"), color: "--ink", shape: "points", values: curve.validationLoss },
          ]}
        />
        <LiveChart
          title={t("purify.signs-read-correctly")}
          testid="purify-accuracy-chart"
          share
          xs={curve.x}
          lines={[
            { label: t("purify.attacked-purified"), color: "--green", shape: "points", values: curve.validationAccuracy },
            { label: t("word.attacked"), color: "--red", shape: "points", values: curve.attacked },
            { label: t("purify.clean-purified"), color: "--ink", shape: "points", values: curve.purifiedClean },
          ]}
        />
      </div>
      <FoldedTable
        summary={t("purify.the-purifier-s-curves")}
        testid="purify-table"
        ready
        heads={[
          t("purify.epoch"),
          t("purify.training-loss"),
          t("purify.validation-loss"),
          t("purify.attacked"),
          t("purify.attacked-purified-2"),
          t("purify.clean-purified-2"),
        ]}
        of={curve.rows}
        row={(row) => [
          short(row.x),
          row.trainingLoss === null ? "–" : short(row.trainingLoss),
          short(row.loss),
          share(row.attacked),
          percent(row.accuracy.value),
          share(row.purified_clean),
        ]}
      />
    </>
  );
}

function Card({ title, testid, tone, seen, tags }: { title: string; testid: string; tone: string; seen: Seen | null | undefined; tags: Tags }) {
  const [classes] = usePick((state) => [state.classes] as const);
  return (
    <figure class={`figure figure-${tone}`} data-testid={testid}>
      <figcaption>{title}</figcaption>
      <div class="frame">
        <Pixels label={title} testid={`${testid}-canvas`} picture={seen?.picture} />
      </div>
      <div class="figure-under">
        <TopBars label={t("purify.answer", title)} testid={`${testid}-top`} top={seen?.top} classes={classes} tags={tags} />
      </div>
    </figure>
  );
}

function BeforeAfter() {
  const [subject, outcome, purifier, gain] = usePick(
    (state) => [state.subject, state.outcome, hasPurifier(state), Number(state.settings["view.gain"])] as const,
  );
  const target = outcome?.goal.kind === "targeted" ? outcome.goal.class : null;
  const tags = tagsFor(outcome ? outcome.label : subject?.label, { target, photo: subject?.label == null });
  const [clean, hit, repaired] = [outcome?.original.picture, outcome?.adversarial.picture, outcome?.purified_adversarial?.picture];
  const missing = !purifier
    ? t("purify.empty-places-fill-when")
    : !outcome
      ? t("purify.attack-the-picture-to")
      : repaired
        ? ""
        : t("purify.the-attack-is-older");
  const arrow = (
    <span class="arrow" aria-hidden="true">
      →
    </span>
  );
  return (
    <div class="before-after">
      <h3>{t("purify.before-and-after")}</h3>
      <p class="fine" data-testid="purify-hint" hidden={missing === ""}>
        {missing}
      </p>
      <div class="pairs">
        <div class="pair">
          <Card title={t("purify.clean")} testid="purify-clean" tone="original" seen={outcome?.original ?? subject?.seen} tags={tags} />
          {arrow}
          <Card
            title={t("purify.clean-purified-2")}
            testid="purify-clean-after"
            tone="purified"
            seen={outcome?.purified_original ?? subject?.purified}
            tags={tags}
          />
        </div>
        <div class="pair">
          <Card title={t("purify.attacked")} testid="purify-attacked" tone="attacked" seen={outcome?.adversarial} tags={tags} />
          {arrow}
          <Card
            title={t("purify.attacked-purified-2")}
            testid="purify-attacked-after"
            tone="purified"
            seen={outcome?.purified_adversarial}
            tags={tags}
          />
        </div>
      </div>
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
  );
}

/** The notebook's network has a width of its own. */
const Fields = ({ keys, notebook }: { keys: readonly string[]; notebook: boolean }) => (
  <>
    {keys.map((key) => (
      <Field key={key} name={key} disabled={busy} hidden={notebook && key === "purifier.width"} />
    ))}
  </>
);

export function Purify() {
  const [notebook, fails] = usePick(
    ({ settings }) =>
      [settings["purifier.size"] === "notebook", settings["purifier.clean_to_clean"] === true || settings["purifier.full_skip"] === true] as const,
  );
  return (
    <>
      <h2 id="purifier" tabIndex={-1}>
        {t("defend.purifier")}
      </h2>
      <div class="panel-grid">
        <Controls>
          <div class="fields">
            <Fields keys={PURIFYING.first} notebook={notebook} />
          </div>
          <More summary={t("purify.more-settings")} testid="purify-more">
            <Fields keys={PURIFYING.more} notebook={notebook} />
          </More>
          <PresetPanel kind="purifier" />
        </Controls>
        <div class="panel-main">
          <p class="notice" data-testid="purifier-notebook" hidden={!notebook}>
            {t("purify.the-notebook-s-network")}
          </p>
          <p class="notice" data-testid="purifier-fails" hidden={!fails}>
            {t("purify.with-this-the-purifier")}
          </p>
          <Job />
          <Resume prefix="purify-interrupted" of="train_purifier" />
          <ErrorSlot panels={["purify"]} />
          <Curves />
          <BeforeAfter />
        </div>
      </div>
    </>
  );
}
