// A sign as people see it: sharp, in front of sky and verge, with whatever is stuck on it; and what the network gets of it.

import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { signUrl } from "../../engine/assets.js";
import { hung, lit } from "../../state/scene.js";
import type { Scene as View } from "../../state/types.js";

/** How wide an element is, in CSS pixels, now and whenever that changes. */
function useWidth() {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    if (!box.current) return undefined;
    const watch = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  return { box, width };
}

/** How much of the scene the picture of a sign is that hangs somehow: the style sheet says the same. */
const DRAWN = 0.88;

interface SceneProps {
  label: string;
  testid?: string;
  /** Class of the sign. */
  sign: number;
  /** How it hangs there; straight where nobody says. */
  view?: View | null | undefined;
  /** What is stuck on it, over the whole drawing. */
  children?: ComponentChildren;
}

export function Scene({ label, testid, sign, view, children }: SceneProps) {
  const { box, width } = useWidth();
  return (
    <div ref={box} class="scene" data-testid={testid} data-value={sign} role="img" aria-label={label}>
      <div class="scene-back" aria-hidden="true" />
      <div class="scene-pole" aria-hidden="true" />
      <div class={view ? "scene-sign" : "scene-sign is-straight"} style={view ? { transform: hung(view.view, width * DRAWN), filter: lit(view) } : {}}>
        <img src={signUrl(sign)} alt="" draggable={false} />
        {children}
      </div>
    </div>
  );
}

/** A drawn sign as people see it, and in its corner what the network gets of it; any other picture alone. */
export function WithScene({ label, sign, view, children }: { label: string; sign: number | null; view: View | null; children: ComponentChildren }) {
  const drawn = view !== null && sign !== null;
  return (
    <div class={drawn ? "seen has-scene" : "seen"}>
      {drawn ? <Scene label={label} testid="scene" sign={sign} view={view} /> : null}
      <div class="seen-eye">{children}</div>
    </div>
  );
}
