// Every term, attack and defence: a paragraph, its equation, its paper.

import { GLOSSARY, type Entry } from "../../state/glossary.js";
import { Equation } from "../../ui/math.js";
import { termId } from "../../ui/terms.js";
import { language, phrase, t } from "../../words/i18n.js";

function Term({ entry: { id, title, text, equation, papers } }: { entry: Entry }) {
  return (
    <div class="gloss-entry" data-testid="gloss-entry" id={termId(id)} tabIndex={-1}>
      <dt>{phrase(title)}</dt>
      <dd>
        <p>{phrase(text)}</p>
        {equation ? (
          <div class="gloss-equation" tabIndex={0} role="group" aria-label={t("gloss.equation")}>
            {equation.split(/ [,;] {3}/).map((source) => (
              <Equation key={source} source={source} />
            ))}
          </div>
        ) : null}
        {papers.map((paper) => (
          <p key={paper} class="fine" lang={language() === "en" ? undefined : "en"}>
            {paper}
          </p>
        ))}
      </dd>
    </div>
  );
}

export const Glossary = () => (
  <>
    {GLOSSARY.map(([group, entries]) => (
      <section key={group} class="gloss-group" aria-labelledby={`gloss-${group}`}>
        <h2 id={`gloss-${group}`}>{phrase(`gloss.${group}`)}</h2>
        <dl class="gloss" data-testid={`gloss-${group}`}>
          {entries.map((entry) => (
            <Term key={entry.id} entry={entry} />
          ))}
        </dl>
      </section>
    ))}
  </>
);
