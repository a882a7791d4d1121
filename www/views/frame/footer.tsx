// Version, licence, and where things come from.

import { usePick } from "../shared/store.js";
import { openDialog } from "../../ui/dialog.js";
import { Button } from "../../ui/elements.js";
import { phrase, t } from "../../words/i18n.js";
import { Licences } from "./licences.js";

export function Footer() {
  const [version] = usePick((state) => [state.version] as const);
  return (
    <>
      <p class="foot-links">
        {["sticker", "lesson", "museum", "glossary"].map((id) => (
          <a key={id} href={`#${id}`} data-teach={id} data-testid={`foot-${id}`}>
            {phrase(`place.${id}.title`)}
          </a>
        ))}
      </p>
      <p>
        <strong>{t("footer.fool-the-sign")}</strong>
        <span data-testid="version">{version}</span>
        {t("footer.open-source-mit-or")}
      </p>
      <p>
        <Button testid="licences-open" kind="quiet" onClick={() => openDialog((close) => <Licences close={close} />)}>
          {t("footer.licences")}
        </Button>
      </p>
      <p>{t("footer.all-signs-are-drawn")}</p>
      <p>{t("footer.each-attack-and-each")}</p>
      <p>{t("footer.for-learning-and-testing")}</p>
    </>
  );
}
