// What a component sees of the state: the parts it picks, and it is drawn anew only when one of these has changed.

import { computed, signal, type Signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext, useMemo, useRef } from "preact/hooks";
import type { Store } from "../../state/store.js";
import type { State } from "../../state/types.js";

/** The store, and the state as one view has last been told of it. */
export interface Feed {
  store: Store;
  state: Signal<State>;
}

/** Given to every view. */
export const FeedContext = createContext<Feed | null>(null);

/**
 * Tells views of the state. Those on the screen hear of it at each frame, for events come faster than anybody can look; the
 * others one after another, each in a task of its own, so that a change that concerns all of them holds nothing up.
 */
export function createFeeds(store: Store) {
  const here: { place: string; state: Signal<State> }[] = [];
  const stale = new Set<Signal<State>>();
  let going = false;

  function next() {
    const [first] = stale;
    if (!first) {
      going = false;
      return;
    }
    stale.delete(first);
    first.value = store.get();
    setTimeout(next, 0);
  }
  store.always((state) => {
    for (const one of here) {
      if (one.place === "" || one.place === state.place) {
        stale.delete(one.state);
        one.state.value = state;
      } else stale.add(one.state);
    }
    if (going || stale.size === 0) return;
    going = true;
    setTimeout(next, 0);
  });
  /** For a view in a place of the page, or in none: such a one is always on the screen. */
  return (place: string): Feed => {
    const state = signal(store.get());
    here.push({ place, state });
    return { store, state };
  };
}

function useFeed(): Feed {
  const feed = useContext(FeedContext);
  if (!feed) throw new Error("no view");
  return feed;
}

/** The store, to change something. A component that shows something of it picks that with `usePick`. */
export const useStore = (): Store => useFeed().store;

const same = (one: readonly unknown[], other: readonly unknown[]) =>
  one.length === other.length && one.every((value, index) => Object.is(value, other[index]));

/** Some of the state; the component is drawn again when one of the values differs from the one before. */
export function usePick<const T extends readonly unknown[]>(pick: (state: State) => T): T {
  const { store, state } = useFeed();
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
