// A teacher's link hides parts of the page and fixes settings; this says so, and lets one see everything again.

import { useLayoutEffect } from "preact/hooks";
import { Button } from "../../ui/elements.js";
import { usePick } from "../shared/store.js";
import { t } from "../../words/i18n.js";
import { useApp, useHost } from "../app.js";

export function Teacher() {
  const { actions } = useApp();
  const [hide, fix] = usePick((state) => [String(state.settings["teach.hide"]), state.settings["teach.fix"] === true] as const);
  useHost({}, { hidden: hide === "" && !fix });
  useLayoutEffect(() => {
    document.documentElement.dataset["hide"] = hide.replaceAll(",", " ");
  }, [hide]);
  return (
    <div class="notice teacher" data-testid="teacher">
      <p>{t("teach.set-up")}</p>
      <div class="buttons">
        <Button testid="teacher-all" onClick={() => actions.settings({ "teach.hide": "", "teach.fix": false })}>
          {t("teach.show-all")}
        </Button>
      </div>
    </div>
  );
}
