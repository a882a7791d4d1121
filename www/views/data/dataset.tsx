// What the network learns from: drawn signs, or a data set that a person has. Files are read where they lie and go nowhere.

import { useEffect, useRef, useState } from "preact/hooks";
import { filesOf } from "../../io/files.js";
import type { KeptSet } from "../../flows/kept.js";
import { busy } from "../../state/select.js";
import type { DataInfo, State } from "../../state/types.js";
import { Button, FileButton, Fold, More, Scroll, useId } from "../../ui/elements.js";
import { ErrorSlot } from "../shared/errors.js";
import { Field, Fixed } from "../shared/fields.js";
import { usePick } from "../shared/store.js";
import { Heads } from "../../ui/tables.js";
import { useSaid } from "../../ui/voice.js";
import { engineWords } from "../../words/engine-words.js";
import { count, fixed, setName } from "../../words/format.js";
import { many, t } from "../../words/i18n.js";
import { useApp, useHost } from "../app.js";
import { JobControls, jobWords } from "../shared/job.js";

const off = (state: State) => busy(state) || state.device.phase !== "ready";

/** Data sets that are kept in this browser, listed anew whenever something has changed there. */
function useKept() {
  const { kept } = useApp();
  const [revision] = usePick((state) => [state.kept.revision] as const);
  const [sets, setSets] = useState<KeptSet[] | null>(null);
  useEffect(() => {
    let here = true;
    void kept.sets().then((found) => {
      if (here) setSets(found);
    });
    return () => {
      here = false;
    };
  }, [revision]);
  return sets;
}

function Counts({ data }: { data: DataInfo | null }) {
  const set = data?.set ?? null;
  const report = set?.report;
  const more = report ? report.skipped - report.list.length : 0;
  return (
    <>
      <Fold summary={t("data.counts")} testid="data-counts-more" hidden={set === null}>
        <div class="fields">
          <Scroll label={t("data.counts")}>
            <table class="figures" data-testid="data-counts">
              <Heads words={[t("data.column.class"), t("data.column.train"), t("data.column.validation"), t("data.column.test")]} />
              <tbody>
                {set && data
                  ? data.classes.map((label, index) => (
                      <tr key={index}>
                        <td>{label}</td>
                        {set.splits.map((split) => (
                          <td key={split.split}>{count(split.counts[index] ?? 0)}</td>
                        ))}
                      </tr>
                    ))
                  : null}
              </tbody>
            </table>
          </Scroll>
        </div>
      </Fold>
      <Fold summary={t("data.skipped")} testid="data-skipped-more" hidden={(report?.skipped ?? 0) === 0}>
        <div class="fields">
          <ul class="fine" data-testid="data-skipped">
            {report?.list.map((file, index) => (
              <li key={index}>
                <strong>{file.name}</strong> {engineWords(file.reason)}
              </li>
            ))}
            {more > 0 && <li>{t("data.more", count(more))}</li>}
          </ul>
        </div>
      </Fold>
    </>
  );
}

function Opening() {
  const { actions, kept } = useApp();
  const id = useId("data");
  const archives = useRef<HTMLInputElement>(null);
  const sets = useKept();
  const [said, tell] = useSaid();
  const [keeping, setKeeping] = useState(false);
  const [data, disabled, loading, jobs, gathering] = usePick((state) => [state.data, off(state), state.loading, state.jobs, state.gathering] as const);
  const set = data?.set ?? null;
  const again = sets?.filter((one) => !set || one.set !== data?.name) ?? [];
  const open = (list: FileList | null) => {
    const files = filesOf(list);
    if (files.length > 0) void actions.open(files, "data");
  };
  async function keep() {
    setKeeping(true);
    tell(() => t("data.keeping"));
    const saved = await kept.keepSet();
    tell(() => t(saved ? "data.is-kept" : "data.is-not-kept"));
    setKeeping(false);
  }
  const detail = gathering !== null
    ? many("data.gathering", gathering, gathering)
    : !loading
    ? jobWords({ jobs }, "load", "")
    : loading.skipped > 0
      ? many("data.read-skipped", loading.total, loading.done, loading.total, loading.skipped)
      : many("data.read", loading.total, loading.done, loading.total);
  return (
    <>
      <input
        ref={archives}
        class="hidden"
        type="file"
        id={`${id}-archives`}
        data-testid="data-archives"
        multiple
        tabIndex={-1}
        aria-label={t("data.open")}
        onChange={(event) => {
          open(event.currentTarget.files);
          event.currentTarget.value = "";
        }}
      />
      <JobControls
        job="load"
        prefix="data"
        label={t("data.open")}
        allowed
        start={() => archives.current?.click()}
        detail={detail}
        between={
          <div class="buttons" data-testid="data-kept" hidden={gathering === null && again.length === 0}>
            <Button testid="data-gather-stop" hidden={gathering === null} onClick={() => actions.stopGathering()}>
              {t("data.gather-stop")}
            </Button>
            {again.map((one) => (
              <Button
                key={one.set}
                testid="data-again"
                disabled={disabled}
                onClick={() => void kept.filesOf(one.set).then((files) => actions.openData(files))}>
                {t("data.open-again", setName(one.set), `${fixed(one.size / 1e6, 1)} MB`)}
              </Button>
            ))}
          </div>
        }>
        {"webkitdirectory" in HTMLInputElement.prototype && (
          <FileButton testid="data-folder" id={`${id}-folder`} folder label={t("data.open-folder")} disabled={disabled} onFiles={open} />
        )}
        <Button testid="data-back" hidden={!set} disabled={disabled} onClick={() => actions.closeData()}>
          {t("data.back")}
        </Button>
        <Button
          testid="data-keep"
          hidden={!set || sets === null || sets.some((one) => one.set === data?.name)}
          disabled={keeping}
          onClick={() => void keep()}>
          {t("data.keep")}
        </Button>
      </JobControls>
      <p class="fine" data-testid="data-said" hidden={said === ""}>
        {said}
      </p>
    </>
  );
}

export function Dataset() {
  const [data, unread] = usePick((state) => [state.data, state.unread] as const);
  const set = data?.set ?? null;
  const report = set?.report;
  useHost({ value: set ? (data?.name ?? "") : "generated" });
  const sentences = report
    ? [
        ...report.notes.map(engineWords),
        ...(report.repeated > 0 ? [many("data.repeated", report.repeated, report.repeated)] : []),
        ...(unread.length > 0 ? [many("data.unread", unread.length, unread.length, unread[0] ?? "")] : []),
      ]
    : [];
  return (
    <div class="aside shelf">
      <h3>{t("data.title")}</h3>
      <p class="data-name" data-testid="data-name">
        {set && data ? t("data.set", setName(data.name), set.report.used, data.classes.length) : t("data.drawn")}
      </p>
      <ul class="data-splits" data-testid="data-splits" hidden={!set}>
        {set?.splits.map((split) => (
          <li key={split.split} data-testid={`data-${split.split}`}>
            {many(`data.split.${split.split}`, split.tracks, split.n, split.tracks)}
          </li>
        ))}
      </ul>
      <ul class="fine" data-testid="data-notes" hidden={sentences.length === 0}>
        {sentences.map((sentence, index) => (
          <li key={index}>{sentence}</li>
        ))}
      </ul>
      <Opening />
      <ErrorSlot panels={["data"]} />
      <p class="fine">{t("data.help")}</p>
      <Counts data={data} />
      <More summary={t("data.how")} testid="data-more">
        <Fixed class="fields">
          {["data.crop", "data.validation", "data.test", "data.seed"].map((key) => (
            <Field key={key} name={key} disabled={off} />
          ))}
        </Fixed>
      </More>
    </div>
  );
}
