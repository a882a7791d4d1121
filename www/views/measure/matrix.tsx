// The table of results; a cell opens what is behind it.

import { useEffect, useState } from "preact/hooks";
import { chosen, matrixConfig } from "../../state/commands.js";
import { busy, facts, infos } from "../../state/select.js";
import { SCHEMA, attackKeys, choiceName, defenseKeys } from "../../state/schema.js";
import type { Case } from "../../state/types.js";
import { Fold, More, Scroll } from "../../ui/elements.js";
import { ErrorSlot } from "../shared/errors.js";
import { Boxes, Controls, Field } from "../shared/fields.js";
import { usePick } from "../shared/store.js";
import { many, phrase, t } from "../../words/i18n.js";
import { say } from "../../words/say.js";
import { useApp } from "../app.js";
import { JobControls, jobWords } from "../shared/job.js";
import { ModelBoxes, ModelSelect } from "../shared/models.js";
import { attackName, attackParameters } from "../shared/names.js";
import { RecordButtons } from "../shared/records.js";
import { Taken, takenOf } from "./taken.js";
import { CaseDetails } from "./details.js";
import { useQuestion } from "./questions.js";
import { Story, useFound } from "../shared/shipped.js";
import { cellOf, layout, rowWords, type Figure } from "./layout.js";

interface CellProps {
  testid: string;
  figure: Figure;
  label: string;
  open: (() => void) | null;
  enabled: boolean;
  expanded: boolean;
}

function Cell({ testid, figure, label, open, enabled, expanded }: CellProps) {
  const { big, lines, value, n, fooled } = figure;
  const inside = (
    <>
      <span class="hidden">{label}: </span>
      <strong>{big}</strong>
      <span class="cell-lines">
        {lines.map((line, index) => (
          <span key={index} class="interval">
            {line}
          </span>
        ))}
      </span>
      <span class="cell-track" aria-hidden="true">
        <span class="cell-fill" style={{ width: value === null ? "0" : `${value * 100}%` }} />
      </span>
    </>
  );
  return (
    <td
      data-testid={testid}
      data-known={String(value !== null)}
      data-value={value ?? undefined}
      data-n={n ?? undefined}
      style={{ "--good": `${Math.round(100 * (fooled ? 1 - (value ?? 0) : (value ?? 0)))}%` }}>
      {open ? (
        <button
          class="cell"
          type="button"
          data-testid={`${testid}-open`}
          disabled={!enabled}
          aria-expanded={enabled ? expanded : undefined}
          onClick={open}>
          {inside}
        </button>
      ) : (
        inside
      )}
    </td>
  );
}

/** Until something is measured here: what is known of the networks that come with the page. */
function Known() {
  const { found } = useFound(true);
  return found && <Story records={found.records} testid="shipped" />;
}

function Table() {
  const { store } = useApp();
  const [matrix, running, classes, untaught] = usePick(
    (state) =>
      [state.matrix, state.job?.job === "matrix" && busy(state), state.classes, infos(state).some(({ purifier }) => purifier == null)] as const,
  );
  // Before anything is measured the table shows what would be.
  usePick((state) => [state.settings, state.models, state.selected, state.compared, state.transfer] as const);
  const config = matrix?.config ?? matrixConfig(store.get());
  /** Number of the case that is shown below the table. */
  const [picked, setPicked] = useState<number | null>(null);
  useEffect(() => setPicked(null), [matrix?.config]);

  const { rows, columns } = layout(config);
  const several = new Set(rows.map(({ first }) => first.model)).size > 1;
  const bounded = columns.filter(({ attack }) => attack && attack.epsilon !== undefined).length > 1;
  const titleOf = ({ attack }: Case) => (attack ? attackName(attack) : "");
  const heads = [
    { name: "clean", title: t("matrix.clean") },
    ...columns.map((one) => ({ name: one.attack?.name ?? "", title: titleOf(one) })),
    ...(bounded ? [{ name: "worst", title: t("matrix.worst-case") }] : []),
  ];
  const report = picked === null ? null : (matrix?.report?.cases[picked] ?? null);
  const title = report
    ? `${rowWords(report.case, true).filter(Boolean).join(", ")}, ${report.case.attack ? attackName(report.case.attack) : t("matrix.clean-signs")}`
    : "";

  const taken = takenOf(config.n, matrix?.report?.note);
  return (
    <>
      <Scroll label={t("matrix.table-of-results")} hidden={!matrix}>
        <table class="measure-table" data-testid="matrix" data-state={running ? "running" : matrix?.report ? "done" : "empty"}>
          <caption>{t("matrix.signs-read-correctly-with")}</caption>
          <thead>
            <tr>
              <td />
              {heads.map((head) => (
                <th key={head.name} scope="col">
                  {head.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => {
              const [words, attacker] = rowWords(row.first, several);
              return (
                <tr key={index}>
                  <th scope="row">
                    {words}
                    {attacker ? <span class="interval">{attacker}</span> : null}
                  </th>
                  {heads.map(({ name, title: column }) => {
                    const number = row.cases.get(name);
                    return (
                      <Cell
                        key={name}
                        testid={`matrix-${index}-${name}`}
                        figure={cellOf(matrix, row, name, running)}
                        label={`${words}${attacker ? `, ${attacker}` : ""}, ${column}`}
                        enabled={Boolean(matrix?.report)}
                        expanded={number !== undefined && number === picked}
                        open={
                          name === "worst"
                            ? null
                            : () => {
                                if (number !== undefined) setPicked(picked === number ? null : number);
                              }
                        }
                      />
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
      <p class="fine" data-testid="matrix-no-purifier" hidden={Boolean(matrix) || !untaught}>
        {t("matrix.rows-of-the-purifier")}
      </p>
      <p class="fine" hidden={!matrix}>
        {t("matrix.a-figure-opens-what")}
      </p>
      <CaseDetails testid="matrix-details" report={report} classes={classes} title={title} />
      {matrix && <RecordButtons prefix="matrix" records={matrix.records} />}
      {!matrix && <Known />}
      <p hidden={matrix !== null}>{t("shipped.table", store.get().selected)}</p>
      <ul class="fine" data-testid="matrix-parameters">
        <li>{many("matrix.n-signs", taken, taken, phrase(`split.${config.split}`), String(config.seed))}</li>
        {columns.map((one) => (
          <li key={one.attack?.name}>{one.attack ? `${attackName(one.attack)}: ${attackParameters(one.attack)}.` : ""}</li>
        ))}
        {bounded && <li>{t("matrix.worst-case-a-sign")}</li>}
      </ul>
    </>
  );
}

const GROUPS = [
  { set: "matrix.attacks", keysOf: attackKeys },
  { set: "matrix.defenses", keysOf: defenseKeys },
];

/** Many fields, which few people open: made when they do. */
function Parameters() {
  const [open, setOpen] = useState(false);
  const [settings] = usePick((state) => [state.settings] as const);
  return (
    <Fold
      summary={t("matrix.parameters-of-the-attacks")}
      testid="matrix-fields-more"
      onToggle={(now) => {
        if (now) setOpen(true);
      }}>
      <div class="fields" data-testid="matrix-fields">
        {open &&
          GROUPS.flatMap(({ set, keysOf }) => {
            const names = (SCHEMA[set]?.choices ?? []).map(String);
            return [...new Set(names.flatMap(keysOf))].map((key) => {
              const owner = names.find((name) => key.startsWith(`${name}.`));
              return (
                <Field
                  key={key}
                  name={key}
                  disabled={busy}
                  again="matrix-"
                  owner={owner ? choiceName(set, owner) : undefined}
                  hidden={!chosen(settings, set).some((name) => keysOf(name).includes(key))}
                />
              );
            });
          })}
      </div>
    </Fold>
  );
}

export function Matrix() {
  const { actions } = useApp();
  useQuestion("table");
  const [trained, jobs, engines, note] = usePick(
    (state) => [facts(state).trained, state.jobs, state.job?.job === "matrix" ? state.engines : null, state.matrix?.report?.note] as const,
  );
  return (
    <div class="panel-grid">
      <div class="panel-main">
        <h2>{t("matrix.table-of-results")}</h2>
        <JobControls
          job="matrix"
          prefix="matrix"
          pausable
          steps={false}
          label={t("matrix.measure")}
          allowed={trained}
          start={() => actions.measure("matrix")}
          detail={[jobWords({ jobs }, "matrix", trained ? "" : t("matrix.train-the-network-first")), engines ? say(engines) : ""].filter(Boolean).join(" · ")}
        />
        <ErrorSlot panels={["matrix"]} />
        <Taken note={note} testid="matrix-note" />
        <Table />
        <p class="honest" data-testid="matrix-oblivious">
          {t("matrix.an-oblivious-attacker-does")}
        </p>
      </div>
      <Controls>
        <div class="fields">
          {["measure.n", "measure.split"].map((key) => (
            <Field key={key} name={key} disabled={busy} />
          ))}
        </div>
        <Boxes name="matrix.attacks" testid="matrix-attacks" disabled={busy} />
        <Parameters />
        <More summary={t("matrix.defences-attackers-models")} testid="matrix-more">
          <Boxes name="matrix.defenses" testid="matrix-defenses" disabled={busy} />
          <Boxes name="matrix.knowledge" testid="matrix-knowledge" disabled={busy} />
          <ModelBoxes testid="matrix-models" />
          <ModelSelect
            of="transfer"
            testid="matrix-transfer"
            label={t("matrix.examples-of-another-model")}
            none={t("matrix.none")}
            help={t("matrix.transfer-a-further-row")}
          />
          {["measure.seed", "measure.engines"].map((key) => (
            <Field key={key} name={key} disabled={busy} />
          ))}
        </More>
      </Controls>
    </div>
  );
}
