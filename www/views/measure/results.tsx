// What the networks of this page reach on real photos: the records of the project, as a story and as a table. Fetched when asked for.

import type { FigureRecord } from "../../state/types.js";
import { Fold, Scroll } from "../../ui/elements.js";
import { useVoice } from "../../ui/voice.js";
import { t } from "../../words/i18n.js";
import { attackParameters, recordedName } from "../shared/names.js";
import { RecordButtons } from "../shared/records.js";
import { Cell, ORDER, Sanity, Story, Table, mediansOf, strength, titleOf, useFound } from "../shared/shipped.js";

/** Parameters that the tables say, or that follow from ε (α = ε/8), and so not the list below. */
const SAID = { epsilon: undefined, alpha: undefined };

/** Everything without a defence in front: a row for each attack, a column for each network. */
function Everything({ records }: { records: FigureRecord[] }) {
  const rank = (record: FigureRecord) =>
    (ORDER.includes(record.attack.name) ? ORDER.indexOf(record.attack.name) : ORDER.length) * 1000 + (strength(record) ?? 0);
  const plain = records.filter(
    (record) => record.metric === "accuracy" && record.defense.name === "none" && record.made_on == null && record.attack.name !== "worst",
  );
  const models = [...new Set(plain.map(({ model }) => model))];
  const medians = mediansOf(records);
  const attacks = [...new Map(plain.map((record) => [JSON.stringify(record.attack), record]))].sort(([, one], [, other]) => rank(one) - rank(other));
  return (
    <Table caption={t("results.all")} testid="results-all" heads={models}>
      {attacks.map(([key, first]) => (
        <tr key={key}>
          <th scope="row">{titleOf(first)}</th>
          {models.map((model, index) => (
            <Cell
              key={model}
              record={plain.find((record) => record.model === model && JSON.stringify(record.attack) === key)}
              testid={`results-all-${index}`}
              medians={medians}
            />
          ))}
        </tr>
      ))}
    </Table>
  );
}

/** Attacks with parameters that no table says. */
function Parameters({ records }: { records: FigureRecord[] }) {
  const used = new Map(
    records.filter(({ attack }) => Object.keys({ ...attack, ...SAID }).length > 3).map((record) => [recordedName(record), record.attack]),
  );
  return (
    <ul class="fine">
      {[...used].map(([name, attack]) => (
        <li key={name}>
          {name}: {attackParameters({ ...attack, ...SAID })}.
        </li>
      ))}
    </ul>
  );
}

export function Results() {
  const { found, failure, loading, load } = useFound(false);
  const words = () =>
    found
      ? t("results.count", found.records.length, found.records[0]?.dataset.split(" (")[0] ?? "")
      : failure !== null
        ? t("results.not-loaded", failure)
        : loading
          ? t("results.loading")
          : "";
  useVoice(words, [found, failure, loading]);
  return (
    <div class="measure-part">
      <Fold summary={t("results.title")} testid="results-more" onToggle={(unfolded) => {
          if (unfolded) load();
        }}>
        <p class="fine">{t("results.lead")}</p>
        <p class="fine" data-testid="results-words">
          {words()}
        </p>
        <div class="panel-main">
          {found && (
            <>
              <Story records={found.records} testid="results" />
              <figure class="results-part">
                <Scroll label={t("results.figure")}>
                  <img
                    class="results-figure"
                    data-testid="results-figure"
                    alt={t("results.figure")}
                    width={720}
                    height={400}
                    src={`data:image/svg+xml,${encodeURIComponent(found.svg)}`}
                  />
                </Scroll>
                <figcaption class="fine">{t("results.figure")}</figcaption>
              </figure>
              <Everything records={found.records} />
              <Sanity checked={found.checked} testid="results-checks" />
              <Parameters records={found.records} />
            </>
          )}
        </div>
        <RecordButtons prefix="results" records={found?.json ?? ""} />
      </Fold>
    </div>
  );
}
