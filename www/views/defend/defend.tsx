// Three ways to defend, and the present attack behind each of them.

import { needsPurifier } from "../../state/commands.js";
import { busy, fixed, hasPurifier } from "../../state/select.js";
import { go } from "../../state/place.js";
import { DEFENSES, defenseKeys } from "../../state/schema.js";
import { Button } from "../../ui/elements.js";
import { Field, Fixed } from "../shared/fields.js";
import { useOne, usePick } from "../shared/store.js";
import { t } from "../../words/i18n.js";
import { useApp } from "../app.js";
import { about } from "../shared/names.js";

const PARAMETERS = [...new Set(DEFENSES.flatMap((name) => defenseKeys(name)))];

function Before() {
  const { actions } = useApp();
  const [kind, purifier, running, subject] = usePick(
    (state) => [String(state.settings["defense.kind"]), hasPurifier(state), busy(state), state.subject] as const,
  );
  const mine = defenseKeys(kind);
  const lacks = needsPurifier(kind) && !purifier;
  const own = { disabled: busy, again: "defend-" };
  return (
    <div class="way-card">
      <h2>{t("defend.before")}</h2>
      <p>{t("defend.before-words")}</p>
      <Fixed class="fields">
        <Field name="defense.kind" {...own} />
        <p class="fine">{about("defence", kind)}</p>
        {PARAMETERS.map((key) => (
          <Field key={key} name={key} {...own} hidden={!mine.includes(key)} />
        ))}
        <Field name="knowledge" {...own} hidden={kind === "none"} />
      </Fixed>
      <p class="fine" hidden={!lacks}>
        {t("attack.this-model-has-no")}
      </p>
      <div class="buttons">
        <Button
          testid="defend-try"
          kind="primary"
          disabled={running || lacks || subject === null}
          onClick={() => {
            actions.attack();
            go("attack", "outcome-defended");
          }}>
          {t("defend.try")}
        </Button>
        <a class="button" href="#museum" data-teach="museum">
          {t("place.museum.title")}
        </a>
      </div>
    </div>
  );
}

export function Defend() {
  const { actions } = useApp();
  const held = useOne(fixed);
  return (
    <div class="ways-row">
      <div class="way-card">
        <h2>{t("defend.purify")}</h2>
        <p>{t("defend.purify-words")}</p>
        <div class="buttons">
          <Button testid="defend-purify" onClick={() => go("defend", "purifier")}>
            {t("defend.to-purifier")}
          </Button>
        </div>
      </div>
      <div class="way-card" data-teach="train">
        <h2>{t("defend.harden")}</h2>
        <p>{t("defend.harden-words")}</p>
        <div class="buttons">
          <Button
            testid="defend-train"
            disabled={held}
            onClick={() => {
              actions.settings({ "recipe.kind": "pgd", "train.epochs": 3 });
              go("train");
            }}>
            {t("defend.train")}
          </Button>
        </div>
      </div>
      <Before />
    </div>
  );
}
