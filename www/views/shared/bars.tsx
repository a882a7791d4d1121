// The five most probable signs, as bars. Always five rows, so that nothing jumps.

import type { Score } from "../../state/types.js";
import { className, percent } from "../../words/format.js";
import { t } from "../../words/i18n.js";
import { useSignUrl } from "./signs.js";

const ROWS = 5;

/** Words beside a class. */
export type Tags = Map<number, { word: string; tone: "good" | "bad" }>;

interface BarsProps {
  label: string;
  testid: string;
  top: Score[] | null | undefined;
  classes: string[];
  tags?: Tags;
  hidden?: boolean;
}

export function TopBars({ label, testid, top, classes, tags, hidden = false }: BarsProps) {
  return (
    <ol class="bars" data-testid={testid} aria-label={label} data-value={top?.[0] ? String(top[0].class) : ""} hidden={hidden}>
      {Array.from({ length: ROWS }, (_, index) => (
        <Bar key={index} testid={`${testid}-row`} score={top?.[index]} classes={classes} tags={tags} />
      ))}
    </ol>
  );
}

function Bar({ testid, score, classes, tags }: { testid: string; score: Score | undefined; classes: string[]; tags: Tags | undefined }) {
  const urlOf = useSignUrl();
  const words = score ? className(classes, score.class) : "";
  const tag = score ? tags?.get(score.class) : undefined;
  return (
    <li
      class={score ? "bar" : "bar bar-empty"}
      data-testid={testid}
      data-tone={tag?.tone ?? ""}
      data-class={score?.class}
      data-value={score?.probability}>
      <img class="bar-sign" src={score ? urlOf(score.class) : undefined} alt="" width={24} height={24} hidden={!score} />
      <span class="bar-words">
        <span class="bar-name" title={words}>
          {words}
        </span>
        <span class="bar-tag">{tag?.word ?? ""}</span>
      </span>
      <span class="bar-value">{score ? percent(score.probability) : ""}</span>
      <span class="bar-track" aria-hidden="true">
        <span class="bar-fill" style={{ width: score ? `${(score.probability * 100).toFixed(2)}%` : "0" }} />
      </span>
    </li>
  );
}

/**
 * Words for the class an attack starts from and for the one it aims at.
 * Of a photo nobody knows the true sign, so there it is the one that was read before.
 */
export function tagsFor(source: number | null | undefined, { target = null, photo = false }: { target?: number | null; photo?: boolean } = {}): Tags {
  const tags: Tags = new Map();
  if (source !== null && source !== undefined)
    tags.set(source, photo ? { word: t("word.before"), tone: "good" } : { word: t("word.true"), tone: "good" });
  if (target !== null) tags.set(target, { word: t("word.target"), tone: "bad" });
  return tags;
}
