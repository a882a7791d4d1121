// What the page's own code throws, and what is refused and awaited by nobody, is told.

/** @param page the window */
export function tellOfErrors(page: EventTarget, failed: (error: unknown) => void): void {
  page.addEventListener("error", (event) => {
    const error = "error" in event ? event.error : null;
    failed(error ?? ("message" in event ? event.message : event.type));
  });
  page.addEventListener("unhandledrejection", (event) => failed("reason" in event ? event.reason : event.type));
}
