// The networks that come with the page, to be made again: what they were trained with, as settings.

import { useState } from "preact/hooks";
import { WEIGHT_NAMES } from "../../engine/assets.js";
import { busy } from "../../state/select.js";
import { Button, Fold } from "../../ui/elements.js";
import { Choice } from "./fields.js";
import { usePick } from "./store.js";
import { phrase, t } from "../../words/i18n.js";
import { useApp } from "../app.js";

export function PresetPanel({ kind }: { kind: "classifier" | "purifier" }) {
  const { actions } = useApp();
  const [presets, off] = usePick((state) => [state.presets, busy(state) || state.device.phase !== "ready"] as const);
  const [wanted, setWanted] = useState("");
  const [from, setFrom] = useState<string | null>(null);
  const offers = presets.filter((offer) => offer[kind]);
  const offer = offers.find(({ name }) => name === wanted) ?? offers[0];
  const same = WEIGHT_NAMES.filter((name) => presets.some((other) => other.name === name && other.model === offer?.model));
  const usual = offer?.from && same.includes(offer.from) ? offer.from : "";
  const begin = from !== null && (from === "" || same.includes(from)) ? from : usual;
  return (
    <Fold summary={t(`preset.${kind}-title`)} testid={`preset-${kind}-more`}>
      <div class="fields">
        <Choice
          testid={`preset-${kind}`}
          label={t(`preset.which-${kind}`)}
          value={offer?.name ?? ""}
          options={offers.map(({ name }) => ({ value: name, words: name }))}
          onChange={(name) => {
            setWanted(name);
            setFrom(null);
          }}
        />
        <p class="fine" data-testid={`preset-${kind}-about`}>
          {offer ? phrase(`preset.${offer.name}`) : ""} {offer?.whole ? t("preset.whole") : ""}
        </p>
        {kind === "classifier" && (
          <Choice
            testid={`preset-${kind}-begin`}
            label={t("preset.begin")}
            value={begin}
            onChange={setFrom}
            options={[{ value: "", words: t("preset.fresh") }, ...same.map((name) => ({ value: name, words: t("preset.from", name) }))]}
          />
        )}
        <div class="buttons">
          <Button
            testid={`preset-${kind}-go`}
            disabled={off || !offer}
            onClick={() => {
              if (offer) void actions.setUp(offer.name, kind === "classifier" ? begin : "");
            }}>
            {t("preset.set-up")}
          </Button>
        </div>
        <p class="fine">{t(`preset.${kind}-lead`)}</p>
      </div>
    </Fold>
  );
}
