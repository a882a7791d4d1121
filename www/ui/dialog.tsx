// Dialogs: a question before something is lost, and panels that belong to the whole page. They are drawn beside the views, so what
// is shown in them goes when they close, and changes its language with the page.

import { signal } from "@preact/signals";
import type { ComponentChildren, VNode } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../words/i18n.js";
import { Button } from "./elements.js";
import { lendVoice } from "./voice.js";

interface Open {
  id: number;
  draw: (close: () => void) => VNode;
}

const open = signal<Open[]>([]);
let lastId = 0;

/** Opens a dialog; what it shows is given the way to close it. */
export function openDialog(draw: (close: () => void) => VNode): void {
  lastId += 1;
  open.value = [...open.value, { id: lastId, draw }];
}

/** All open dialogs. Once in the page. */
export function Dialogs() {
  return (
    <>
      {open.value.map(({ id, draw }) => (
        <Keyed
          key={id}
          draw={draw}
          close={() => {
            open.value = open.value.filter((one) => one.id !== id);
          }}
        />
      ))}
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
    openDialog((close) => (
      <Ask
        {...question}
        answer={(yes) => {
          close();
          resolve(yes);
        }}
      />
    ));
  });
