// A report that can be copied: what happened, where, with which version.

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { copyText } from "../io/clipboard.js";
import { t } from "../words/i18n.js";
import { Button } from "./elements.js";
import { useSaid } from "./voice.js";

/** The text, folded away, after buttons: the given ones, and one that copies it. */
export function Report({
  text,
  testid,
  children,
  after,
}: {
  text: string;
  testid?: string;
  children?: ComponentChildren;
  after?: ComponentChildren;
}) {
  const [said, tell] = useSaid();
  const report = useRef<HTMLPreElement>(null);
  useEffect(() => tell(() => ""), [text]);
  async function copy() {
    if (await copyText(text)) {
      tell(() => t("notices.copied"));
      return;
    }
    const details = report.current?.closest("details");
    if (details) details.open = true;
    if (report.current) getSelection()?.selectAllChildren(report.current);
    tell(() => t("notices.the-browser-does-not"));
  }
  return (
    <>
      <div class="buttons">
        {children}
        <Button testid={testid ? `${testid}-copy` : "report-copy"} onClick={() => void copy()}>
          {t("notices.copy-the-report")}
        </Button>
        {after}
        <span>{said}</span>
      </div>
      <details class="more">
        <summary>{t("notices.report")}</summary>
        <pre ref={report} data-testid={testid ? `${testid}-report` : "report"} tabIndex={0} aria-label={t("notices.report")}>
          {text}
        </pre>
      </details>
    </>
  );
}
