// Where one is: the places of the page, by the hash of the address.

import type { Store } from "./store.js";

/** The flow. */
export const FLOW = ["data", "train", "attack", "defend", "measure"];
/** Everything that has an address. */
export const PLACES = ["start", ...FLOW, "sticker", "lesson", "museum", "glossary"];

/** `part` is an element in the place to go to. */
function parse(hash: string): { place: string; part: string } {
  // A full stop or a bracket behind a link in a text has become a part of it, and some programs write all of it in capitals.
  const [place = "", part = ""] = hash.replace(/^#/, "").replace(/[\s.,;:!?)\]>"']+$/, "").toLowerCase().split("/");
  return PLACES.includes(place) ? { place, part } : { place: "start", part: "" };
}

/** Goes to a place, and perhaps to a part of it. @param part id of an element */
export function go(place: string, part = ""): void {
  const hash = `#${place}${part ? `/${part}` : ""}`;
  if (location.hash === hash) dispatchEvent(new HashChangeEvent("hashchange"));
  else location.hash = hash;
}

/** Shows the place of the address, and every other one when the address changes. */
export function followAddress(store: Store, titleOf: (place: string) => string): void {
  let first = true;
  function show() {
    // The link that skips to the page is no place: one stays where one is.
    if (location.hash === "#main" && !first) return;
    const { place, part } = parse(location.hash);
    for (const section of document.querySelectorAll<HTMLElement>(".place")) {
      section.toggleAttribute("hidden", section.dataset["place"] !== place);
    }
    document.documentElement.dataset["at"] = place;
    document.title = titleOf(place);
    store.set({ place });
    const target = part ? document.getElementById(part) : null;
    if (target) {
      target.scrollIntoView({ block: "start" });
      target.focus({ preventScroll: true });
    } else if (!first) {
      scrollTo({ top: 0, behavior: "instant" });
      document.getElementById(`${place}-title`)?.focus({ preventScroll: true });
    }
    first = false;
  }
  addEventListener("hashchange", show);
  show();
}
