// Settings of the page itself: language, theme, device; and the link of a teacher.

import { useState } from "preact/hooks";
import { copyText } from "../../io/clipboard.js";
import { busy } from "../../state/select.js";
import { writeLink } from "../../state/link.js";
import { SCHEMA, choiceName } from "../../state/schema.js";
import type { DeviceChoice } from "../../state/types.js";
import { Panel, ask } from "../../ui/dialog.js";
import { Button, Fold } from "../../ui/elements.js";
import { Boxes, Choice, Field } from "../shared/fields.js";
import { useSaid } from "../../ui/voice.js";
import { usePick } from "../shared/store.js";
import { THEMES, applyTheme, savedTheme } from "../../ui/theme.js";
import { t } from "../../words/i18n.js";
import { useApp } from "../app.js";
import { deviceReason } from "../shared/names.js";

const DEVICES: DeviceChoice[] = ["auto", "gpu", "cpu"];

export function Settings({ close }: { close: () => void }) {
  const { store, actions } = useApp();
  const [device, settings, place] = usePick((state) => [state.device, state.settings, state.place] as const);
  const [theme, setTheme] = useState<string>(savedTheme);
  const [said, tell] = useSaid();
  const [refused, setRefused] = useState(0);
  const link = new URL(`${writeLink(settings)}#${place}`, location.href.split(/[?#]/)[0]).href;

  async function change(wanted: string) {
    const choice = DEVICES.find((one) => one === wanted);
    if (!choice) return;
    if (
      busy(store.get()) &&
      !(await ask({ title: t("device.switch-the-device"), text: t("device.the-engine-is-started"), yes: t("device.switch-and-end-it") }))
    ) {
      // What was chosen is shown again.
      setRefused(refused + 1);
      return;
    }
    actions.chooseDevice(choice);
  }

  return (
    <Panel name="settings" title={t("settings.title")} close={close}>
      <div class="settings-grid">
        <Choice
          key={refused}
          of="device-select"
          testid="device-select"
          label={t("device.device")}
          value={device.choice}
          help={deviceReason(device)}
          options={(SCHEMA["device"]?.choices ?? []).map((value) => ({ value: String(value), words: choiceName("device", value) }))}
          onChange={(choice) => void change(choice)}
        />
        <Choice
          of="theme-select"
          testid="theme-select"
          label={t("device.theme")}
          value={theme}
          options={THEMES.map((value) => ({ value, words: t(`theme.${value}`) }))}
          onChange={(value) => {
            setTheme(value);
            applyTheme(value);
          }}
        />
        <Field name="language" plain />
      </div>
      <Fold summary={t("teach.title")} testid="teach-more">
        <p class="fine">{t("teach.lead")}</p>
        <Boxes name="teach.hide" testid="teach-hide" />
        <Field name="teach.fix" />
        <div class="field field-text">
          <label for="teach-link">
            <span class="field-label">{t("teach.link")}</span>
          </label>
          <input type="text" id="teach-link" data-testid="teach-link" readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
        </div>
        <div class="buttons">
          <Button testid="teach-copy" onClick={() => void copyText(link).then((done) => tell(() => t(done ? "notices.copied" : "share.by-hand")))}>
            {t("share.copy")}
          </Button>
          <span>{said}</span>
        </div>
      </Fold>
    </Panel>
  );
}
