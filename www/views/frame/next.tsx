// At the end of each place: where to go from here.

import { FLOW } from "../../state/place.js";
import { usePick } from "../shared/store.js";
import { phrase, t } from "../../words/i18n.js";
import { useHost } from "../app.js";

export function Next() {
  const [at, hidden] = usePick((state) => [state.place, String(state.settings["teach.hide"])] as const);
  const places = FLOW.filter((id) => !hidden.split(",").includes(id));
  const to = FLOW.some((id) => id === at) ? places[places.findIndex((id) => id === at) + 1] : undefined;
  useHost({}, { hidden: to === undefined });
  return (
    <a class="next" data-testid="next" href={to ? `#${to}` : undefined}>
      <span class="next-words">
        <strong>{to ? t("next.title", phrase(`place.${to}.title`)) : ""}</strong>
        <span>{to ? phrase(`place.${to}.lead`) : ""}</span>
      </span>
      <span class="next-arrow" aria-hidden="true">
        →
      </span>
    </a>
  );
}
