// Dialogs: a question before something is lost, and panels that belong to the whole page. They are drawn beside the views, so what
// is shown in them goes when they close, and changes its language with the page.

import { signal } from "@preact/signals";
import type { ComponentChildren, VNode } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../words/i18n.js";
import { Boundary, type About } from "./boundary.js";
import { Button } from "./elements.js";
import { lendVoice } from "./voice.js";

interface Open {
  id: number;
  draw: (close: () => void) => VNode;
  closed: () => void;
}

const open = signal<Open[]>([]);
let lastId = 0;

/** Opens a dialog; what it shows is given the way to close it. `closed` is told when it has been closed, in whatever way. */
export function openDialog(draw: (close: () => void) => VNode, closed: () => void = () => {}): void {
  lastId += 1;
  open.value = [...open.value, { id: lastId, draw, closed }];
}

/** All open dialogs, each of which may break without the others. Once in the page. */
export function Dialogs({ about }: { about: () => About }) {
  return (
    <>
      {open.value.map(({ id, draw, closed }) => {
        const close = () => {
          open.value = open.value.filter((one) => one.id !== id);
          closed();
        };
        // A dialog that breaks is gone, and its report would stand at the end of the page, where nobody looks.
        const frame = (report: VNode) => (
          <Panel name="dialog-crash" title={t("notices.report")} close={close}>
            {report}
          </Panel>
        );
        return (
          <Boundary key={id} name="dialog" about={about} frame={frame}>
            <Keyed draw={draw} close={close} />
          </Boundary>
        );
      })}
    </>
  );
}
const Keyed = ({ draw, close }: { draw: Open["draw"]; close: () => void }) => draw(close);

/** Shows a native dialog as soon as it is there. When it goes, the focus is back where it was. */
function useModal() {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const shown = dialog.current;
    if (!shown) return undefined;
    shown.showModal();
    const giveBack = lendVoice(shown);
    return () => {
      giveBack();
      shown.close();
    };
  }, []);
  return dialog;
}

/** A panel over the page. It closes by its button, by Escape, and by a click beside it. */
export function Panel({ name, title, close, children }: { name: string; title: string; close: () => void; children: ComponentChildren }) {
  const dialog = useModal();
  return (
    <dialog
      ref={dialog}
      class="panel"
      data-testid={name}
      aria-labelledby={`${name}-title`}
      onClose={close}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current?.close();
      }}>
      <div class="panel-inside">
        <div class="panel-head">
          <h2 id={`${name}-title`}>{title}</h2>
          <button
            class="dialog-close"
            type="button"
            data-testid={`${name}-close`}
            aria-label={t("dialog.close")}
            onClick={() => dialog.current?.close()}>
            ×
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}

interface Question {
  title: string;
  text: string;
  yes: string;
}

function Ask({ title, text, yes, answer }: Question & { answer: (yes: boolean) => void }) {
  const dialog = useModal();
  return (
    <dialog
      ref={dialog}
      class="ask"
      data-testid="confirm"
      aria-labelledby="ask-title"
      aria-describedby="ask-text"
      onClose={() => answer(dialog.current?.returnValue === "yes")}>
      <h2 id="ask-title">{title}</h2>
      <p id="ask-text">{text}</p>
      <div class="buttons">
        <Button testid="confirm-no" onClick={() => dialog.current?.close("no")}>
          {t("dialog.keep-it")}
        </Button>
        <Button testid="confirm-yes" kind="danger" onClick={() => dialog.current?.close("yes")}>
          {yes}
        </Button>
      </div>
    </dialog>
  );
}

/** Asks before something is lost. */
export const ask = (question: Question): Promise<boolean> =>
  new Promise((resolve) => {
    openDialog(
      (close) => (
        <Ask
          {...question}
          answer={(yes) => {
            resolve(yes);
            close();
          }}
        />
      ),
      // Nothing is lost over a question that could not be asked.
      () => resolve(false),
    );
  });
