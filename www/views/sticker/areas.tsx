// How much area a sticker takes: the same goal with more and more of the plate, as a curve.

import { AREAS } from "../../state/commands.js";
import { facts } from "../../state/select.js";
import type { Proportion, StickerReport } from "../../state/types.js";
import { Chart } from "../../ui/chart/chart.js";
import { Button, Fold } from "../../ui/elements.js";
import { FoldedTable } from "../../ui/tables.js";
import { saveBytes } from "../../io/files.js";
import { className, percent, short } from "../../words/format.js";
import { language, t } from "../../words/i18n.js";
import { useApp } from "../app.js";
import { JobControls, jobWords } from "../shared/job.js";
import { intervalWords } from "../shared/names.js";
import { usePick } from "../shared/store.js";

/** Of each network what is reached with each area, and on the one that they are made on what random colours reach. */
function seriesOf(reports: readonly StickerReport[]) {
  const [first] = reports;
  if (!first) return [];
  const of = (report: StickerReport, name: string) => report.results.find((one) => one.model === name)?.figures;
  const lines: { label: string; shares: (Proportion | null)[] }[] = first.results.map(({ model }) => ({
    label: model === first.model ? t("areas.made-on", model) : model,
    shares: reports.map((report) => of(report, model)?.reached ?? null),
  }));
  return [...lines, { label: t("areas.control", first.model), shares: reports.map((report) => of(report, first.model)?.control ?? null) }];
}

/** A share of views, where there were any. */
const cell = (share: Proportion | null | undefined): string => (share && share.n > 0 ? `${percent(share.value)} ${intervalWords(share)}` : "–");

function Figure({ reports, state }: { reports: StickerReport[]; state: string }) {
  const [classes] = usePick((all) => [all.classes] as const);
  const [first] = reports;
  if (!first) return null;
  const { config, model } = first;
  const { sticker, goal } = config;
  const lines = seriesOf(reports);
  const xs = reports.map(({ share }) => 100 * share);
  const aim = goal.kind === "targeted" ? className(classes, goal.class) : "";
  const counted = reports.map(({ results }) => results.find((one) => one.model === model)?.figures.reached.n ?? 0);
  return (
    <div class="panel-main">
      <Chart
        title={t(aim ? "areas.chart-aim" : "areas.chart", className(classes, config.sign), aim)}
        testid="areas-chart"
        x={t("areas.axis")}
        share
        xs={xs}
        state={state}
        value={reports.length}
        series={lines.map(({ label, shares }) => ({
          label,
          values: shares.map((share) => (share && share.n > 0 ? share.value : null)),
          ranges: shares.map((share): [number, number] | null => (share && share.n > 0 ? [share.low, share.high] : null)),
        }))}
      />
      <p class="fine" data-testid="areas-parameters">
        {t(
          "areas.under",
          model,
          new Intl.ListFormat(language()).format(counted.map(String)),
          config.fresh,
          sticker.steps,
          sticker.views,
          short(sticker.learning_rate),
          short(sticker.kappa),
          String(sticker.seed),
        )}
      </p>
      <FoldedTable
        summary={t("areas.table")}
        testid="areas-table"
        ready
        heads={[t("areas.axis"), ...lines.map(({ label }) => label)]}
        of={reports.map((report, at) => ({ report, at }))}
        row={({ report, at }) => [percent(report.share), ...lines.map(({ shares }) => cell(shares[at]))]}
      />
      <div class="buttons">
        <Button testid="areas-json" onClick={() => saveBytes(recordsOf(reports), "fool-the-sign-areas.json", "application/json")}>
          {t("sticker.save-record")}
        </Button>
      </div>
    </div>
  );
}

/** All of their records as one list. */
const recordsOf = (reports: readonly StickerReport[]): string =>
  `[${reports.map(({ records }) => records.trim().slice(1, -1)).filter(Boolean).join(",\n")}]`;

export function Areas() {
  const { actions } = useApp();
  const [trained, jobs, areas, classes, sign, goal, target] = usePick((state) => [
    facts(state).trained, state.jobs, state.areas, state.classes, Number(state.settings["sticker.sign"]), state.settings["sticker.goal"],
    Number(state.settings["sticker.target"]),
  ] as const);
  const reports = areas?.reports ?? [];
  const next = AREAS[reports.length];
  const aim = goal === "targeted" ? t("areas.aim", className(classes, target)) : t("areas.any");
  return (
    <Fold summary={t("areas.title")} testid="areas-more">
      <p class="fine">{t("areas.words", new Intl.ListFormat(language()).format(AREAS.map(percent)), className(classes, sign), aim)}</p>
      <JobControls
        job="area"
        prefix="areas"
        pausable
        steps={false}
        label={t("areas.start")}
        allowed={trained}
        start={() => void actions.stickAreas()}
        detail={areas?.state === "running" && next !== undefined
          ? t("areas.so-far", reports.length + 1, AREAS.length, percent(next))
          : areas ? jobWords({ jobs }, "area", "") : ""}
      />
      <Figure reports={reports} state={areas?.state ?? "empty"} />
    </Fold>
  );
}
