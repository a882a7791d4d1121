// The shelf: every model of this session, by name; one is selected, and that is what is trained, attacked and shown.

import { useState } from "preact/hooks";
import { WEIGHT_NAMES, weightBytes } from "../../engine/assets.js";
import { filesOf } from "../../io/files.js";
import { busy, facts, hasPurifier, infos } from "../../state/select.js";
import type { Model, State } from "../../state/types.js";
import { ask } from "../../ui/dialog.js";
import { Button, FileButton, Fold, Scroll, useId } from "../../ui/elements.js";
import { ErrorSlot } from "../shared/errors.js";
import { offersOf } from "../shared/models.js";
import { Field, Fixed } from "../shared/fields.js";
import { usePick } from "../shared/store.js";
import { Heads } from "../../ui/tables.js";
import { bytes, count, of255, percent } from "../../words/format.js";
import { t } from "../../words/i18n.js";
import { useApp } from "../app.js";
import { recipeName } from "../shared/names.js";

const LONGEST_NAME = 60;
const off = (state: State) => busy(state) || state.device.phase !== "ready";
const shareWords = (share: { value: number; n: number } | null) => (share ? t("word.of", percent(share.value), share.n) : "–");

interface RowProps {
  model: Model;
  index: number;
  group: string;
  selected: boolean;
  disabled: boolean;
}

function Row({ model: { info: model, facts: known }, index, group, selected, disabled }: RowProps) {
  const { actions } = useApp();
  const { trained, validated, robust } = known;
  const recipe = model.recipe ?? known.recipe;
  // Each is counted at the strength that it was trained with: only with that said can two be compared.
  const strength = typeof recipe?.["epsilon"] === "number" ? Math.round(recipe["epsilon"] * 510) / 2 : null;
  return (
    <tr data-testid="shelf-row" data-value={model.name}>
      <th scope="row">
        <span class="shelf-pick">
          <input
            type="radio"
            id={`${group}-${index}`}
            name={group}
            data-testid={`shelf-select-${index}`}
            value={model.name}
            checked={selected}
            disabled={disabled}
            onChange={() => actions.selectModel(model.name)}
          />
          <label for={`${group}-${index}`}>{model.name}</label>
        </span>
      </th>
      <td>{model.architecture}</td>
      <td>{count(model.parameters)}</td>
      <td>{recipe ? recipeName(recipe) : trained ? t("shelf.from-a-file") : t("shelf.untrained")}</td>
      <td>{shareWords(validated)}</td>
      <td>{robust && strength !== null ? t("shelf.robust-at", shareWords(robust), of255(strength)) : shareWords(robust)}</td>
      <td>{model.purifier != null ? t("shelf.parameters-2", model.purifier) : t("shelf.none")}</td>
    </tr>
  );
}

function Table() {
  const group = useId("shelf");
  const [selected, models, disabled] = usePick((state) => [state.selected, state.models, off(state)] as const);
  return (
    <Scroll label={t("shelf.models-on-the-shelf-2")}>
      <table class="figures" data-testid="shelf-table" data-value={selected} data-models={String(models.size)}>
        <caption class="hidden">{t("shelf.models")}</caption>
        <Heads
          words={[
            t("shelf.model"),
            t("shelf.architecture"),
            t("shelf.parameters"),
            t("shelf.trained-by"),
            t("shelf.clean"),
            t("shelf.robust"),
            t("shelf.purifier"),
          ]}
        />
        <tbody>
          {Array.from(models, ([name, model], index) => (
            <Row
              key={name}
              model={model}
              index={index}
              group={group}
              selected={name === selected}
              disabled={disabled}
            />
          ))}
        </tbody>
        <Offered />
      </table>
    </Scroll>
  );
}

/** Networks that come with the page and have not been fetched yet, by name. */
function Offered() {
  const { actions } = useApp();
  const [models, presets, disabled] = usePick((state) => [state.models, state.presets, off(state)] as const);
  const missing = offersOf(presets).filter(({ name }) => !models.has(name));
  return (
    <tbody data-testid="shelf-offered">
      {missing.map(({ name, model, classifier }) => (
        <tr key={name}>
          <th scope="row">{name}</th>
          <td>{model}</td>
          <td>
            <Button testid={`shelf-add-${name}`} disabled={disabled} onClick={() => void actions.addShipped(name)}>
              {t("shelf.fetch", bytes(weightBytes(name)))}
              <span class="hidden"> {name}</span>
            </Button>
          </td>
          <td>{classifier ? recipeName(classifier.recipe) : ""}</td>
          <td colSpan={3} />
        </tr>
      ))}
    </tbody>
  );
}

/** Purifiers that come with the page, for the selected model. */
function Shipped() {
  const { actions } = useApp();
  const [presets, disabled] = usePick((state) => [state.presets, off(state)] as const);
  const missing = WEIGHT_NAMES.filter((name) => !offersOf(presets).some((offer) => offer.name === name));
  return (
    <div class="buttons" data-testid="shelf-shipped">
      {missing.map((name) => (
        <Button
          key={name}
          testid={`shelf-add-${name}`}
          disabled={disabled}
          title={t("shelf.add-title")}
          onClick={() => void actions.addShipped(name)}>
          {t("shelf.add", name)}
        </Button>
      ))}
    </div>
  );
}

function Named() {
  const { store, actions } = useApp();
  const id = useId("name");
  const [wanted, setWanted] = useState("");
  const [disabled, selected] = usePick((state) => [off(state), state.selected] as const);
  const name = wanted.trim();
  async function put(how: (name: string) => void) {
    const taken = store.get().models.has(name);
    if (taken && !(await ask({ title: t("shelf.replace-the-model"), text: t("shelf.there-is-a-model", name), yes: t("shelf.replace-it") }))) return;
    how(name);
    setWanted("");
  }
  const same = disabled || name === "" || name === selected;
  return (
    <div class="shelf-new">
      <div class="field field-text">
        <label for={id}>
          <span class="field-label">{t("shelf.name")}</span>
        </label>
        <input
          type="text"
          id={id}
          data-testid="shelf-name"
          maxLength={LONGEST_NAME}
          autocomplete="off"
          spellcheck={false}
          placeholder={t("shelf.example")}
          aria-describedby={`${id}-help`}
          value={wanted}
          onInput={(event) => setWanted(event.currentTarget.value)}
        />
        <span class="field-help" id={`${id}-help`}>
          {t("shelf.of-a-new-model")}
        </span>
      </div>
      <Fixed>
        <Field name="model.architecture" disabled={busy} />
      </Fixed>
      <div class="buttons">
        <Button
          testid="shelf-new"
          disabled={disabled || name === ""}
          title={t("shelf.untrained-of-the-architecture")}
          onClick={() => void put((one) => actions.newModel(one))}>
          {t("shelf.new-model")}
        </Button>
        <Button testid="shelf-copy" disabled={same} title={t("shelf.with-what-it-has")} onClick={() => void put((one) => actions.copyModel(one))}>
          {t("shelf.copy-the-selected-one")}
        </Button>
        <Button testid="shelf-rename" disabled={same} onClick={() => void put((one) => void actions.renameModel(one))}>
          {t("shelf.rename-the-selected-one")}
        </Button>
      </div>
    </div>
  );
}

export function Shelf() {
  const { store, actions } = useApp();
  const id = useId("shelf-file");
  const [selected, models, disabled, ready, purifier] = usePick(
    (state) => [state.selected, infos(state), off(state), state.device.phase === "ready", hasPurifier(state)] as const,
  );
  async function drop() {
    const { selected: name } = store.get();
    if (!facts(store.get()).trained || (await ask({ title: t("shelf.remove-the-model"), text: t("shelf.and-what-it-has", name), yes: t("shelf.remove-it") })))
      actions.removeModel();
  }
  return (
    <Fold class="more aside" testid="shelf-summary" summary={t("shelf.models-on-the-shelf", models.length, selected)}>
      <div class="shelf">
        <Table />
        <div class="buttons">
          <Button testid="shelf-save" disabled={!ready} title={t("shelf.the-weights-of-the")} onClick={() => void actions.saveModel(false)}>
            {t("shelf.save-as-a-file")}
          </Button>
          <Button testid="shelf-save-purifier" disabled={!ready || !purifier} onClick={() => void actions.saveModel(true)}>
            {t("shelf.save-its-purifier")}
          </Button>
          <FileButton
            testid="shelf-open"
            id={id}
            label={t("shelf.open-a-file")}
            disabled={disabled}
            multiple
            onFiles={(files) => void actions.open(filesOf(files), "shelf")}
          />
          <Button testid="shelf-remove" kind="danger" disabled={disabled || models.length < 2} onClick={() => void drop()}>
            {t("shelf.remove-it")}
          </Button>
        </div>
        <Shipped />
        <ErrorSlot panels={["shelf"]} />
        <Named />
        <p class="fine">{t("shelf.files")}</p>
      </div>
    </Fold>
  );
}
