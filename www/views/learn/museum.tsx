// The museum of bad defences: each looks good under the attack that it was made for, and falls to the one it was not.

import type { ComponentChildren } from "preact";
import { busy, facts, fixed, hasPurifier } from "../../state/select.js";
import { STICKER_PAPER } from "../../state/glossary.js";
import { MUSEUM } from "../../state/lesson.js";
import { go } from "../../state/place.js";
import type { Settings } from "../../state/types.js";
import { Button } from "../../ui/elements.js";
import { ErrorSlot } from "../shared/errors.js";
import { useOne, usePick } from "../shared/store.js";
import { phrase, t } from "../../words/i18n.js";
import { useApp } from "../app.js";
import { Stage } from "./stage.js";

function Exhibit({ id, children }: { id: string; children: ComponentChildren }) {
  return (
    <section class="exhibit" data-testid={`museum-${id}`} aria-labelledby={`museum-${id}`}>
      <h2 id={`museum-${id}`}>{phrase(`museum.${id}.title`)}</h2>
      <p>{phrase(`museum.${id}.claim`)}</p>
      {children}
    </section>
  );
}

function Room({ id, needs }: { id: string; needs: string | undefined }) {
  const { actions } = useApp();
  const [weak, strong, running, trained, purifier] = usePick(
    (state) => [state.museum[`${id} weak`], state.museum[`${id} strong`], busy(state), facts(state).trained, hasPurifier(state)] as const,
  );
  const lends = needs === "purifier" && !purifier;
  const off = running || !trained;
  return (
    <Exhibit id={id}>
      <div class="buttons">
        <Button testid={`museum-${id}-weak`} disabled={off} onClick={() => void actions.exhibit(id, "weak")}>
          {t("museum.weak")}
        </Button>
        <Button testid={`museum-${id}-strong`} kind="primary" disabled={off} onClick={() => void actions.exhibit(id, "strong")}>
          {t("museum.strong")}
        </Button>
      </div>
      <p class="fine">{!trained ? t("lesson.untrained") : lends ? t("wash.lends") : ""}</p>
      <div class="stages">
        <Stage testid={`museum-${id}-weak-stage`} outcome={weak} />
        <Stage testid={`museum-${id}-strong-stage`} outcome={strong} />
      </div>
      <p class="honest" hidden={!strong}>
        {phrase(`museum.${id}.trick`)}
      </p>
    </Exhibit>
  );
}

/** What takes long is set up, and done in its place. */
function Recipe({ id, settings, to }: { id: string; settings: Settings; to: "train" | "defend" }) {
  const { actions } = useApp();
  const held = useOne(fixed);
  return (
    <Exhibit id={id}>
      <p class="honest">{phrase(`museum.${id}.trick`)}</p>
      <div class="buttons">
        <Button
          testid={`museum-${id}-set`}
          disabled={held}
          onClick={() => {
            actions.settings(settings);
            go(to, to === "defend" ? "purifier" : "");
          }}>
          {t("museum.set-up")}
        </Button>
      </div>
    </Exhibit>
  );
}

/** What was robust within ε meets what keeps to no ε. */
const Sticker = () => (
  <div data-teach="sticker">
    <Exhibit id="epsilon">
      <p class="honest">{phrase("museum.epsilon.trick")}</p>
      <p class="fine">{STICKER_PAPER}</p>
      <div class="buttons">
        <a class="button button-primary" href="#sticker" data-testid="museum-epsilon-open">
          {t("museum.epsilon.open")}
        </a>
      </div>
    </Exhibit>
  </div>
);

export const Museum = () => (
  <div class="museum">
    <ErrorSlot panels={["museum"]} />
    {MUSEUM.map(({ id, needs }) => (
      <Room key={id} id={id} needs={needs} />
    ))}
    <Recipe id="stale" settings={{ "recipe.kind": "stale", "train.epochs": 3 }} to="train" />
    <Recipe id="copying" settings={{ "purifier.clean_to_clean": true }} to="defend" />
    <Sticker />
  </div>
);
