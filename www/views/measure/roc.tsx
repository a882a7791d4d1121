// How well the detector of the selected model tells attacked signs from clean ones.

import { useMemo } from "preact/hooks";
import { busy, facts, hasPurifier } from "../../state/select.js";
import type { Roc as RocCurve } from "../../state/types.js";
import { Chart } from "../../ui/chart/chart.js";
import { Scroll } from "../../ui/elements.js";
import { ErrorSlot } from "../shared/errors.js";
import { Controls, Field } from "../shared/fields.js";
import { usePick } from "../shared/store.js";
import { FoldedTable, Heads } from "../../ui/tables.js";
import { fixed, percent, short } from "../../words/format.js";
import { t } from "../../words/i18n.js";
import { useApp } from "../app.js";
import { JobControls, jobWords } from "../shared/job.js";
import { attackName, attackParameters, attackerName, statisticName } from "../shared/names.js";
import { useQuestion } from "./questions.js";
import { Taken } from "./taken.js";

/** Each curve is drawn over thresholds of its own. */
const NO_COMMON: readonly number[] = [];
const seriesOf = (curves: readonly RocCurve[]) =>
  curves.map(({ statistic, points }) => ({ statistic, xs: points.map(([x]) => x), values: points.map(([, y]) => y) }));

function Results() {
  const [rocs] = usePick((state) => [state.rocs] as const);
  const curves = rocs?.curves ?? [];
  const series = useMemo(() => seriesOf(curves), [rocs]);
  const words = rocs
    ? t(
        "roc.clean-and-as-many",
        rocs.model,
        rocs.config.n,
        String(rocs.config.seed),
        attackName(rocs.config.attack),
        attackParameters(rocs.config.attack),
        attackerName(rocs.config.knowledge),
        percent(rocs.config.false_positive_rate),
      )
    : t("roc.an-area-of-is");
  return (
    <div class="panel-main" hidden={!rocs}>
      <Chart
        title={t("roc.attacked-signs-refused-over")}
        testid="roc-chart"
        x={t("roc.share-of-clean-signs")}
        share
        xs={NO_COMMON}
        state={rocs ? "done" : "empty"}
        series={series.map(({ statistic, xs, values }) => ({ label: statisticName(statistic), xs, values, points: false }))}
      />
      <Scroll label={t("roc.figures-of-the-detector")}>
        <table class="figures" data-testid="roc-table">
          <Heads words={[t("roc.statistic"), t("roc.area"), t("roc.threshold"), t("roc.clean-refused"), t("roc.attacked-refused")]} />
          <tbody>
            {curves.map(({ statistic, area, threshold, false_positives: clean, true_positives: attacked }) => (
              <tr key={statistic} data-testid={`roc-${statistic}`} data-value={area}>
                <td>{statisticName(statistic)}</td>
                <td>{fixed(area, 3)}</td>
                <td>{short(threshold)}</td>
                <td>{percent(clean)}</td>
                <td>{percent(attacked)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <Points curves={curves} />
      <p class="fine" data-testid="roc-parameters">
        {words}
      </p>
    </div>
  );
}

/** Every threshold: thousands of rows where many signs were measured. */
function Points({ curves }: { curves: RocCurve[] }) {
  return (
    <FoldedTable
      summary={t("roc.points")}
      summaryTestid="roc-points-more"
      testid="roc-points"
      hidden={curves.length === 0}
      heads={[t("roc.statistic"), t("roc.clean-refused"), t("roc.attacked-refused")]}
      of={() => curves.flatMap(({ statistic, points }) => points.map((point) => ({ statistic, point })))}
      row={({ statistic, point: [clean, attacked] }) => [statisticName(statistic), percent(clean), percent(attacked)]}
    />
  );
}

export function Roc() {
  const { actions } = useApp();
  useQuestion("roc");
  const [trained, purifier, jobs, note, known] = usePick(
    (state) => [facts(state).trained, hasPurifier(state), state.jobs, state.rocs?.note, state.rocs !== null] as const,
  );
  return (
    <div class="panel-grid">
      <div class="panel-main">
        <h2>{t("roc.does-the-detector-notice")}</h2>
        <JobControls
          job="roc"
          prefix="roc"
          pausable
          steps={false}
          label={t("roc.measure-the-detector")}
          allowed={trained && purifier}
          start={() => actions.roc()}
          detail={jobWords({ jobs }, "roc", purifier ? "" : t("roc.train-a-purifier-first"))}
        />
        <ErrorSlot panels={["roc"]} />
        <Taken note={note} testid="roc-note" />
        <Results />
        <p hidden={known}>{t("roc.what")}</p>
      </div>
      <Controls>
        <div class="fields">
          {["roc.attack", "roc.knowledge", "roc.false_positive_rate", "roc.n"].map((key) => (
            <Field key={key} name={key} disabled={busy} />
          ))}
        </div>
      </Controls>
    </div>
  );
}
