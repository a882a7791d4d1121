// The purifier: its training and its settings.

import { PURIFYING } from "../../state/panels.js";
import { busy, facts, hasPurifier } from "../../state/select.js";
import { LiveChart } from "../../ui/chart/chart.js";
import { More } from "../../ui/elements.js";
import { ErrorSlot } from "../shared/errors.js";
import { Controls, Field } from "../shared/fields.js";
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
    ? t(!trained ? "purify.train-the-network-first" : purifier ? "purify.there" : "purify.no-purifier-yet")
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
  const none = curve.x.length === 0 && !last;
  const words = last
    ? t("purify.of-attacked-signs-are", last.accuracy.n, last.attacked ? t("purify.without-it", percent(last.attacked.value)) : "")
    : t("purify.of-attacked-signs-read");
  const share = (value: { value: number } | null | undefined) => (value ? percent(value.value) : "–");
  return (
    <>
      <p class="headline" hidden={none}>
        <strong data-testid="purify-accuracy" data-value={last ? String(last.accuracy.value) : ""}>
          {last ? percent(last.accuracy.value) : "–"}
        </strong>
        <span>{words}</span>
      </p>
      <div class="charts" hidden={none}>
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
        hidden={none}
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
      <div class="panel-grid panel-wide">
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
        </div>
        <Controls>
          <div class="fields">
            <Fields keys={PURIFYING.first} notebook={notebook} />
          </div>
          <More summary={t("purify.more-settings")} testid="purify-more">
            <Fields keys={PURIFYING.more} notebook={notebook} />
          </More>
          <PresetPanel kind="purifier" />
        </Controls>
      </div>
    </>
  );
}
