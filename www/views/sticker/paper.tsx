// What is on the sign, to be taken along: printed at true size, as a picture, as a link, as a record.

import { useMemo, useState } from "preact/hooks";
import { signUrl } from "../../engine/assets.js";
import { photoOf, savePicture } from "../../io/drawing.js";
import { saveBytes } from "../../io/files.js";
import { onPaper } from "../../io/paper.js";
import { sheets } from "../../io/sheets.js";
import { shareLink } from "../../state/link.js";
import { LONGEST_ADDRESS, packed, settingsOfSticker } from "../../state/painting.js";
import type { Picture, Settings } from "../../state/types.js";
import { Button, Fold } from "../../ui/elements.js";
import { useSaid } from "../../ui/voice.js";
import { className } from "../../words/format.js";
import { language, t } from "../../words/i18n.js";
import { LinkField } from "../shared/link.js";
import { usePick, useStore } from "../shared/store.js";
import { sentence, useLayer } from "./layer.js";

/** Of the sign, in centimetres. */
const [LEAST, MOST, USUAL] = [4, 120, 16];

const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");

/** What is on the sign, how it is called, and what is said of it. */
function useTaken() {
  const layer = useLayer();
  const [sticking, settings, classes, version] = usePick((state) => [state.sticking, state.settings, state.classes, state.version] as const);
  const report = sticking?.report ?? null;
  const config = report?.config;
  const sign = config?.sign ?? Number(settings["sticker.sign"]);
  const goal = config?.goal ?? null;
  const aim = goal?.kind === "targeted" ? goal.class : null;
  const date = new Date().toLocaleDateString(language() === "en" ? "en-GB" : language(), { dateStyle: "long" });
  const title = aim === null ? t("sticker.on", className(classes, sign)) : t("sticker.on-as", className(classes, sign), className(classes, aim));
  return {
    layer, sign, title, settings: settingsOfSticker({ settings, sticking }), records: report?.records ?? "",
    name: ["fool-the-sign", t("sticker.file"), plain(className(classes, sign)), ...(aim === null ? [] : [plain(className(classes, aim))])].join("-"),
    warning: t("sticker.on-paper"),
    said: [title, (report && sentence(report, classes)) || t("sticker.unmeasured"), t("sticker.origin", version, date)].join(" "),
  };
}

function Diameter({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  return (
    <label class="sticker-diameter">
      {t("sticker.diameter")}
      <input
        type="number"
        min={LEAST}
        max={MOST}
        value={value}
        data-testid="sticker-diameter"
        onChange={(event) => {
          const wanted = Number(event.currentTarget.value);
          const taken = Number.isFinite(wanted) && wanted > 0 ? Math.min(MOST, Math.max(LEAST, wanted)) : value;
          event.currentTarget.value = String(taken);
          onChange(taken);
        }}
      />
    </label>
  );
}

export function Paper() {
  const { layer, sign, title, name, warning, said, records } = useTaken();
  const [diameter, setDiameter] = useState(USUAL);
  const [told, tell] = useSaid();
  const savePdf = async (whole: boolean) => {
    if (!layer) return;
    const photo = whole ? await photoOf(signUrl(sign), diameter) : null;
    if (whole && !photo) {
      tell(() => t("sticker.no-photo"));
      return;
    }
    const file = sheets({
      layer, sign: photo, diameter, title, warning, said, scale: t("sticker.scale"), join: t("sticker.join"),
      place: (here, last) => t("sticker.sheet", here, last),
    });
    saveBytes(file, `${name}${whole ? "" : t("sticker.file-alone")}.pdf`, "application/pdf");
  };
  const saveSvg = (whole: boolean) => {
    if (!layer) return;
    const svg = onPaper(layer, whole ? signUrl(sign) : null, diameter, [warning, said]);
    saveBytes(svg, `${name}${whole ? "" : t("sticker.file-alone")}.svg`, "image/svg+xml");
  };
  return (
    <Fold summary={t("sticker.print")} testid="sticker-print" hidden={!layer}>
      <p class="honest">{t("sticker.print-words")}</p>
      <Diameter value={diameter} onChange={setDiameter} />
      <p class="fine">{t("sticker.pdf-words")}</p>
      <div class="buttons">
        <Button testid="sticker-pdf-sign" kind="primary" onClick={() => void savePdf(true)}>
          {t("sticker.save-sign", "PDF")}
        </Button>
        <Button testid="sticker-pdf-sticker" onClick={() => void savePdf(false)}>
          {t("sticker.save-sticker", "PDF")}
        </Button>
        <Button testid="sticker-save-sign" kind="quiet" onClick={() => saveSvg(true)}>
          {t("sticker.save-sign", "SVG")}
        </Button>
        <Button testid="sticker-save-sticker" kind="quiet" onClick={() => saveSvg(false)}>
          {t("sticker.save-sticker", "SVG")}
        </Button>
        <Button
          testid="sticker-save-record"
          kind="quiet"
          disabled={records === "" || records === "[]"}
          onClick={() => saveBytes(records, "fool-the-sign-sticker.json", "application/json")}>
          {t("sticker.save-record")}
        </Button>
      </div>
      <p data-testid="sticker-print-said">{told}</p>
    </Fold>
  );
}

/** The link to what is on the sign, where it is short enough. */
function Link({ layer, settings }: { layer: Picture; settings: Settings }) {
  const behind = useMemo(() => packed(layer.rgba), [layer]);
  const address = `${location.href.split(/[?#]/)[0] ?? location.href}${shareLink({ ...settings, show: "" })}${behind}`;
  if (address.length > LONGEST_ADDRESS) {
    return (
      <p class="notice" data-testid="sticker-link-long">
        {t("sticker.link-long", address.length, LONGEST_ADDRESS)}
      </p>
    );
  }
  return <LinkField id="sticker-link" prefix="sticker-link" label={t("sticker.link")} address={address} />;
}

export function Pass() {
  const { layer, sign, settings, name, warning, said } = useTaken();
  const [job] = usePick((state) => [state.jobs.sticker?.state] as const);
  const store = useStore();
  const [open, setOpen] = useState(false);
  const still = job !== "running" && job !== "paused";
  return (
    <Fold summary={t("sticker.share")} testid="sticker-share" hidden={!layer} onToggle={setOpen}>
      <p class="fine">{t("sticker.share-words", store.get().selected)}</p>
      {open && layer && still ? <Link layer={layer} settings={settings} /> : null}
      <div class="buttons">
        <Button
          testid="sticker-png"
          onClick={() => {
            if (layer) void savePicture(layer, signUrl(sign), [warning, said], `${name}.png`);
          }}>
          {t("sticker.png")}
        </Button>
      </div>
    </Fold>
  );
}
