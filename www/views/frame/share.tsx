// What one can take along or hand on: a link that gives the same picture, its QR code, a picture with a caption, a record, a table.

import { generate } from "lean-qr/nano";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { filesOf, saveBytes } from "../../io/files.js";
import { png } from "../../io/png.js";
import { pictureRecord } from "../../io/record.js";
import { csv } from "../../io/records.js";
import { shareLink } from "../../state/link.js";
import { LONGEST_ADDRESS, packed, settingsOfSticker } from "../../state/painting.js";
import { facts, infos, onSign } from "../../state/select.js";
import { Panel } from "../../ui/dialog.js";
import { Button, FileButton } from "../../ui/elements.js";
import { usePick } from "../shared/store.js";
import { t } from "../../words/i18n.js";
import { say } from "../../words/say.js";
import { useApp } from "../app.js";
import { saveCard } from "../shared/card.js";
import { LinkField } from "../shared/link.js";

/** The address as a code to be photographed, where it is short enough. */
function Code({ address }: { address: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [fits, setFits] = useState(true);
  useLayoutEffect(() => {
    try {
      if (canvas.current) generate(address).toCanvas(canvas.current, { on: [20, 25, 29], off: [255, 255, 255], pad: 3 });
      setFits(true);
    } catch {
      setFits(false);
    }
  }, [address]);
  return (
    <div>
      <canvas ref={canvas} class="qr" data-testid="share-qr" role="img" aria-label={t("share.qr")} hidden={!fits} />
      <p class="fine" hidden={fits}>
        {t("share.qr-long")}
      </p>
    </div>
  );
}

export function Share({ close }: { close: () => void }) {
  const { store, actions } = useApp();
  const [outcome, subject, settings, place, shipped, curve, models] = usePick(
    (state) => [state.outcome, state.subject, state.settings, state.place, state.shipped, facts(state).curves.train, infos(state).length] as const,
  );
  const [matrix, curves, checks, sticking, sticker] = usePick((state) => [state.matrix, state.curve, state.checks, state.sticking, onSign(state)] as const);
  // Who shares a sticker means that, and no picture that was attacked before.
  const attacked = outcome !== null && (place !== "sticker" || sticker === null);
  const page = location.href.split(/[?#]/)[0] ?? location.href;
  const ofAttack = shareLink({ ...settings, show: outcome ? "attack" : "" });
  const painting = useMemo(() => (place === "sticker" && sticker ? packed(sticker) : ""), [place, sticker]);
  const ofSticker = `${page}${shareLink({ ...settingsOfSticker({ settings, sticking }), show: "" })}${painting}`;
  const whole = painting !== "" && ofSticker.length <= LONGEST_ADDRESS;
  const address = whole ? ofSticker : `${page}${attacked ? ofAttack : shareLink({ ...settings, show: "" })}#${attacked ? "attack" : place}`;
  const photo = subject !== null && subject.label == null && !whole;
  const own = !shipped || curve.rows.length > 0 || models > 1;
  const records = [matrix, curves, checks].flatMap((one) => (one?.records ? JSON.parse(one.records) : []));

  function saveRecord() {
    const { version, selected, subjectName } = store.get();
    if (!outcome) return;
    const image = subject ? png(subject.seen.picture) : null;
    saveBytes(
      pictureRecord(outcome, { link: ofAttack, version, model: selected, subject: say(subjectName), image }),
      "fool-the-sign-picture.json",
      "application/json",
    );
  }

  return (
    <Panel name="share" title={t("share.title")} close={close}>
      <div class="share-grid">
        <div class="share-side">
          <p>{t(whole ? "share.lead-sticker" : attacked ? "share.lead" : "share.lead-settings")}</p>
          <LinkField id="share-link" prefix="share" label={t("share.link")} address={address} />
          {photo && (
            <p class="notice" data-testid="share-photo">
              {t("share.photo")}
            </p>
          )}
          <div class="share-model">
            <p class="fine" data-testid="share-model">
              {own ? t("share.own-model") : t("share.shipped-model")}
            </p>
            {own && (
              <Button testid="share-weights" onClick={() => void actions.saveModel(false)}>
                {t("shelf.save-as-a-file")}
              </Button>
            )}
          </div>
        </div>
        <Code address={address} />
      </div>
      <h3>{t("share.take")}</h3>
      <p class="fine">{outcome ? t("share.take-words") : t("share.attack-first")}</p>
      <div class="buttons">
        <Button
          testid="share-png"
          disabled={!outcome}
          onClick={() => {
            if (outcome) void saveCard(outcome, store.get().classes, `${page}${ofAttack}#attack`);
          }}>
          {t("share.png")}
        </Button>
        <Button testid="share-json" disabled={!outcome} onClick={saveRecord}>
          {t("share.json")}
        </Button>
        <Button testid="share-csv" disabled={records.length === 0} onClick={() => saveBytes(csv(records), "fool-the-sign-figures.csv", "text/csv")}>
          {t("share.csv")}
        </Button>
        <Button
          testid="share-print"
          onClick={() => {
            close();
            requestAnimationFrame(() => globalThis.print());
          }}>
          {t("share.print")}
        </Button>
      </div>
      <h3>{t("share.open")}</h3>
      <div class="buttons">
        <FileButton
          testid="share-open-file"
          id="share-file"
          label={t("share.open-file")}
          onFiles={(files) => {
            close();
            void actions.open(filesOf(files), "page");
          }}
        />
      </div>
    </Panel>
  );
}
