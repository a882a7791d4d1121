// Whoever leaves hands the focus on. A control that is removed or hidden while it has the focus would leave it nowhere, and who uses the
// keyboard or a screen reader at the beginning of the page. This sees to it for every control, so no view has to.

const CONTROLS = "a[href], button, input, select, textarea, summary";
/** How long a control may be switched off before somebody else has the focus. */
const PATIENCE_MS = 1000;

/** Whether it is there, and not hidden; whether it is switched off is another matter. */
const isThere = (element: Element): boolean =>
  element.isConnected && !element.closest("[hidden]") && !element.closest("details:not([open]) > :not(summary)");
const isOff = (element: Element): boolean => element.matches(":disabled");

/** The first control that one can use. */
const firstIn = (ancestor: Element): HTMLElement | undefined =>
  Array.from(ancestor.querySelectorAll<HTMLElement>(CONTROLS)).find(
    (one) => isThere(one) && !isOff(one) && one.tabIndex >= 0 && one.checkVisibility() && !one.closest("[inert]"),
  );

interface Options {
  /** Where the focus goes when nothing near is left. */
  home: () => HTMLElement | null;
  /** Whether something runs, so that what is switched off will be switched on again: then the focus waits for it. */
  waits: () => boolean;
}

/** From now on the focus is somewhere, as long as a person has not put it away. Once in the page. */
export function keepFocus({ home, waits }: Options): void {
  let last: HTMLElement | null = null;
  /** What it stood in, from inside out: what is removed does not know any more. */
  let around: Element[] = [];
  /** Whether it is, or was just now, switched off. */
  let wasOff = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function handOn() {
    // Not beyond the view: from there on its place is nearer than some other view's control.
    const view = around.findIndex((one) => one instanceof HTMLElement && one.dataset["view"] !== undefined);
    const near = around.slice(0, view < 0 ? -2 : view + 1);
    const next = near.flatMap((one) => (isThere(one) ? (firstIn(one) ?? []) : []))[0];
    (next ?? home())?.focus({ preventScroll: true });
  }
  function look() {
    const { activeElement } = document;
    // Firefox leaves the focus on what is hidden.
    if (!last || (activeElement !== last && activeElement !== document.body && activeElement !== null)) return;
    clearTimeout(timer);
    if (!isThere(last)) handOn();
    else if (!isOff(last)) {
      if (wasOff) last.focus({ preventScroll: true });
      wasOff = false;
    } else {
      wasOff = true;
      if (waits()) return;
      timer = setTimeout(() => {
        if (last && isOff(last) && !waits() && (document.activeElement === last || document.activeElement === document.body)) handOn();
      }, PATIENCE_MS);
    }
  }

  document.addEventListener("focusin", ({ target }) => {
    clearTimeout(timer);
    if (!(target instanceof HTMLElement)) return;
    last = target;
    wasOff = false;
    around = [];
    for (let up = target.parentElement; up; up = up.parentElement) around.push(up);
  });
  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    // That the whole window has lost the focus is another thing.
    if (relatedTarget !== null || !(target instanceof Element) || !document.hasFocus()) return;
    // What is being removed is told before it is. Who is still there afterwards has been left by a click beside it.
    queueMicrotask(() => {
      if (last === target && isThere(target) && !isOff(target)) last = null;
    });
  });
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["hidden", "disabled", "open"] });
}
