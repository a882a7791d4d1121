// All 43 signs as a list one picks from, by pointer or by keyboard.

import { useRef, useState } from "preact/hooks";
import { signUrl } from "../../engine/assets.js";
import { CLASSES } from "../../state/schema.js";
import { className } from "../../words/format.js";
import { useOne } from "./store.js";

/** Drawings of the classes; of a data set that has others there are none. */
export function useSignUrl(): (index: number) => string {
  const drawn = useOne((state) => state.data?.signs ?? true);
  return (index) => signUrl(drawn ? index : -1);
}

/** Classes to choose from by name. @param known how many there are */
export const classOptions = (classes: string[], known = CLASSES): { value: string; words: string }[] =>
  Array.from({ length: known }, (_, one) => ({ value: String(one), words: `${one} · ${className(classes, one)}` }));

interface GridProps {
  label: string;
  testid: string;
  selected: number;
  classes: string[];
  disabled: boolean;
  hidden?: boolean;
  onPick: (index: number) => void;
}

export function SignGrid({ label, testid, selected, classes, disabled, hidden = false, onPick }: GridProps) {
  const urlOf = useSignUrl();
  const list = useRef<HTMLDivElement>(null);
  /** Where the focus is, while it is in the list. */
  const [focused, setFocused] = useState<number | null>(null);
  const [under, setUnder] = useState<number | null>(null);
  const here = focused ?? selected;
  const said = under ?? here;

  const choose = (index: number) => {
    if (!disabled) onPick(index);
  };
  const option = (index: number) => list.current?.children[index] as HTMLElement | undefined;
  function columns(): number {
    const first = option(0)?.offsetTop;
    for (let index = 1; index < CLASSES; index += 1) if (option(index)?.offsetTop !== first) return index;
    return CLASSES;
  }
  function onKey(event: KeyboardEvent) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const last = CLASSES - 1;
    const moves: Record<string, () => number> = {
      ArrowRight: () => Math.min(last, here + 1),
      ArrowLeft: () => Math.max(0, here - 1),
      ArrowDown: () => Math.min(last, here + columns()),
      ArrowUp: () => Math.max(0, here - columns()),
      Home: () => 0,
      End: () => last,
    };
    const move = moves[event.key];
    if (move) option(move())?.focus();
    else if (event.key === "Enter" || event.key === " ") choose(here);
    else return;
    event.preventDefault();
  }

  return (
    <div class="sign-picker" hidden={hidden}>
      <div
        ref={list}
        class="signs"
        data-testid={testid}
        role="listbox"
        aria-label={label}
        aria-disabled={disabled ? "true" : undefined}
        onKeyDown={onKey}
        onFocusOut={(event) => {
          if (!(event.relatedTarget instanceof Node) || !list.current?.contains(event.relatedTarget)) setFocused(null);
        }}>
        {Array.from({ length: CLASSES }, (_, index) => {
          const name = className(classes, index);
          return (
            <div
              key={index}
              class="sign"
              data-testid={`${testid}-${index}`}
              role="option"
              tabIndex={index === here ? 0 : -1}
              aria-selected={index === selected ? "true" : "false"}
              aria-label={name}
              title={name}
              onClick={() => choose(index)}
              onPointerEnter={() => setUnder(index)}
              onPointerLeave={() => setUnder(null)}
              onFocus={() => setFocused(index)}>
              <img src={urlOf(index)} alt="" width={40} height={40} loading="lazy" draggable={false} />
            </div>
          );
        })}
      </div>
      <p class="sign-caption" aria-hidden="true">
        {said} · {className(classes, said)}
      </p>
    </div>
  );
}
