// Links from a word to its entry in the glossary.

import { t } from "../words/i18n.js";

/** Id of an entry of the glossary. */
export const termId = (term: string) => `term-${term.replaceAll(/[._]/g, "-")}`;

export const TermLink = ({ term }: { term: string }) => (
  <a class="term" data-testid="term-link" href={`#glossary/${termId(term)}`}>
    {t("term.more")}
  </a>
);
