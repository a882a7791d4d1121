// What the page as a program has to say: a new version that waits, and work that is not saved.

import { Button } from "../../ui/elements.js";
import { useVoice } from "../../ui/voice.js";
import { usePick } from "../shared/store.js";
import { t } from "../../words/i18n.js";
import { say } from "../../words/say.js";
import { useApp } from "../app.js";

export function Update() {
  const { offline, takeOver } = useApp();
  const [phase, trouble, other] = usePick((state) => [state.offline.phase, state.kept.trouble, state.kept.elsewhere] as const);
  const here = phase === "update";
  const elsewhere = phase === "elsewhere";
  const words = () => (here ? t("update.here") : elsewhere ? t("update.elsewhere") : "");
  useVoice(words, [phase]);
  useVoice(() => (other ? t("kept.elsewhere") : ""), [other]);
  return (
    <>
      <div class="notice" data-testid="update" hidden={!here && !elsewhere}>
        <p data-testid="update-message">{words()}</p>
        <div class="buttons">
          <Button testid="update-use" kind="primary" hidden={!here} onClick={() => offline.use()}>
            {t("update.use")}
          </Button>
          <Button testid="update-reload" kind="primary" hidden={!elsewhere} onClick={() => offline.reload()}>
            {t("update.reload")}
          </Button>
        </div>
      </div>
      <div class="notice" data-testid="other-tab" hidden={!other}>
        <p>{t("kept.elsewhere")}</p>
        <div class="buttons">
          <Button testid="other-tab-take" onClick={takeOver}>
            {t("kept.take-over")}
          </Button>
        </div>
      </div>
      <p class="notice notice-error" data-testid="not-saved" role="alert" hidden={trouble === null}>
        {trouble ? t("update.not-saved", say(trouble)) : ""}
      </p>
    </>
  );
}
