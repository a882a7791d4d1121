// Links from a word to its entry in the glossary.

import { h } from "./dom.js";
import { t } from "../words/i18n.js";

/** @param {string} term */
export function termLink(term) {
  const element = h("a", { class: "term", testid: "term-link" }, t("term.more"));
  /** @param {string} to */
  const aim = (to) => { element.href = `#glossary/term-${to.replaceAll(".", "-").replaceAll("_", "-")}`; };
  aim(term);
  return { element, aim };
}

/** A word of the page that the glossary explains. @param {string} words @param {string} term */
export function term(words, term) {
  return h("a", { class: "term", attrs: { href: `#glossary/term-${term}` } }, words);
}
