// Figures that were saved before, here or by the command line, shown again.

import { useLayoutEffect, useRef } from "preact/hooks";
import { filesOf } from "../../io/files.js";
import type { FigureRecord } from "../../state/types.js";
import { Button, FileButton } from "../../ui/elements.js";
import { usePick } from "../shared/store.js";
import { FoldedTable } from "../../ui/tables.js";
import { clause, count, percent, short } from "../../words/format.js";
import { many, phrase, t } from "../../words/i18n.js";
import { useApp } from "../app.js";
import { defenseName, knowledgeName, recordedName } from "../shared/names.js";

function rowOf(record: FigureRecord): string[] {
  const { schema, model, defense, knowledge, metric, value, interval, n } = record;
  const words = (figure: number) => (metric === "median_l2" ? short(figure) : percent(figure));
  return [
    model,
    defenseName(defense),
    knowledgeName(knowledge),
    recordedName(record),
    t(`metric.${metric}`),
    value == null ? "–" : words(value),
    interval ? clause(t("field.range", words(interval[0]), words(interval[1]))) : "–",
    count(n),
    t(schema === "fool-the-sign/record/1" ? "record.rules.first" : "record.rules.second"),
  ];
}

export function Records() {
  const { actions } = useApp();
  const [records] = usePick((state) => [state.imported] as const);
  const found = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (records) found.current?.scrollIntoView({ block: "nearest" });
  }, [records]);
  return (
    <div class="measure-part">
      <h2>{t("record.title")}</h2>
      <p class="fine">{t("record.lead")}</p>
      <div class="buttons">
        <FileButton
          testid="record-open"
          id="record-file"
          label={t("share.open-file")}
          onFiles={(files) => void actions.open(filesOf(files), "page")}
        />
      </div>
      <div ref={found} class="panel-main" hidden={!records}>
        <p class="fine" data-testid="record-words">
          {records ? many("record.count", records.length, records.length, records[0]?.version ?? "") : ""}
        </p>
        <FoldedTable
          summary={t("record.figures")}
          testid="record-table"
          open
          of={records ?? []}
          row={rowOf}
          heads={["model", "defence", "attacker", "attack", "metric", "value", "interval", "n", "rules"].map((head) => phrase(`record.${head}`))}
        />
        <div class="buttons">
          <Button testid="record-close" onClick={() => actions.choose({ imported: null })}>
            {t("photo.close")}
          </Button>
        </div>
      </div>
    </div>
  );
}
