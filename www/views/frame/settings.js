// Settings of the page itself: language, theme, device; and the link of a teacher.

/** @import { App } from "../app.js" */
/** @import { DeviceChoice } from "../../state/types.js" */
import { SCHEMA, choiceName } from "../../state/schema.js";
import { busy } from "../../state/events.js";
import { writeLink } from "../../state/link.js";
import { copyText } from "../../io/clipboard.js";
import { ask, openDialog } from "../../ui/dialog.js";
import { button, h, text } from "../../ui/dom.js";
import { boxes, field } from "../../ui/fields.js";
import { t } from "../../words/i18n.js";
import { THEMES, applyTheme, savedTheme } from "../../ui/theme.js";
import { deviceReason } from "../shared/names.js";

/** @param {App} app */
export function openSettings({ store, actions }) {
  const { device } = store.get();
  const select = h("select", { testid: "device-select", attrs: { id: "device-select", "aria-describedby": "device-words" }, on: { change: () => void change() } },
    ...(SCHEMA["device"]?.choices ?? []).map((value) => h("option", { attrs: { value } }, choiceName("device", value))));
  select.value = device.choice;
  const theme = h("select", { testid: "theme-select", attrs: { id: "theme-select" }, on: { change: () => applyTheme(theme.value) } },
    ...THEMES.map((value) => h("option", { attrs: { value } }, t(`theme.${value}`))));
  theme.value = savedTheme();
  const language = field(store, "language");
  language.querySelector(".field-help")?.remove();

  async function change() {
    const choice = /** @type {DeviceChoice} */ (select.value);
    const state = store.get();
    if (busy(state) && !await ask({ title: t("device.switch-the-device"), text: t("device.the-engine-is-started"), yes: t("device.switch-and-end-it") })) {
      select.value = state.device.choice;
      return;
    }
    actions.chooseDevice(choice);
  }

  const link = h("input", { testid: "teach-link", attrs: { type: "text", readonly: true, id: "teach-link" }, on: { focus: () => link.select() } });
  const said = h("span", { attrs: { role: "status" } });
  store.watch((state) => [state.settings], (settings) => {
    link.value = new URL(`${writeLink(settings)}#${store.get().place}`, location.href.split(/[?#]/)[0]).href;
  });
  openDialog("settings", t("settings.title"),
    h("div", { class: "settings-grid" },
      h("div", { class: "field field-choice" }, h("label", { attrs: { for: "device-select" } }, h("span", { class: "field-label" }, t("device.device"))), select,
        h("span", { class: "field-help", attrs: { id: "device-words" } }, deviceReason(device))),
      h("div", { class: "field field-choice" }, h("label", { attrs: { for: "theme-select" } }, h("span", { class: "field-label" }, t("device.theme"))), theme),
      language),
    h("details", { class: "more" }, h("summary", { testid: "teach-more" }, t("teach.title")),
      h("p", { class: "fine" }, t("teach.lead")),
      boxes(store, "teach.hide", { testid: "teach-hide" }), field(store, "teach.fix"),
      h("div", { class: "field field-text" }, h("label", { attrs: { for: "teach-link" } }, h("span", { class: "field-label" }, t("teach.link"))), link),
      h("div", { class: "buttons" }, button(t("share.copy"), { testid: "teach-copy", onClick: () => void copyText(link.value).then((done) => text(said, done ? t("notices.copied") : t("share.by-hand"))) }), said)));
}
