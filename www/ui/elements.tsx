// Small elements that every view uses.

import type { ComponentChildren, Ref, TargetedEvent } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

let lastId = 0;
/** An id that no other element has, the same as long as the component is there. */
export function useId(stem: string): string {
  return useState(() => `${stem}-${(lastId += 1)}`)[0];
}

export interface ButtonProps {
  testid?: string;
  kind?: "primary" | "quiet" | "danger" | undefined;
  onClick: () => void;
  title?: string | undefined;
  label?: string | undefined;
  disabled?: boolean | undefined;
  hidden?: boolean | undefined;
  class?: string | undefined;
  of?: Ref<HTMLButtonElement>;
  children?: ComponentChildren;
}

export function Button({ testid, kind, onClick, title, label, disabled, hidden, class: name, of = null, children }: ButtonProps) {
  return (
    <button
      ref={of}
      class={`button${kind ? ` button-${kind}` : ""}${name ? ` ${name}` : ""}`}
      type="button"
      data-testid={testid}
      title={title}
      aria-label={label}
      disabled={disabled ?? false}
      hidden={hidden ?? false}
      onClick={() => onClick()}>
      {children}
    </button>
  );
}

/** What may be wider than the page: it scrolls inside, also by keyboard. */
export function Scroll({ label, class: name, hidden = false, children }: { label: string; class?: string; hidden?: boolean; children: ComponentChildren }) {
  return (
    <div class={name ? `scroll ${name}` : "scroll"} hidden={hidden} tabIndex={0} role="region" aria-label={label}>
      {children}
    </div>
  );
}

interface FoldProps {
  summary: ComponentChildren;
  testid?: string;
  class?: string;
  teach?: string | undefined;
  /** Whether it is open at first. */
  open?: boolean;
  hidden?: boolean;
  /** Told whenever it is unfolded or folded. */
  onToggle?: (open: boolean) => void;
  children: ComponentChildren;
}

/** Folded away until somebody wants it; whether it is open is the person's affair, not the view's. */
export function Fold({ summary, testid, class: name = "more", teach, open = false, hidden = false, onToggle, children }: FoldProps) {
  const details = useRef<HTMLDetailsElement>(null);
  useLayoutEffect(() => {
    if (details.current && open) details.current.open = true;
  }, []);
  return (
    <details ref={details} class={name} data-teach={teach} hidden={hidden} onToggle={(event) => onToggle?.(event.currentTarget.open)}>
      <summary data-testid={testid}>
        {summary}
      </summary>
      {children}
    </details>
  );
}

/** Unfolds whatever an element is folded into: what is said there is to be seen. */
export function unfold(element: Element | null): void {
  for (let fold = element?.closest("details"); fold; fold = fold.parentElement?.closest("details")) fold.open = true;
}

/** Controls that most people never need. */
export function More({
  summary,
  testid,
  teach,
  hidden,
  children,
}: {
  summary: string;
  testid: string;
  teach?: string;
  hidden?: boolean;
  children: ComponentChildren;
}) {
  return (
    <Fold summary={summary} testid={testid} teach={teach} hidden={hidden ?? false}>
      <div class="fields">{children}</div>
    </Fold>
  );
}

/** A button that opens files; the input itself is hidden, and takes the focus. */
export function FileButton({
  testid,
  id,
  accept,
  multiple,
  folder,
  label,
  disabled,
  onFiles,
  buttonTestid,
  of,
}: {
  testid: string;
  id: string;
  accept?: string;
  multiple?: boolean;
  folder?: boolean;
  label: string;
  disabled?: boolean;
  buttonTestid?: string;
  of?: Ref<HTMLInputElement>;
  onFiles: (files: FileList) => void;
}) {
  const take = (event: TargetedEvent<HTMLInputElement>) => {
    const { files } = event.currentTarget;
    if (files && files.length > 0) onFiles(files);
    event.currentTarget.value = "";
  };
  return (
    <span>
      <input
        ref={of ?? null}
        class="hidden"
        type="file"
        id={id}
        data-testid={testid}
        accept={accept}
        multiple={multiple ?? false}
        disabled={disabled ?? false}
        onChange={take}
        {...(folder ? { webkitdirectory: true } : {})}
      />
      <label class={`button${disabled ? " is-disabled" : ""}`} for={id} data-testid={buttonTestid}>
        {label}
      </label>
    </span>
  );
}

/** A name and a figure; pressing the name says what it is. */
export function Norm({
  name,
  testid,
  help,
  hidden,
  value,
  children,
}: {
  name: string;
  testid: string;
  help: string;
  hidden?: boolean;
  value?: string | number;
  children: ComponentChildren;
}) {
  const [open, setOpen] = useState(false);
  const id = useId("norm");
  return (
    <div hidden={hidden ?? false}>
      <dt>
        <button class="norm-name" type="button" data-testid={`${testid}-what`} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          {name}
        </button>
      </dt>
      <dd data-testid={testid} data-value={value}>
        {children}
      </dd>
      <dd class="norm-help" id={id} hidden={!open}>
        {help}
      </dd>
    </div>
  );
}
