// Which device computes, why, and the choice between them; and the theme.

/** @import { App } from "./app.js" */
/** @import { DeviceChoice } from "../state/types.js" */
import { busy } from "../state/events.js";
import { SCHEMA } from "../state/schema.js";
import { h, text } from "../lib/dom.js";
import { ask } from "../lib/dialog.js";
import { redrawCharts } from "../lib/charts.js";

const THEME_KEY = "fool-the-sign-theme";
/** @type {[string, string][]} */
const THEMES = [["auto", "System"], ["light", "Light"], ["dark", "Dark"]];

/** @param {HTMLElement} place @param {App} app */
export function mountDevice(place, { store, actions }) {
  const reason = h("p", { class: "device-reason", testid: "device-reason", attrs: { id: "device-reason", "aria-live": "polite" } });
  const select = h("select", { testid: "device-select", attrs: { id: "device-select", "aria-describedby": "device-reason" }, on: { change } },
    ...(SCHEMA["device"]?.choices ?? []).map(([value, words]) => h("option", { attrs: { value } }, words)));

  async function change() {
    const choice = /** @type {DeviceChoice} */ (select.value);
    const state = store.get();
    if (busy(state) && !await ask({
      title: "Switch the device?",
      text: "The engine is started anew: what runs now ends, and the models are as they were last kept.",
      yes: "Switch and end it",
    })) {
      select.value = state.device.choice;
      return;
    }
    actions.chooseDevice(choice);
  }

  store.watch((state) => [state.device], (device) => {
    if (document.activeElement !== select || device.phase !== "starting") select.value = device.choice;
    text(reason, device.phase === "starting" && device.kind ? `${device.reason} Starting …` : device.reason);
  });

  const theme = h("select", { testid: "theme-select", attrs: { id: "theme-select" }, on: { change: () => {
    setTheme(theme.value);
    try { localStorage.setItem(THEME_KEY, theme.value); } catch { /* Storage is refused: the choice lasts as long as the page. */ }
  } } }, ...THEMES.map(([value, words]) => h("option", { attrs: { value } }, words)));
  theme.value = savedTheme();
  setTheme(theme.value);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redrawCharts);

  place.append(
    h("div", { class: "device-controls" },
      h("label", { attrs: { for: "device-select" } }, "Device"), select,
      h("label", { attrs: { for: "theme-select" } }, "Theme"), theme),
    reason);
}

/** @returns {string} */
function savedTheme() {
  try {
    const saved = localStorage.getItem(THEME_KEY);
    return THEMES.some(([value]) => value === saved) && saved ? saved : "auto";
  } catch {
    return "auto";
  }
}

/** @param {string} theme */
function setTheme(theme) {
  if (theme === "auto") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
  redrawCharts();
}
