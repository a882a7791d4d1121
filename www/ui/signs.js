// All 43 signs as a list one picks from, by pointer or by keyboard.

import { CLASSES } from "../state/schema.js";
import { signUrl } from "../engine/assets.js";
import { attr, h, text } from "./dom.js";
import { className } from "../words/format.js";

/**
 * @param {string} label
 * @param {string} testid
 * @param {(index: number) => void} pick
 */
export function signGrid(label, testid, pick) {
  let selected = 0;
  let disabled = false;
  /** @type {string[]} */
  let names = [];
  const caption = h("p", { class: "sign-caption", attrs: { "aria-hidden": true } });
  const options = Array.from({ length: CLASSES }, (_, index) => h("div", {
    class: "sign", testid: `${testid}-${index}`, attrs: { role: "option", tabindex: -1, "aria-selected": false },
    on: {
      click: () => choose(index),
      pointerenter: () => say(index),
      pointerleave: () => say(selected),
      focus: () => say(index),
      blur: () => say(selected),
    },
  }, h("img", { attrs: { src: signUrl(index), alt: "", width: 40, height: 40, loading: "lazy", draggable: "false" } })));
  const list = h("div", { class: "signs", testid, attrs: { role: "listbox", "aria-label": label }, on: { keydown: onKey } }, ...options);

  /** @param {number} index */
  function say(index) {
    text(caption, `${index} · ${className(names, index)}`);
  }
  /** @param {number} index */
  function choose(index) {
    if (!disabled) pick(index);
  }
  /** @param {number} index */
  function focus(index) {
    options.forEach((option, i) => attr(option, "tabindex", i === index ? 0 : -1));
    options[index]?.focus();
  }
  function columns() {
    const first = options[0]?.offsetTop;
    const next = options.findIndex((option) => option.offsetTop !== first);
    return next < 1 ? CLASSES : next;
  }
  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const here = options.indexOf(/** @type {HTMLDivElement} */ (event.target));
    if (here < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const last = CLASSES - 1;
    const moves = /** @type {Record<string, () => number>} */ ({
      ArrowRight: () => Math.min(last, here + 1), ArrowLeft: () => Math.max(0, here - 1),
      ArrowDown: () => Math.min(last, here + columns()), ArrowUp: () => Math.max(0, here - columns()),
      Home: () => 0, End: () => last,
    });
    const move = moves[event.key];
    if (move) focus(move());
    else if (event.key === "Enter" || event.key === " ") choose(here);
    else return;
    event.preventDefault();
  }

  return {
    element: h("div", { class: "sign-picker" }, list, caption),
    /** @param {number} index @param {string[]} classes @param {boolean} off */
    show(index, classes, off) {
      selected = index;
      disabled = off;
      names = classes;
      attr(list, "aria-disabled", off ? "true" : null);
      const inside = list.contains(document.activeElement);
      options.forEach((option, i) => {
        attr(option, "aria-selected", i === index ? "true" : "false");
        if (!inside) attr(option, "tabindex", i === index ? 0 : -1);
        const name = className(classes, i);
        if (option.getAttribute("aria-label") !== name) option.setAttribute("aria-label", name);
        option.title = name;
      });
      if (!inside) say(index);
    },
  };
}
