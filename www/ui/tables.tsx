// Every picture of numbers also as a table, folded away. Rows are made when somebody unfolds it, and not more than can be read.

import { useState } from "preact/hooks";
import { saveBytes } from "../io/files.js";
import { csvRow } from "../io/records.js";
import { t } from "../words/i18n.js";
import { Button, Fold, Scroll } from "./elements.js";

/** More than anybody reads, and few enough to be drawn at once. */
const MOST_ROWS = 500;

export interface TableProps<T> {
  summary: string;
  testid: string;
  heads: string[];
  /** What the rows are of; where it is much, a function, which is asked when somebody unfolds the table. */
  of: readonly T[] | (() => readonly T[]);
  /** The words of one of them: asked for when it is seen, or saved. */
  row: (one: T) => string[];
  /** Whether it is unfolded at first. */
  open?: boolean;
  hidden?: boolean;
  /** Whether the rows are there although it is folded: few, and wanted on paper. */
  ready?: boolean;
  summaryTestid?: string;
}

export function FoldedTable<T>({ summary, testid, heads, of, row, open = false, hidden = false, ready = false, summaryTestid }: TableProps<T>) {
  const [unfolded, setUnfolded] = useState(open);
  const all = () => (typeof of === "function" ? of() : of);
  const rows = ready || unfolded ? all() : [];
  const shown = rows.slice(0, MOST_ROWS).map(row);
  const save = () => saveBytes([heads, ...all().map(row)].map(csvRow).join("\r\n").concat("\r\n"), `fool-the-sign-${testid}.csv`, "text/csv");
  return (
    <Fold summary={summary} open={open} hidden={hidden} onToggle={setUnfolded} {...(summaryTestid ? { testid: summaryTestid } : {})}>
      <Scroll label={summary}>
        <table class="figures" data-testid={testid}>
          <thead>
            <tr>
              {heads.map((head, index) => (
                <th key={index} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((cells, index) => (
              <tr key={index}>
                {cells.map((cell, column) => (
                  <td key={column}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {rows.length > MOST_ROWS && (
        <div class="buttons">
          <span class="fine">{t("table.first", MOST_ROWS, rows.length)}</span>
          <Button testid={`${testid}-all`} onClick={save}>
            {t("table.all")}
          </Button>
        </div>
      )}
    </Fold>
  );
}

/** A table of words and figures, with its heads. */
export const Heads = ({ words }: { words: string[] }) => (
  <thead>
    <tr>
      {words.map((word, index) => (
        <th key={index} scope="col">
          {word}
        </th>
      ))}
    </tr>
  </thead>
);
