// Checks of a figure: signs that an attack was too weak to be believed, or that a defence does not hold what it promises.

import { needsPurifier } from "../../state/commands.js";
import { busy, facts, hasPurifier } from "../../state/select.js";
import type { Check } from "../../state/types.js";
import { ErrorSlot } from "../shared/errors.js";
import { Controls, Field } from "../shared/fields.js";
import { usePick } from "../shared/store.js";
import { engineWords } from "../../words/engine-words.js";
import { short } from "../../words/format.js";
import { many, t } from "../../words/i18n.js";
import { useApp } from "../app.js";
import { JobControls, jobWords } from "../shared/job.js";
import { ModelSelect } from "../shared/models.js";
import { attackerName, checkName, defenseName } from "../shared/names.js";
import { RecordButtons } from "../shared/records.js";
import { useQuestion } from "./questions.js";
import { Sanity, useFound } from "../shared/shipped.js";
import { Taken } from "./taken.js";

function Item({ check: { name, passed, detail, cause } }: { check: Check }) {
  return (
    <li class="check" data-testid="check-item" data-name={name} data-passed={passed == null ? "none" : String(passed)}>
      <span class="check-mark">{passed == null ? t("checks.not-applicable") : passed ? t("checks.passed") : t("checks.failed")}</span>
      <span class="check-words">
        <strong>{checkName(name)}</strong>
        <span class="fine">{engineWords(detail)}</span>
        {cause ? <span class="check-cause">{t("checks.likely-cause", engineWords(cause))}</span> : null}
      </span>
    </li>
  );
}

function Results() {
  const [found] = usePick((state) => [state.checks] as const);
  const checks = found?.checks ?? [];
  const failed = checks.filter(({ passed }) => passed === false).length;
  let words = t("checks.not-checked-yet");
  if (found) {
    const { model, defense, knowledge, epsilon } = found.config;
    const judged = checks.length === 0 ? "…" : failed === 0 ? t("checks.no-check-fails") : many("checks.failing", failed, failed, checks.length);
    words = `${t("word.quoted", model)}, ${defenseName(defense)}, ${attackerName(knowledge)}, ε = ${short(epsilon * 255)}/255: ${judged}`;
  }
  return (
    <>
      <p class="headline" data-testid="check-summary" data-value={checks.length > 0 ? String(failed) : ""}>
        {words}
      </p>
      <ul class="checks" data-testid="check-list">
        {checks.map((check) => (
          <Item key={check.name} check={check} />
        ))}
      </ul>
      {found && <RecordButtons prefix="checks" records={found.records} />}
    </>
  );
}

/** Until something is checked here: what came of the checks of the project's own figures. */
function Known() {
  const [checks] = usePick((state) => [state.checks] as const);
  const { found } = useFound(!checks);
  return checks || !found ? null : <Sanity checked={found.checked} testid="shipped-checks" />;
}

export function Checks() {
  const { actions } = useApp();
  useQuestion("checks");
  const [note, trained, jobs, lacks] = usePick(
    (state) => [state.checks?.note, facts(state).trained, state.jobs, needsPurifier(String(state.settings["check.defense"])) && !hasPurifier(state)] as const,
  );
  return (
    <div class="panel-grid">
      <div class="panel-main">
        <h2>{t("checks.is-the-figure-to")}</h2>
        <p class="notice" data-testid="check-no-purifier" hidden={!lacks}>
          {t("checks.this-model-has-no")}
        </p>
        <JobControls
          job="check"
          prefix="check"
          pausable
          steps={false}
          label={t("checks.check")}
          allowed={trained}
          start={() => actions.check()}
          detail={jobWords({ jobs }, "check", trained ? "" : t("checks.train-the-network-first"))}
        />
        <ErrorSlot panels={["check"]} />
        <Taken note={note} testid="check-note" />
        <Results />
        <Known />
      </div>
      <Controls>
        <div class="fields">
          {["check.defense", "check.knowledge", "check.epsilon", "check.n", "check.autoattack"].map((key) => (
            <Field key={key} name={key} disabled={busy} />
          ))}
          <ModelSelect
            of="reference"
            testid="check-reference"
            label={t("checks.reference")}
            none={t("checks.none")}
            help={t("checks.another-model-its-examples")}
          />
        </div>
      </Controls>
    </div>
  );
}
