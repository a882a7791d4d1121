// Two pictures over one another, with an edge between them that one moves: before and after.

import { useState } from "preact/hooks";
import { wholePercent } from "../words/format.js";
import { t } from "../words/i18n.js";
import { Pixels, type Picture } from "./pixels.js";

/** Where the edge is at first, as a share of the picture before. */
const HALF = 50;

interface CompareProps {
  label: string;
  testid: string;
  before: Picture | null | undefined;
  after: Picture | null | undefined;
  /** Whether the edge can be moved; otherwise the picture after is all there is to see. */
  on?: boolean;
}

export function Compare({ label, testid, before, after, on = true }: CompareProps) {
  const [edge, setEdge] = useState(HALF);
  return (
    <div class="compare" data-on={String(on)} style={{ "--edge": `${on ? edge : 0}%` }}>
      <Pixels label={t("compare.before")} testid={`${testid}-before`} picture={before} />
      <Pixels label={t("compare.after")} testid={`${testid}-after`} picture={after} />
      <span class="compare-edge" aria-hidden="true" />
      <input
        type="range"
        data-testid={testid}
        min={0}
        max={100}
        step={1}
        value={edge}
        aria-label={label}
        aria-valuetext={t("compare.share", wholePercent(edge / 100))}
        disabled={!on}
        onInput={(event) => setEdge(Number(event.currentTarget.value))}
      />
      <span class="compare-tag compare-tag-before" aria-hidden="true">
        {t("compare.before")}
      </span>
      <span class="compare-tag compare-tag-after" aria-hidden="true">
        {t("compare.after")}
      </span>
    </div>
  );
}
