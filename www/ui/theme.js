// Light, dark, or as the system has it.

import { redrawCharts } from "./charts.js";

const KEY = "fool-the-sign-theme";
export const THEMES = ["auto", "light", "dark"];

/** @returns {string} */
export function savedTheme() {
  try {
    const saved = localStorage.getItem(KEY) ?? "auto";
    return THEMES.includes(saved) ? saved : "auto";
  } catch {
    return "auto";
  }
}

/** @param {string} [theme] a new choice, which is kept */
export function applyTheme(theme) {
  if (theme !== undefined) try { localStorage.setItem(KEY, theme); } catch { /* Storage is refused: the choice lasts as long as the page. */ }
  const now = theme ?? savedTheme();
  if (now === "auto") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = now;
  redrawCharts();
}
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redrawCharts);
