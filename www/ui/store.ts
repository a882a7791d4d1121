// What a component sees of the state: the parts it picks, and it is drawn anew only when one of these has changed.

import { computed, signal, type Signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext, useMemo, useRef } from "preact/hooks";
import type { Store } from "../state/store.js";
import type { State } from "../state/types.js";

/** The store of the page, given to every view. */
export const StoreContext = createContext<Store | null>(null);

const drawn = new WeakMap<Store, Signal<State>>();
/** The state as it was at the last frame: events come faster than anybody can look. */
export function stateOf(store: Store): Signal<State> {
  const known = drawn.get(store);
  if (known) return known;
  const made = signal(store.get());
  store.always((state) => { made.value = state; });
  drawn.set(store, made);
  return made;
}

/** The store, to change something. A component that shows something of it picks that with `usePick`. */
export function useStore(): Store {
  const store = useContext(StoreContext);
  if (!store) throw new Error("a view outside of the page");
  return store;
}

const same = (one: readonly unknown[], other: readonly unknown[]) => one.length === other.length && one.every((value, index) => Object.is(value, other[index]));

/** Some of the state; the component is drawn again when one of the values differs from the one before. */
export function usePick<const T extends readonly unknown[]>(pick: (state: State) => T): T {
  const store = useStore();
  const state = stateOf(store);
  const latest = useRef(pick);
  latest.current = pick;
  const watched = useMemo(() => {
    let last: readonly unknown[] = [];
    return computed(() => {
      const next = latest.current(state.value);
      if (!same(last, next)) last = next;
      return last;
    });
  }, [state]);
  void watched.value;
  // What is drawn is the present, whatever it was drawn for.
  return pick(store.get());
}

/** One value of the state. */
export const useOne = <T>(pick: (state: State) => T): T => usePick((state) => [pick(state)] as const)[0];
