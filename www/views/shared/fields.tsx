// Controls made from the table of settings: label, symbol, range, help and validation are the same everywhere.

import { signal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { SCHEMA, admit, choiceName, settingName } from "../../state/schema.js";
import { fixed } from "../../state/select.js";
import type { State } from "../../state/types.js";
import { number } from "../../words/format.js";
import { phrase, t } from "../../words/i18n.js";
import { say } from "../../words/say.js";
import { useId } from "../../ui/elements.js";
import { useOne, usePick, useStore } from "./store.js";

type Disabled = (state: State) => boolean;
type Value = number | string | boolean;

const never: Disabled = () => false;
const testidOf = (key: string) => `set-${key.replaceAll(".", "-").replaceAll("_", "-")}`;

function settingOf(key: string) {
  const setting = SCHEMA[key];
  if (!setting) throw new Error(`no such setting: ${key}`);
  return setting;
}

/** Its least and its greatest value, as a sentence. */
function range(key: string): string {
  const { kind, min, max } = settingOf(key);
  if (min === undefined || max === undefined || kind === "seed") return "";
  const of = kind === "epsilon" ? "/255" : "";
  return ` ${t("field.range", `${number(min)}${of}`, `${number(max)}${of}`)}`;
}

function Label({ name, symbol, owner }: { name: string; symbol?: string | undefined; owner?: string | undefined }) {
  return (
    <span class="field-label">
      {owner ? <span class="field-owner">{owner}: </span> : null}
      {name}
      {symbol ? <i class="symbol">{symbol}</i> : null}
    </span>
  );
}

interface FieldProps {
  name: string;
  disabled?: Disabled;
  /** Before the test id of a control that is in the page a second time. */
  again?: string;
  /** What the setting belongs to, where that is not plain from where it stands. */
  owner?: string | undefined;
  hidden?: boolean;
  class?: string;
  plain?: boolean;
  /** Told after the value has been taken. */
  onTaken?: () => void;
}

/** A control with its label, its help, and what was wrong with the last value. */
export function Field({ name: key, disabled = never, again = "", owner, hidden = false, class: extra, plain = false, onTaken }: FieldProps) {
  const setting = settingOf(key);
  const store = useStore();
  const [value, off] = usePick((state) => [state.settings[key], disabled(state)] as const);
  const [note, setNote] = useState<ReturnType<typeof admit>["note"]>(null);
  const id = useId("set");
  const number = useRef<HTMLInputElement>(null);

  function take(raw: unknown): Value {
    const admitted = admit(key, raw);
    setNote(admitted.note);
    // Who has left the field is told too.
    if (admitted.note) store.set({ announcement: admitted.note });
    store.setting(key, admitted.value);
    onTaken?.();
    return admitted.value;
  }
  // What is being typed is left alone.
  useLayoutEffect(() => {
    if (number.current && document.activeElement !== number.current) number.current.value = String(value);
  }, [value]);

  const said = note ? say(note) : "";
  const common = {
    id,
    "data-testid": `${again}${testidOf(key)}`,
    disabled: off,
    "aria-describedby": `${plain ? "" : `${id}-help `}${id}-note`.trim(),
    ...(said ? { "aria-invalid": "true" as const } : {}),
  };
  let control: JSX.Element;
  if (setting.kind === "switch") {
    control = <input {...common} type="checkbox" role="switch" checked={value === true} onChange={(event) => take(event.currentTarget.checked)} />;
  } else if (setting.kind === "choice") {
    control = (
      <select {...common} value={String(value)} onChange={(event) => take(event.currentTarget.value)}>
        {(setting.choices ?? []).map((one) => (
          <option key={one} value={one}>
            {choiceName(key, one)}
          </option>
        ))}
      </select>
    );
  } else {
    control = (
      <input
        {...common}
        ref={number}
        type="number"
        min={setting.min}
        max={setting.max}
        step={setting.kind === "number" ? "any" : (setting.step ?? "any")}
        inputMode={setting.kind === "number" || setting.kind === "epsilon" ? "decimal" : "numeric"}
        placeholder={setting.open ? t("field.auto") : undefined}
        onChange={(event) => {
          event.currentTarget.value = String(take(event.currentTarget.value));
        }}
      />
    );
  }
  return (
    <div class={`field field-${setting.kind}${extra ? ` ${extra}` : ""}`} hidden={hidden}>
      <label for={id}>
        <Label name={settingName(key)} symbol={setting.symbol} owner={owner} />
      </label>
      {control}
      {plain ? null : (
        <span class="field-help" id={`${id}-help`}>
          {phrase(`set.${key}.help`)}
          {range(key)}
        </span>
      )}
      <span class="field-note" id={`${id}-note`}>
        {said}
      </span>
    </div>
  );
}

/** A slider with its value in words beside it. */
export function Slider({
  name: key,
  words,
  disabled = never,
  quiet = false,
}: {
  name: string;
  words: (value: number) => string;
  disabled?: Disabled;
  quiet?: boolean;
}) {
  const setting = settingOf(key);
  const store = useStore();
  const [value, off] = usePick((state) => [Number(state.settings[key]), disabled(state)] as const);
  const id = useId("set");
  const said = words(value);
  return (
    <div class="field field-slider">
      <label for={id}>
        <Label name={settingName(key)} symbol={setting.symbol} />
      </label>
      <output class="field-value" for={id}>
        {said}
      </output>
      <input
        type="range"
        id={id}
        data-testid={testidOf(key)}
        min={setting.min}
        max={setting.max}
        step={setting.step}
        aria-describedby={`${id}-help`}
        aria-valuetext={said}
        disabled={off}
        value={value}
        onInput={(event) => store.setting(key, admit(key, event.currentTarget.value).value)}
      />
      <span class={quiet ? "field-help hidden" : "field-help"} id={`${id}-help`}>
        {phrase(`set.${key}.help`)}
        {range(key)}
      </span>
    </div>
  );
}

/** Two or three choices side by side. Each radio gets the test id and its value. */
export function Segmented({
  name: key,
  testid,
  disabled = never,
  hidden = false,
}: {
  name: string;
  testid: string;
  disabled?: Disabled;
  hidden?: boolean;
}) {
  const setting = settingOf(key);
  const store = useStore();
  const [value, off] = usePick((state) => [String(state.settings[key]), disabled(state)] as const);
  const id = useId("seg");
  return (
    <fieldset class="segmented" data-testid={testid} data-value={value} hidden={hidden} aria-describedby={`${id}-help`}>
      <legend>{settingName(key)}</legend>
      <div class="segments">
        {(setting.choices ?? []).map((one) => (
          <span class="segment" key={one}>
            <input
              type="radio"
              name={id}
              id={`${id}-${one}`}
              value={one}
              data-testid={`${testid}-${one}`}
              checked={String(one) === value}
              disabled={off}
              onChange={() => store.setting(key, one)}
            />
            <label for={`${id}-${one}`}>{choiceName(key, one)}</label>
          </span>
        ))}
      </div>
      <span class="field-help" id={`${id}-help`}>
        {phrase(`set.${key}.help`)}
      </span>
    </fieldset>
  );
}

/** A box to tick. */
export function Tick({
  testid,
  id,
  value,
  checked,
  disabled,
  onChange,
  children,
}: {
  testid: string;
  id: string;
  value: string;
  checked: boolean;
  disabled: boolean;
  onChange: (on: boolean) => void;
  children: ComponentChildren;
}) {
  return (
    <span class="box">
      <input
        type="checkbox"
        id={id}
        data-testid={testid}
        value={value}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <label for={id}>{children}</label>
    </span>
  );
}

/** Any number of choices, as boxes to tick. Each box gets the test id and its value. */
export function Boxes({ name: key, testid, disabled = never }: { name: string; testid: string; disabled?: Disabled }) {
  const setting = settingOf(key);
  const store = useStore();
  const [value, off] = usePick((state) => [String(state.settings[key]), disabled(state)] as const);
  const id = useId("set");
  const turn = (one: string, on: boolean) => {
    // As it is at this moment: two boxes may be ticked before the next frame.
    const now = new Set(String(store.get().settings[key]).split(","));
    if (on) now.add(one);
    else now.delete(one);
    store.setting(key, admit(key, [...now].join(",")).value);
  };
  const chosen = value.split(",");
  return (
    <fieldset class="boxes" data-testid={testid} aria-describedby={`${id}-help`}>
      <legend>{settingName(key)}</legend>
      <div class="boxes-all">
        {(setting.choices ?? []).map((one) => (
          <Tick
            key={one}
            testid={`${testid}-${one}`}
            id={`${id}-${one}`}
            value={String(one)}
            checked={chosen.includes(String(one))}
            disabled={off}
            onChange={(on) => turn(String(one), on)}>
            {choiceName(key, one)}
          </Tick>
        ))}
      </div>
      <span class="field-help" id={`${id}-help`}>
        {phrase(`set.${key}.help`)}
      </span>
    </fieldset>
  );
}

/** A choice that is no setting: a label over a select. */
export function Choice({
  testid,
  label,
  symbol,
  value,
  options,
  disabled,
  help,
  of: id,
  onChange,
}: {
  testid: string;
  label: string;
  symbol?: string;
  value: string;
  options: { value: string; words: string }[];
  disabled?: boolean;
  help?: string;
  of?: string;
  onChange: (value: string) => void;
}) {
  const own = useId("choice");
  const name = id ?? own;
  return (
    <div class="field field-choice">
      <label for={name}>
        <Label name={label} symbol={symbol} />
      </label>
      <select
        id={name}
        data-testid={testid}
        value={value}
        disabled={disabled ?? false}
        {...(help === undefined ? {} : { "aria-describedby": `${name}-help` })}
        onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map((one) => (
          <option key={one.value} value={one.value}>
            {one.words}
          </option>
        ))}
      </select>
      {help === undefined ? null : (
        <span class="field-help" id={`${name}-help`}>
          {help}
        </span>
      )}
    </div>
  );
}

/** Controls of settings that the link carries. What a teacher has fixed can be read but not changed. */
export function Fixed({ class: name = "", children }: { class?: string; children: ComponentChildren }) {
  const off = useOne(fixed);
  return (
    <fieldset class={`fixed ${name}`.trim()} disabled={off}>
      {children}
    </fieldset>
  );
}

/** Whether what settings do is said below each of them: asked for in one panel, it is there in all. */
const explained = signal(false);

/** Asks what the settings do. */
export function Explain() {
  const open = explained.value;
  return (
    <button
      class="button button-quiet controls-explain"
      type="button"
      data-testid="explain"
      aria-expanded={open}
      onClick={() => {
        explained.value = !open;
        document.documentElement.toggleAttribute("data-explained", !open);
      }}>
      {t(open ? "field.explain-no-more" : "field.explain")}
    </button>
  );
}

/** The controls of a panel; what each does is said when somebody asks, and to screen readers always. */
export const Controls = ({ children }: { children: ComponentChildren }) => (
  <div class="panel-controls">
    <Fixed>{children}</Fixed>
    <Explain />
  </div>
);
