// What every view is given, and the element that it is drawn into.

import { createContext } from "preact";
import { useContext, useLayoutEffect } from "preact/hooks";
import type { Actions } from "../flows/actions.js";
import type { Kept } from "../flows/kept.js";
import type { Keeper } from "../keep/keeper.js";
import type { OfflineCopy } from "../keep/offline.js";
import type { Store } from "../state/store.js";

export interface App {
  store: Store;
  actions: Actions;
  keeper: Keeper;
  kept: Kept;
  offline: OfflineCopy;
  /** Asks the tab that keeps the work to leave it to this one. */
  takeOver: () => void;
}

export const AppContext = createContext<App | null>(null);
export const HostContext = createContext<HTMLElement | null>(null);

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error("no view");
  return app;
}

/** Says of the view's own element what styles and tests look at. */
export function useHost(data: Record<string, string>, { hidden = false, label }: { hidden?: boolean; label?: string } = {}): void {
  const host = useContext(HostContext);
  useLayoutEffect(() => {
    if (!host) return;
    for (const [name, value] of Object.entries(data)) if (host.dataset[name] !== value) host.dataset[name] = value;
    host.toggleAttribute("hidden", hidden);
    if (label !== undefined) host.setAttribute("aria-label", label);
  });
}
