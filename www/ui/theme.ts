// Light, dark, or as the system has it.

import { signal } from "@preact/signals";
import { THEME_KEY } from "./theme-key.js";

export const THEMES = ["auto", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];
const isTheme = (value: string): value is Theme => THEMES.some((one) => one === value);

/** How often the colours have changed: what draws on a canvas draws it again. */
export const coloursChanged = signal(0);

export function savedTheme(): Theme {
  try {
    const saved = localStorage.getItem(THEME_KEY) ?? "auto";
    return isTheme(saved) ? saved : "auto";
  } catch {
    return "auto";
  }
}

/** Applies a new choice, which is kept, or the one that was kept. */
export function applyTheme(choice?: string): void {
  if (choice !== undefined)
    try {
      localStorage.setItem(THEME_KEY, choice);
    } catch {
      /* Storage is refused: the choice lasts as long as the page. */
    }
  const now = choice ?? savedTheme();
  if (now === "auto") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = now;
  coloursChanged.value += 1;
}
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  coloursChanged.value += 1;
});

let probe: HTMLElement | null = null;
/** A colour of the theme as a canvas understands it, by the name of its custom property. */
export function css(name: string): string {
  if (!probe) {
    probe = document.createElement("span");
    probe.hidden = true;
    document.body.append(probe);
  }
  probe.style.setProperty("color", `var(${name})`);
  return getComputedStyle(probe).color;
}
