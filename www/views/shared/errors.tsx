// Errors as a sentence where a person looks: in the panel that they belong to, or above all panels while that one is not on the screen.

import { useLayoutEffect, useRef } from "preact/hooks";
import { PLACE_OF } from "../../state/select.js";
import type { Place } from "../../state/types.js";
import { say } from "../../words/say.js";
import { usePick } from "./store.js";

/** Every panel; the whole page has no place. */
const PANELS = Object.keys(PLACE_OF) as Place[];

function Message({ panels, elsewhere }: { panels: Place[]; elsewhere: boolean }) {
  const slot = useRef<HTMLParagraphElement>(null);
  const [message] = usePick(
    ({ messages, place }) => [panels.map((panel) => messages[panel]).find((one) => one && (PLACE_OF[one.place] === place) !== elsewhere)] as const,
  );
  // A picture can be dropped or pasted far from its panel.
  useLayoutEffect(() => {
    if (message) slot.current?.scrollIntoView({ block: "nearest" });
  }, [message]);
  return (
    <p
      ref={slot}
      class="notice notice-error"
      data-testid="error-message"
      role="alert"
      data-place={elsewhere ? (message?.place ?? "page") : panels.join(" ")}
      data-code={message?.code ?? ""}
      hidden={!message}>
      {message ? say(message.message) : ""}
    </p>
  );
}

/** Errors of one panel, beside its controls. */
export const ErrorSlot = ({ panels }: { panels: Place[] }) => <Message panels={panels} elsewhere={false} />;

/** Errors of the page, and of every panel that is not on the screen. */
export const ElsewhereSlot = () => <Message panels={PANELS} elsewhere />;
