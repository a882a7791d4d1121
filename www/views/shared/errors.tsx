// Errors as a sentence where a person looks: in the panel that they belong to, or above all panels while that one is not on the screen.

import { useLayoutEffect, useRef } from "preact/hooks";
import { PLACE_OF } from "../../state/select.js";
import type { Message as MessageOf, Place, Split } from "../../state/types.js";
import { Button, unfold } from "../../ui/elements.js";
import { phrase, t } from "../../words/i18n.js";
import { isSaid } from "../../words/engine-words.js";
import { say } from "../../words/say.js";
import { useApp } from "../app.js";
import { usePick, useStore } from "./store.js";

/** Splits to measure on, by what the engine calls them. */
const SPLITS: Readonly<Record<string, Split>> = { validation: "validation", testing: "test" };
/** Every panel; the whole page has no place. */
const PANELS = Object.keys(PLACE_OF) as Place[];

/** Where a split has no images, another one that has some is a press away. */
function Instead({ message }: { message: MessageOf | undefined }) {
  const { actions } = useApp();
  const said = message && "engine" in message.message ? message.message.engine : null;
  const instead = isSaid(said, "no_images_to_measure") ? SPLITS[said.values.instead ?? ""] : undefined;
  if (!message || !instead || message.place === "roc") return null;
  return (
    <span class="buttons">
      <Button testid={`${message.place}-instead`} onClick={() => void actions.measureOn(instead, message.place)}>
        {t("measure.instead", phrase(`split.${instead}`))}
      </Button>
    </span>
  );
}

function Message({ panels, elsewhere }: { panels: Place[]; elsewhere: boolean }) {
  const store = useStore();
  const slot = useRef<HTMLParagraphElement>(null);
  const [message] = usePick(
    ({ messages, place }) => [panels.map((panel) => messages[panel]).find((one) => one && (PLACE_OF[one.place] === place) !== elsewhere)] as const,
  );
  // A picture can be dropped or pasted far from its panel.
  useLayoutEffect(() => {
    if (!message) return;
    unfold(slot.current);
    slot.current?.scrollIntoView({ block: "nearest" });
  }, [message]);
  return (
    <div class="notice notice-error" hidden={!message}>
      <p
        ref={slot}
        data-testid="error-message"
        role="alert"
        data-place={elsewhere ? (message?.place ?? "page") : panels.join(" ")}
        data-code={message?.code ?? ""}
        hidden={!message}>
        {message ? say(message.message) : ""}
        <Instead message={message} />
      </p>
      {elsewhere && message && (
        <div class="buttons">
          <Button testid="error-close" onClick={() => store.set({ messages: { ...store.get().messages, [message.place]: undefined } })}>
            {t("dialog.close")}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Errors of one panel, beside its controls. */
export const ErrorSlot = ({ panels }: { panels: Place[] }) => <Message panels={panels} elsewhere={false} />;

/** Errors of the page, and of every panel that is not on the screen. */
export const ElsewhereSlot = () => <Message panels={PANELS} elsewhere />;
