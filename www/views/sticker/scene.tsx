// A sign as people see it: sharp, in front of sky and verge, with whatever is stuck on it.

import type { ComponentChildren } from "preact";
import { signUrl } from "../../engine/assets.js";
import { hung, lit } from "../../state/scene.js";
import type { Scene as View } from "../../state/types.js";

interface SceneProps {
  label: string;
  testid?: string;
  /** Class of the sign. */
  sign: number;
  /** How it hangs there; straight where nobody says. */
  view?: View | null | undefined;
  /** Side of the box, in CSS pixels: the style sheet makes it smaller where there is less room. */
  side?: number;
  /** What is stuck on it, over the whole drawing. */
  children?: ComponentChildren;
}

export function Scene({ label, testid, sign, view, side = 512, children }: SceneProps) {
  return (
    <div class="scene" data-testid={testid} role="img" aria-label={label}>
      <div class="scene-back" aria-hidden="true" />
      <div class="scene-pole" aria-hidden="true" />
      <div class="scene-sign" style={view ? { transform: hung(view.view, side), filter: lit(view), width: `${side}px`, height: `${side}px` } : {}}>
        <img src={signUrl(sign)} alt="" draggable={false} />
        {children}
      </div>
    </div>
  );
}
