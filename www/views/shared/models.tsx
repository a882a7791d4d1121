// Models by name, to choose from: one of them, or several.

import { WEIGHT_NAMES } from "../../engine/assets.js";
import type { Offer } from "../../state/types.js";
import { busy, infos } from "../../state/select.js";
import { useId } from "../../ui/elements.js";
import { Choice, Tick } from "./fields.js";
import { usePick } from "./store.js";
import { t } from "../../words/i18n.js";
import { useApp } from "../app.js";

/** Those of the networks that come with the page which can stand on the shelf: purifiers belong to one that does. */
export const offersOf = (presets: Offer[]): Offer[] => presets.filter(({ name, classifier }) => classifier != null && WEIGHT_NAMES.includes(name));

type Chosen = "madeOn" | "transfer" | "reference";

/** One model, or none. */
export function ModelSelect({ of, testid, label, none, help }: { of: Chosen; testid: string; label: string; none: string; help: string }) {
  const { actions } = useApp();
  const [selected, models, chosen, running] = usePick((state) => [state.selected, infos(state), state[of], busy(state)] as const);
  const others = models.filter(({ name }) => name !== selected);
  return (
    <Choice
      testid={testid}
      label={label}
      help={help}
      disabled={running || others.length === 0}
      value={others.some(({ name }) => name === chosen) ? chosen : ""}
      options={[{ value: "", words: none }, ...others.map(({ name }) => ({ value: name, words: name }))]}
      onChange={(name) => actions.choose({ [of]: name })}
    />
  );
}

/** Which models are compared, in the table and in the curve. */
export function ModelBoxes({ testid }: { testid: string }) {
  const { store, actions } = useApp();
  const id = useId("models");
  const [selected, models, compared, running] = usePick((state) => [state.selected, infos(state), state.compared, busy(state)] as const);
  const known = models.map(({ name }) => name).filter((name) => compared.includes(name));
  const chosen = known.length > 0 ? known : [selected];
  const turn = (name: string, on: boolean) => {
    // As it is at this moment: two boxes may be ticked before the next frame.
    const now = store.get().compared.length > 0 ? store.get().compared : [selected];
    actions.choose({ compared: models.map((model) => model.name).filter((one) => (one === name ? on : now.includes(one))) });
  };
  return (
    <fieldset class="boxes" data-testid={testid}>
      <legend>{t("models.models")}</legend>
      <div class="boxes-all" data-value={chosen.length}>
        {models.map(({ name }, index) => (
          <Tick
            key={name}
            testid={`${testid}-${index}`}
            id={`${id}-${index}`}
            value={name}
            checked={chosen.includes(name)}
            disabled={running}
            onChange={(on) => turn(name, on)}>
            {name}
          </Tick>
        ))}
      </div>
      <span class="field-help">{models.length > 1 ? t("models.if-none-is-ticked") : t("models.put-more-on-the")}</span>
    </fieldset>
  );
}
