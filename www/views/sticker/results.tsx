// What a sticker does: to the network that it was made on, in a sentence, and to every network on the shelf, in a table.

import type { Proportion, StickerReport } from "../../state/types.js";
import { Button, Scroll } from "../../ui/elements.js";
import { Heads } from "../../ui/tables.js";
import { percent, short } from "../../words/format.js";
import { t } from "../../words/i18n.js";
import { useApp } from "../app.js";
import { intervalWords } from "../shared/names.js";
import { reachedOf, sentence } from "./layer.js";

function Share({ share }: { share: Proportion }) {
  if (share.n === 0) return <>–</>;
  return (
    <>
      {percent(share.value)} <span class="interval">{intervalWords(share)}</span>
    </>
  );
}

/** What the hand reached, beside the machine on the same places. @param machine nothing where it has not been asked yet */
function Contest({ hand, machine, off }: { hand: StickerReport; machine: StickerReport | null; off: boolean }) {
  const { actions } = useApp();
  const rows = [["sticker.yours", reachedOf(hand)], ["sticker.machine", machine && reachedOf(machine)]] as const;
  return (
    <>
      <dl class="norms" data-testid="sticker-contest" data-value={machine ? "both" : "hand"}>
        {rows.map(([key, share]) => (
          <div key={key}>
            <dt>{t(key)}</dt>
            <dd>{share ? <Share share={share} /> : t("sticker.not-asked")}</dd>
          </div>
        ))}
      </dl>
      {machine ? null : (
        <div class="buttons">
          <Button testid="sticker-contest-go" kind="primary" disabled={off} onClick={() => actions.stick()}>
            {t("sticker.answer")}
          </Button>
        </div>
      )}
    </>
  );
}

/** What it does to the network that it was made on, beside chance. */
export function Verdict({ report, classes }: { report: StickerReport; classes: string[] }) {
  const own = report.results.find((one) => one.model === report.model)?.figures;
  return (
    <p class="sticker-sentence" data-testid="sticker-sentence" data-value={own ? String(own.reached.value) : ""}>
      <strong>{sentence(report, classes)}</strong> {own && own.control.n > 0 ? t("sticker.chance", percent(own.control.value)) : ""}{" "}
      {t("sticker.covers", percent(report.share))}
    </p>
  );
}

interface ResultsProps {
  report: StickerReport;
  /** What came of the hand on the same places. */
  hand: StickerReport | null;
  /** Whether nothing can be begun. */
  off: boolean;
}

export function Results({ report, hand, off }: ResultsProps) {
  const { config, results, model } = report;
  const { sticker } = config;
  const how = config.by_hand
    ? t("sticker.by-hand-how")
    : t("sticker.how", String(report.steps), String(sticker.views), short(sticker.learning_rate), short(sticker.kappa), short(sticker.smoothness));
  return (
    <div class="sticker-results">
      {config.by_hand ? <Contest hand={report} machine={null} off={off} /> : hand ? <Contest hand={hand} machine={report} off={off} /> : null}
      <Scroll label={t("sticker.table")}>
        <table class="figures" data-testid="sticker-table">
          <caption>{t("sticker.table")}</caption>
          <Heads words={[t("sticker.network"), t("sticker.clean"), t("sticker.reached"), t("sticker.control")]} />
          <tbody>
            {results.map(({ model: name, figures }) => (
              <tr key={name} data-testid={`sticker-row-${name}`} data-value={figures.reached.value}>
                <th scope="row">
                  {name} {name === model && !config.by_hand ? <span class="interval">{t("sticker.made-on")}</span> : null}
                </th>
                <td>
                  <Share share={figures.clean} />
                </td>
                <td>
                  <Share share={figures.reached} />
                </td>
                <td>
                  <Share share={figures.control} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <p class="fine" data-testid="sticker-parameters">
        {t("sticker.under", String(config.fresh), String(sticker.seed), how)}
      </p>
      <p class="fine">
        {t("sticker.lesson")} <a href="#lesson">{t("place.lesson.title")}</a>
      </p>
    </div>
  );
}
