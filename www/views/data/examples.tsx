// The sheet of signs that the network learns from.

import { useEffect, useState } from "preact/hooks";
import { Pixels } from "../../ui/pixels.js";
import { usePick } from "../shared/store.js";
import { className } from "../../words/format.js";
import { t } from "../../words/i18n.js";

/** Sixty at once keep the page busy for too long. */
const AT_ONCE = 10;

export function Examples() {
  const [data, signs, classes] = usePick((state) => [state.data, state.gallery, state.classes] as const);
  const [many, setMany] = useState({ signs, shown: AT_ONCE });
  const shown = many.signs === signs ? many.shown : AT_ONCE;
  useEffect(() => {
    if (shown >= signs.length) return undefined;
    const timer = setTimeout(() => setMany({ signs, shown: shown + AT_ONCE }), 0);
    return () => clearTimeout(timer);
  }, [signs, shown]);
  return (
    <div class="aside">
      <h3>{t("examples.what-it-learns-from")}</h3>
      <p class="fine">{data?.set ? t("examples.of-the-data-set", data.name) : t("examples.drawn-for-this-project")}</p>
      <ul class="sheet" data-testid="gallery" aria-label={t("examples.examples")} data-value={String(Math.min(shown, signs.length))}>
        {signs.slice(0, shown).map((sign, index) => {
          const name = className(classes, sign.class);
          return (
            <li key={index}>
              <Pixels label={name} title={name} picture={sign.picture} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}
