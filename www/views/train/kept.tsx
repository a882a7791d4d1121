// What the browser keeps of the visitor's work: a list with sizes, all of it as one file and back, deleting; and whether the page
// works without a network.

import { useEffect, useRef, useState } from "preact/hooks";
import { FETCHED_BYTES } from "../../engine/assets.js";
import { filesOf, saveBlob } from "../../io/files.js";
import type { Entry } from "../../flows/kept.js";
import { busy } from "../../state/select.js";
import { ask } from "../../ui/dialog.js";
import { Button, FileButton, Fold, Scroll, unfold, useId } from "../../ui/elements.js";
import { ErrorSlot } from "../shared/errors.js";
import { usePick } from "../shared/store.js";
import { Heads } from "../../ui/tables.js";
import { useSaid } from "../../ui/voice.js";
import { bytes } from "../../words/format.js";
import { has, language, phrase, t } from "../../words/i18n.js";
import { say } from "../../words/say.js";
import { useApp } from "../app.js";

interface Room {
  usage: number;
  quota: number;
}

/** What is kept, listed anew whenever something has changed. */
function useEntries(): { entries: Entry[]; room: Room | null } {
  const { kept } = useApp();
  const [revision, phase] = usePick((state) => [state.kept.revision, state.offline.phase] as const);
  const [found, setFound] = useState<{ entries: Entry[]; room: Room | null }>({ entries: [], room: null });
  useEffect(() => {
    let here = true;
    void Promise.all([kept.entries(), kept.room()]).then(([entries, room]) => {
      if (here) setFound({ entries, room });
    });
    return () => {
      here = false;
    };
  }, [revision, phase]);
  return found;
}

/** In the reader's writing; British for English, because the rest of the page is. */
const when = (saved: number) =>
  new Date(saved).toLocaleString(language() === "en" ? "en-GB" : language(), { dateStyle: "short", timeStyle: "short" });

/** A checkpoint has no name of its own: it is called by the model that was being trained. */
const nameOf = ({ kind, name, meta }: Entry): string => (kind === "checkpoint" && typeof meta["model"] === "string" ? meta["model"] : name);

function Table({ entries }: { entries: Entry[] }) {
  const { keeper } = useApp();
  const [models, off] = usePick((state) => [state.models, busy(state) || state.device.phase !== "ready"] as const);
  async function drop(entry: Entry) {
    if (!(await ask({ title: t("kept.delete-question"), text: t("kept.delete-words", nameOf(entry)), yes: t("kept.delete-yes") }))) return;
    await keeper.remove(entry.kind, entry.name);
  }
  return (
    <Scroll label={t("kept.title")}>
      <table class="figures" data-testid="kept-table" data-entries={String(entries.length)} hidden={entries.length === 0}>
        <caption class="hidden">{t("kept.title")}</caption>
        <Heads words={[t("kept.column.name"), t("kept.column.what"), t("kept.column.size"), t("kept.column.saved"), t("kept.column.delete")]} />
        <tbody>
          {entries.map((entry) => (
            <tr key={`${entry.kind}/${entry.name}`} data-testid="kept-row" data-value={entry.name} data-kind={entry.kind} data-size={entry.size}>
              <th scope="row">{nameOf(entry)}</th>
              <td>{has(`kept.kind.${entry.kind}`) ? phrase(`kept.kind.${entry.kind}`) : entry.kind}</td>
              <td>{bytes(entry.size)}</td>
              <td>{when(entry.saved)}</td>
              <td>
                {entry.kind === "model" && !models.has(entry.name) && (
                  <Button testid="kept-shelve" disabled={off} onClick={() => void keeper.shelve(entry.name)}>
                    {t("kept.put-on-shelf")}
                  </Button>
                )}
                <Button testid="kept-delete" title={t("kept.delete-one", nameOf(entry))} onClick={() => void drop(entry)}>
                  {t("kept.delete")}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Offline() {
  const { offline } = useApp();
  const [{ phase, reason }] = usePick((state) => [state.offline] as const);
  return (
    <>
      <p class="fine" data-testid="offline-state" data-value={phase}>
        {phase === "none" ? say(reason) : t(`offline.${phase}`, say(reason))}
      </p>
      <div class="buttons">
        <Button testid="offline-keep" hidden={phase !== "waiting" && phase !== "failed"} onClick={() => void offline.keep()}>
          {t("kept.keep", bytes(FETCHED_BYTES))}
        </Button>
      </div>
    </>
  );
}

export function Kept() {
  const { actions, keeper } = useApp();
  const id = useId("kept");
  const { entries, room } = useEntries();
  const [said, tell] = useSaid();
  const told = useRef<HTMLParagraphElement>(null);
  const [saving, setSaving] = useState(false);
  const [failures, taken] = usePick((state) => [state.kept.failures, state.kept.taken] as const);
  useEffect(() => {
    if (!taken) return;
    unfold(told.current);
    tell(() => say(taken));
  }, [taken]);
  const total = entries.reduce((sum, { size }) => sum + size, 0);

  async function save() {
    setSaving(true);
    try {
      saveBlob(await keeper.exportAll(), "fool-the-sign.zip");
    } finally {
      setSaving(false);
    }
  }
  async function clear() {
    if (!(await ask({ title: t("kept.clear-question"), text: t("kept.clear-words"), yes: t("kept.delete-yes") }))) return;
    await keeper.clear();
    tell(() => t("kept.cleared"));
  }
  return (
    <Fold class="more aside" testid="kept-summary" summary={t("kept.summary", entries.length === 0 ? t("kept.nothing") : bytes(total))}>
      <div class="shelf">
        <p>{t("kept.lead")}</p>
        <Table entries={entries} />
        <p class="fine" data-testid="kept-room">
          {room && room.quota > 0 ? t("kept.room", bytes(room.usage), bytes(room.quota)) : ""}
        </p>
        <div class="buttons">
          <Button testid="kept-export" disabled={saving} onClick={() => void save()}>
            {t("kept.save")}
          </Button>
          <FileButton
            testid="kept-import"
            id={id}
            label={t("kept.open")}
            onFiles={(files) => void actions.open(filesOf(files), "kept")}
          />
          <Button testid="kept-clear" kind="danger" onClick={() => void clear()}>
            {t("kept.clear")}
          </Button>
        </div>
        <p ref={told} class="fine" data-testid="kept-said">
          {said}
        </p>
        <p class="notice notice-error" data-testid="kept-failed" role="alert" hidden={failures.length === 0}>
          {failures.map(say).join(" ")}
        </p>
        <ErrorSlot panels={["kept"]} />
        <Offline />
      </div>
    </Fold>
  );
}
