// Accuracy over the strength of an attack, for several models at once, drawn while it is computed.

import { CURVE } from "../../state/commands.js";
import { busy, facts } from "../../state/select.js";
import type { Measurement, Proportion } from "../../state/types.js";
import { Chart } from "../../ui/chart/chart.js";
import { ErrorSlot } from "../shared/errors.js";
import { Controls, Field } from "../shared/fields.js";
import { usePick } from "../shared/store.js";
import { FoldedTable } from "../../ui/tables.js";
import { of255, percent } from "../../words/format.js";
import { many, phrase, t } from "../../words/i18n.js";
import { say } from "../../words/say.js";
import { useApp } from "../app.js";
import { JobControls, jobWords } from "../shared/job.js";
import { ModelBoxes } from "../shared/models.js";
import { attackName, attackParameters } from "../shared/names.js";
import { RecordButtons } from "../shared/records.js";
import { useQuestion } from "./questions.js";
import { ShippedCurve, useFound } from "../shared/shipped.js";
import { Taken, takenOf } from "./taken.js";

/** Of each model its accuracies along the curve. */
function columnsOf(curve: Measurement | null): { name: string; column: (Proportion | null)[] }[] {
  const cases = curve?.config.cases ?? [];
  return [...new Set(cases.map(({ model }) => model))].map((name) => ({
    name,
    column: CURVE.map((k) => {
      const index = cases.findIndex(({ model, attack }) => model === name && Math.abs(Number(attack?.["epsilon"] ?? 0) * 255 - k) < 1e-6);
      return curve?.accuracies[index] ?? null;
    }),
  }));
}

function Figure() {
  const [curve] = usePick((state) => [state.curve] as const);
  const columns = columnsOf(curve);
  const attack = curve?.config.cases.at(-1)?.attack;
  const taken = curve ? takenOf(curve.config.n, curve.report?.note) : 0;
  const words =
    attack && curve
      ? many(
          "curve.n-signs",
          taken,
          taken,
          phrase(`split.${curve.config.split}`),
          String(curve.config.seed),
          attackName(attack),
          attackParameters({ ...attack, epsilon: undefined }),
        )
      : "";
  return (
    <div class="panel-main" hidden={!curve}>
      <Chart
        title={t("curve.signs-read-correctly")}
        testid="curve-chart"
        x={t("curve.axis")}
        share
        xs={CURVE}
        state={curve?.report ? "done" : curve ? "running" : "empty"}
        value={columns.flatMap(({ column }) => column).filter(Boolean).length}
        series={columns.map(({ name, column }) => ({
          label: name,
          values: column.map((accuracy) => accuracy?.value ?? null),
          ranges: column.map((accuracy): [number, number] | null => (accuracy ? [accuracy.low, accuracy.high] : null)),
        }))}
      />
      <p class="fine" data-testid="curve-parameters">
        {words}
      </p>
      <div data-testid="curve-data">
        <FoldedTable
          summary={t("curve.the-curve-as-a")}
          testid="curve-table"
          ready
          heads={["ε", ...columns.map(({ name }) => name)]}
          of={curve ? CURVE : []}
          row={(k) => [
            of255(k),
            ...columns.map(({ column }) => {
              const accuracy = column[CURVE.indexOf(k)];
              return accuracy ? t("curve.point", percent(accuracy.value), percent(accuracy.low), percent(accuracy.high)) : "–";
            }),
          ]}
        />
      </div>
      <RecordButtons prefix="curve" records={curve?.records ?? ""} />
    </div>
  );
}

/** Until a curve is drawn here: those of the networks that come with the page. */
function Known() {
  const [curve] = usePick((state) => [state.curve] as const);
  const { found } = useFound(!curve);
  if (curve || !found) return null;
  return (
    <>
      <ShippedCurve records={found.records} />
      <p class="fine">{t("shipped.curve-words")}</p>
    </>
  );
}

export function Curve() {
  const { actions } = useApp();
  useQuestion("curve");
  const [trained, jobs, engines, note] = usePick(
    (state) => [facts(state).trained, state.jobs, state.job?.job === "curve" ? state.engines : null, state.curve?.report?.note] as const,
  );
  return (
    <div class="panel-grid">
      <div class="panel-main">
        <h2>{t("curve.accuracy-over-strength")}</h2>
        <JobControls
          job="curve"
          prefix="curve"
          pausable
          steps={false}
          label={t("curve.draw-the-curve")}
          allowed={trained}
          start={() => actions.measure("curve")}
          detail={[jobWords({ jobs }, "curve", trained ? "" : t("curve.train-the-network-first")), engines ? say(engines) : ""].filter(Boolean).join(" · ")}
        />
        <ErrorSlot panels={["curve"]} />
        <Taken note={note} testid="curve-note" />
        <Figure />
        <Known />
      </div>
      <Controls>
        <div class="fields">
          {["curve.attack", "curve.n"].map((key) => (
            <Field key={key} name={key} disabled={busy} />
          ))}
        </div>
        <ModelBoxes testid="curve-models" />
      </Controls>
    </div>
  );
}
