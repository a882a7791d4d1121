// What a sticker does: to the network that it was made on, in a sentence, and to every network on the shelf, in a table.

import type { Proportion, StickerReport } from "../../state/types.js";
import { Scroll } from "../../ui/elements.js";
import { Heads } from "../../ui/tables.js";
import { className, percent, short } from "../../words/format.js";
import { t } from "../../words/i18n.js";
import { intervalWords } from "../shared/names.js";

function Share({ share }: { share: Proportion }) {
  if (share.n === 0) return <>–</>;
  return (
    <>
      {percent(share.value)} <span class="interval">{intervalWords(share)}</span>
    </>
  );
}

/** In a sentence. */
function sentence({ config, model, results }: StickerReport, classes: string[]): string {
  const reached = results.find((one) => one.model === model)?.figures.reached;
  if (!reached || reached.n === 0) return "";
  const goal = config.goal.kind === "targeted" ? className(classes, config.goal.class) : "";
  return t(goal ? "sticker.made" : "sticker.made-any", model, goal, percent(reached.value), percent(reached.low), percent(reached.high), String(reached.n));
}

/** What the hand reached, beside the machine on the same places. */
function Contest({ hand, machine }: { hand: StickerReport; machine: StickerReport }) {
  const of = ({ results, model }: StickerReport) => results.find((one) => one.model === model)?.figures.reached;
  const rows = [["sticker.yours", of(hand)], ["sticker.machine", of(machine)]] as const;
  return (
    <dl class="norms" data-testid="sticker-contest">
      {rows.map(([key, share]) => (
        <div key={key}>
          <dt>{t(key)}</dt>
          <dd>{share ? <Share share={share} /> : "–"}</dd>
        </div>
      ))}
    </dl>
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

export function Results({ report, hand }: { report: StickerReport; hand: StickerReport | null }) {
  const { config, results, model } = report;
  const { sticker } = config;
  const how = config.by_hand
    ? t("sticker.by-hand-how")
    : t("sticker.how", String(report.steps), String(sticker.views), short(sticker.learning_rate), short(sticker.kappa), short(sticker.smoothness));
  return (
    <div class="sticker-results">
      {hand ? <Contest hand={hand} machine={report} /> : null}
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
