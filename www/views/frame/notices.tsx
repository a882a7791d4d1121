// What the whole page has to say: a crash with its report, a training that can go on, settings of a link that had to be adjusted,
// errors of panels that are not on the screen.

import { Button } from "../../ui/elements.js";
import { ElsewhereSlot } from "../shared/errors.js";
import { Report } from "../../ui/report.js";
import { useVoice } from "../../ui/voice.js";
import { usePick } from "../shared/store.js";
import { t } from "../../words/i18n.js";
import { say } from "../../words/say.js";
import { useApp } from "../app.js";
import { Resume, resumeWords } from "../shared/resume.js";

export function Notices() {
  const { actions } = useApp();
  const [crash, stopped, notes, resumable] = usePick(
    (state) => [state.crash, state.device.phase === "stopped", state.notes, state.resumable] as const,
  );
  useVoice(() => (resumable ? resumeWords(resumable) : ""), [resumable]);
  return (
    <>
      <div class="notice notice-error" data-testid="crash" role="alert" hidden={crash === null}>
        <p data-testid="crash-message">{crash ? say(crash.sentence) : ""}</p>
        <Report
          text={crash?.report ?? ""}
          testid="crash"
          after={
            <Button testid="crash-close" onClick={() => actions.dismissCrash()}>
              {t("notices.close")}
            </Button>
          }>
          <Button testid="crash-again" kind="primary" hidden={!stopped} onClick={() => actions.tryAgain()}>
            {t("notices.again")}
          </Button>
          <Button testid="crash-cpu" kind="primary" hidden={!crash?.offerCpu} onClick={() => actions.chooseDevice("cpu")}>
            {t("notices.go-on-with-the")}
          </Button>
        </Report>
      </div>
      <Resume prefix="resume" />
      <div class="notice" data-testid="link-notes" hidden={notes.length === 0}>
        <p>{t("notices.some-settings-in-the")}</p>
        <ul>
          {notes.map((note, index) => (
            <li key={index}>{say(note)}</li>
          ))}
        </ul>
        <div class="buttons">
          <Button testid="link-notes-close" onClick={() => actions.dismissNotes()}>
            {t("notices.close")}
          </Button>
        </div>
      </div>
      <ElsewhereSlot />
    </>
  );
}
