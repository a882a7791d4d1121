// The licences of everything that the page is made with, as the build has collected them.

import { useEffect, useState } from "preact/hooks";
import { loadNotices } from "../../engine/assets.js";
import { Panel } from "../../ui/dialog.js";
import { Scroll } from "../../ui/elements.js";
import { useVoice } from "../../ui/voice.js";
import { t } from "../../words/i18n.js";

export function Licences({ close }: { close: () => void }) {
  const [text, setText] = useState<string | null>(null);
  const [failed, setFailed] = useState("");
  useEffect(() => {
    let here = true;
    loadNotices().then(
      (found) => here && setText(found),
      (error: unknown) => here && setFailed(error instanceof Error ? error.message : String(error)),
    );
    return () => {
      here = false;
    };
  }, []);
  const words = () =>
    text !== null ? t("footer.licences-lead") : failed ? t("footer.licences-failed", failed) : t("footer.licences-wait");
  useVoice(words, [text, failed]);
  return (
    <Panel name="licences" title={t("footer.licences")} close={close}>
      <p>{words()}</p>
      {text !== null && (
        <Scroll label={t("footer.licences")}>
          <pre class="licences" data-testid="licences-text" lang="en">
            {text}
          </pre>
        </Scroll>
      )}
    </Panel>
  );
}
