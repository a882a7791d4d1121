// Records of figures, to be saved: JSON as the engine wrote it, or a table for a spreadsheet.

import { saveBytes } from "../../io/files.js";
import { csv } from "../../io/records.js";
import { Button } from "../../ui/elements.js";
import { t } from "../../words/i18n.js";

/** `prefix` of the test ids and of the files' names; `records` as JSON text, empty where there are none. */
export function RecordButtons({ prefix, records }: { prefix: string; records: string }) {
  const file = `fool-the-sign-${prefix}`;
  return (
    <div class="buttons">
      <Button
        testid={`${prefix}-json`}
        title={t("records.everything-that-is-needed")}
        disabled={records === ""}
        onClick={() => saveBytes(records, `${file}.json`, "application/json")}>
        {t("records.save-the-records-json")}
      </Button>
      <Button testid={`${prefix}-csv`} disabled={records === ""} onClick={() => saveBytes(csv(JSON.parse(records)), `${file}.csv`, "text/csv")}>
        {t("records.save-as-a-table")}
      </Button>
    </div>
  );
}
