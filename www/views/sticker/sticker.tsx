// Stickers: the sign with what is on it, nine views of it, what the networks read, and a brush.

import { useState } from "preact/hooks";
import { isEmpty, type Brush } from "../../state/brush.js";
import { STICKING } from "../../state/panels.js";
import { FAMOUS } from "../../state/presets.js";
import { busy, facts, fixed } from "../../state/select.js";
import type { Seen } from "../../state/types.js";
import { Button, Fold } from "../../ui/elements.js";
import { Pixels } from "../../ui/pixels.js";
import { className, percent } from "../../words/format.js";
import { t } from "../../words/i18n.js";
import { useApp } from "../app.js";
import { ErrorSlot } from "../shared/errors.js";
import { Choice, Explain, Field, Fixed } from "../shared/fields.js";
import { JobControls, jobWords } from "../shared/job.js";
import { Scene } from "../shared/scene.js";
import { classOptions, useSignUrl } from "../shared/signs.js";
import { usePick } from "../shared/store.js";
import { Areas } from "./areas.js";
import { StickerCanvas } from "./brush.js";
import { useLayer } from "./layer.js";
import { Live } from "./live.js";
import { Paper, Pass } from "./paper.js";
import { Results, Verdict } from "./results.js";

/** One view of nine, and what is read in it. */
function View({ seen, index, sign, goal, classes }: { seen: Seen; index: number; sign: number; goal: number | null; classes: string[] }) {
  const urlOf = useSignUrl();
  const [best] = seen.top;
  if (!best) return null;
  const name = className(classes, best.class);
  const fooled = goal === null ? best.class !== sign : best.class === goal;
  return (
    <li class="sticker-view" data-tone={best.class === sign ? "good" : fooled ? "bad" : "other"} data-value={best.class}>
      <Pixels label={t("sticker.view", index + 1, name)} picture={seen.picture} />
      <img src={urlOf(best.class)} alt="" title={name} width={28} height={28} />
      <span class="sticker-read">{percent(best.probability)}</span>
    </li>
  );
}

function Views() {
  const { actions } = useApp();
  const [sticking, classes, sign, goal, painted, off] = usePick((state) => [
    state.sticking, state.classes, Number(state.settings["sticker.sign"]),
    state.settings["sticker.goal"] === "targeted" ? Number(state.settings["sticker.target"]) : null, state.painted,
    !facts(state).trained || busy(state) || state.device.phase !== "ready",
  ] as const);
  const drawn = painted !== null && !isEmpty(painted) && sticking === null;
  const config = sticking?.report?.config;
  const views = sticking?.report?.views ?? sticking?.frame?.views ?? [];
  const aim = config ? (config.goal.kind === "targeted" ? config.goal.class : null) : goal;
  return (
    <div class="sticker-side">
      <h2 hidden={views.length === 0}>{t("sticker.views")}</h2>
      <p class="fine">{t(views.length > 0 ? "sticker.views-words" : drawn ? "sticker.painted-yet" : "sticker.none-yet")}</p>
      {drawn && views.length === 0 ? (
        <Button testid="sticker-try-first" kind="primary" disabled={off} onClick={() => actions.stick(true)}>
          {t("sticker.try")}
        </Button>
      ) : null}
      <ol class="sticker-views" data-testid="sticker-views" data-value={views.length}>
        {views.map((seen, index) => (
          <View key={index} seen={seen} index={index} sign={config?.sign ?? sign} goal={aim} classes={classes} />
        ))}
      </ol>
    </div>
  );
}

const COLOURS: readonly (readonly ["white" | "black" | "colour" | "erase", Brush["colour"]])[] = [
  ["white", [242, 242, 242]], ["black", [13, 13, 13]], ["colour", null], ["erase", null],
];
const rgbOf = (hex: string): readonly [number, number, number] => {
  const channel = (at: number) => parseInt(hex.slice(at, at + 2), 16);
  return [channel(1), channel(3), channel(5)];
};

function Brushes({ brush, onBrush, off }: { brush: Brush | null; onBrush: (brush: Brush | null) => void; off: boolean }) {
  const { actions } = useApp();
  const [painted] = usePick((state) => [state.painted] as const);
  const [which, setWhich] = useState<string>("white");
  const [hex, setHex] = useState("#1a6fc4");
  const [width, setWidth] = useState(6);
  const choose = (name: string, colour = hex, wide = width) => {
    setWhich(name);
    const fix = COLOURS.find(([one]) => one === name)?.[1] ?? null;
    onBrush({ colour: name === "erase" ? null : name === "colour" ? rgbOf(colour) : fix, width: wide });
  };
  return (
    <div class="brushes">
      <p class="fine">{t("sticker.paint-words")}</p>
      <div class="buttons" role="group" aria-label={t("sticker.brush")}>
        {COLOURS.map(([name]) => (
          <button
            key={name}
            class="button"
            type="button"
            data-testid={`sticker-brush-${name}`}
            aria-pressed={brush !== null && which === name ? "true" : "false"}
            disabled={off}
            onClick={() => choose(name)}>
            {t(`sticker.brush.${name}`)}
          </button>
        ))}
        <input
          type="color"
          aria-label={t("sticker.brush.colour")}
          data-testid="sticker-colour"
          value={hex}
          disabled={off}
          onInput={(event) => {
            setHex(event.currentTarget.value);
            choose("colour", event.currentTarget.value);
          }}
        />
        <label class="brush-width">
          {t("sticker.size")}
          <input
            type="range"
            min={1}
            max={16}
            value={width}
            data-testid="sticker-width"
            disabled={off}
            onInput={(event) => {
              setWidth(Number(event.currentTarget.value));
              choose(which, hex, Number(event.currentTarget.value));
            }}
          />
        </label>
      </div>
      <div class="buttons">
        <Button testid="sticker-try" disabled={off || !painted || isEmpty(painted)} onClick={() => actions.stick(true)}>
          {t("sticker.try")}
        </Button>
        <Button testid="sticker-clear" disabled={off} onClick={() => actions.paint(null)}>
          {t("sticker.clear")}
        </Button>
      </div>
    </div>
  );
}

/** Which sign, by name. */
function Sign({ of, label }: { of: "sticker.sign" | "sticker.target"; label: string }) {
  const { actions } = useApp();
  const [index, classes, off] = usePick((state) => [Number(state.settings[of]), state.classes, busy(state) || fixed(state)] as const);
  return (
    <Choice
      testid={`set-${of.replace(".", "-")}`}
      label={label}
      disabled={off}
      value={String(index)}
      options={classOptions(classes)}
      onChange={(value) => actions.settings({ [of]: Number(value) })}
    />
  );
}

export function Sticker() {
  const { actions } = useApp();
  const layer = useLayer();
  const [brush, setBrush] = useState<Brush | null>(null);
  const [trained, jobs, classes, sticking, off, sign, targeted, steps] = usePick((state) => [
    facts(state).trained, state.jobs, state.classes, state.sticking, busy(state) || state.device.phase !== "ready",
    Number(state.settings["sticker.sign"]), state.settings["sticker.goal"] === "targeted", Number(state.settings["sticker.steps"]),
  ] as const);
  const { frame = null, report = null } = sticking ?? {};
  const job = jobs.sticker;
  const running = job?.state === "running" || job?.state === "paused";
  const detail = !running || !frame
    ? jobWords({ jobs }, "sticker", "")
    : frame.step < steps
      ? t("sticker.so-far", frame.step, steps, frame.reached.correct, frame.reached.n)
      : t("sticker.judging");
  return (
    <>
      <div class="sticker-stage">
        <div class="sticker-main">
          <Scene label={t("sticker.sign")} testid="sticker-scene" sign={report?.config.sign ?? sign}>
            <StickerCanvas picture={layer} layer={layer?.rgba ?? null} brush={off ? null : brush} onPaint={(next) => actions.paint(next)} />
          </Scene>
        </div>
        <div class="sticker-controls">
          <JobControls
            job="sticker"
            prefix="sticker"
            pausable
            steps={false}
            label={t("sticker.make")}
            allowed={trained}
            start={() => actions.stick()}
            detail={detail}>
            <Button testid="sticker-famous" disabled={off || !trained} title={t("sticker.famous-title")} onClick={() => actions.stickFamous()}>
              {t("sticker.famous", className(classes, Number(FAMOUS["sticker.target"])))}
            </Button>
          </JobControls>
          <ErrorSlot panels={["sticker"]} />
          {report ? <Verdict report={report} classes={classes} /> : null}
        </div>
        <Views />
      </div>
      {report ? <Results report={report} hand={sticking?.hand ?? null} off={off || !trained} /> : null}
      <Fold
        summary={t("sticker.paint")}
        testid="sticker-paint"
        onToggle={(open) => {
          if (open && !brush) setBrush({ colour: [242, 242, 242], width: 6 });
          if (!open) setBrush(null);
        }}>
        <Brushes brush={brush} onBrush={setBrush} off={off} />
      </Fold>
      <div class="sticker-settings">
        <Fixed class="fields sticker-fields">
          <Sign of="sticker.sign" label={t("set.sticker.sign")} />
          <Field name="sticker.goal" disabled={busy} />
          <div hidden={!targeted}>
            <Sign of="sticker.target" label={t("set.sticker.target")} />
          </div>
          {STICKING.first.map((key) => (
            <Field key={key} name={key} disabled={busy} />
          ))}
        </Fixed>
        <Fold summary={t("sticker.settings")} testid="sticker-more" teach="expert">
          <Fixed class="fields">
            {STICKING.more.map((key) => (
              <Field key={key} name={key} disabled={busy} />
            ))}
          </Fixed>
        </Fold>
        <Explain />
      </div>
      <Areas />
      <Paper />
      <Pass />
      <Live />
    </>
  );
}
