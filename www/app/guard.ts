// What the page's own code throws is told; and closing asks while work runs that would be lost.

interface Guard {
  /** Told of what was thrown, or refused and awaited by nobody. */
  failed: (error: unknown) => void;
  /** Whether something runs that one would be sorry for. */
  asks: () => boolean;
}

/** @param page the window */
export function guard(page: EventTarget, { failed, asks }: Guard): void {
  page.addEventListener("error", (event) => {
    const error = "error" in event ? event.error : null;
    failed(error ?? ("message" in event ? event.message : event.type));
  });
  page.addEventListener("unhandledrejection", (event) => {
    failed("reason" in event ? event.reason : event.type);
  });
  page.addEventListener("beforeunload", (event) => {
    if (asks()) event.preventDefault();
  });
}
