// What the network learns from: drawn signs, or a data set that a person has. Files are read where they lie and go nowhere.

/** @import { App } from "../app.js" */
/** @import { DataInfo } from "../../state/types.js" */
import { busy } from "../../state/events.js";
import { button, h, newId, scrolling, show, text } from "../../ui/dom.js";
import { field, more } from "../../ui/fields.js";
import { filesOf } from "../../io/files.js";
import { engineWords } from "../../words/engine-words.js";
import { count, setName } from "../../words/format.js";
import { t } from "../../words/i18n.js";
import { keepDataset, keptDatasets, openKept } from "../../keep/datasets.js";
import { errorSlot } from "../../ui/messages.js";
import { jobControls, jobWords } from "../shared/job.js";

/** @param {HTMLElement} place @param {App} app */
export function mountDataset(place, app) {
  const { store, actions, storage } = app;
  const id = newId("data");
  const name = h("p", { class: "data-name", testid: "data-name" });
  const splits = h("ul", { class: "data-splits", testid: "data-splits" });
  const notes = h("ul", { class: "fine", testid: "data-notes" });
  const counts = h("tbody");
  const skipped = h("ul", { class: "fine", testid: "data-skipped" });
  const skippedBlock = more(t("data.skipped"), "data-skipped-more", skipped);
  const countsBlock = more(t("data.counts"), "data-counts-more", scrolling(t("data.counts"),
    h("table", { class: "figures", testid: "data-counts" }, h("thead", {}, h("tr", {}, ...["class", "train", "validation", "test"].map((head) => h("th", { attrs: { scope: "col" } }, t(`data.column.${head}`))))), counts)));

  const archives = h("input", { class: "hidden", testid: "data-archives", attrs: { type: "file", id: `${id}-archives`, accept: ".zip,application/zip", multiple: true, "aria-label": t("data.open") }, on: { change: () => take(archives) } });
  const folder = h("input", { class: "hidden", testid: "data-folder", attrs: { type: "file", id: `${id}-folder`, webkitdirectory: true }, on: { change: () => take(folder) } });
  const openFolder = h("label", { class: "button", attrs: { for: `${id}-folder` } }, t("data.open-folder"));
  const keep = button(t("data.keep"), { testid: "data-keep", onClick: () => void keepIt() });
  const kept = h("div", { class: "buttons", testid: "data-kept" });
  const said = h("p", { class: "fine", testid: "data-said", attrs: { role: "status" } });
  const back = button(t("data.back"), { testid: "data-back", onClick: () => actions.closeData() });

  /** @param {HTMLInputElement} input */
  function take(input) {
    const files = filesOf(input.files);
    if (files.length > 0) actions.openData(files);
    input.value = "";
  }

  const { buttons, progress } = jobControls(app, {
    job: "load", prefix: "data", label: () => t("data.open"), allowed: () => true, start: () => archives.click(),
    detail: (state) => {
      const { loading } = state;
      if (!loading) return jobWords(state, "load", "");
      const [done, total, skipped] = [loading.done, loading.total, loading.skipped].map(count);
      return loading.skipped > 0 ? t("data.read-skipped", done ?? "", total ?? "", skipped ?? "") : t("data.read", done ?? "", total ?? "");
    },
  });
  buttons.append(openFolder, back, keep);

  async function keepIt() {
    const { data, dataFiles } = store.get();
    if (!data?.set) return;
    keep.disabled = true;
    text(said, t("data.keeping"));
    const saved = await keepDataset(storage, data.name, dataFiles).catch(() => false);
    text(said, saved ? t("data.is-kept") : t("data.is-not-kept"));
    keep.disabled = false;
  }
  let latest = 0;
  async function offerKept() {
    latest += 1;
    const mine = latest;
    const sets = await keptDatasets(storage);
    if (mine !== latest) return;
    const { data } = store.get();
    const disabled = off(store.get());
    kept.replaceChildren(...sets.filter(({ set }) => !data?.set || set !== data.name).map(({ set, size }) => {
      const open = button(t("data.open-again", setName(set), `${(size / 1e6).toFixed(1)} MB`), { testid: "data-again", onClick: () => void openKept(storage, set).then((files) => actions.openData(files)) });
      open.disabled = disabled;
      return open;
    }));
    show(keep, Boolean(data?.set) && !sets.some(({ set }) => set === data?.name));
  }
  const off = (/** @type {ReturnType<typeof store.get>} */ state) => busy(state) || state.device.phase !== "ready";
  place.append(h("div", { class: "aside shelf" }, h("h3", {}, t("data.title")), name, splits, notes, archives, folder, buttons, kept, progress, said, errorSlot(store, "data"),
    h("p", { class: "fine" }, t("data.help")),
    countsBlock, skippedBlock,
    more(t("data.how"), "data-more", ...["data.crop", "data.validation", "data.test", "data.seed"].map((key) => field(store, key, { disabled: off })))));

  store.watch((state) => [state.data, off(state)], (data, disabled) => {
    describe(data);
    void offerKept();
    show(back, Boolean(data?.set));
    back.disabled = disabled;
    folder.disabled = disabled;
    openFolder.classList.toggle("is-disabled", disabled);
  });

  store.watch((state) => [state.kept.revision], () => void offerKept());

  /** @param {DataInfo | null} data */
  function describe(data) {
    const set = data?.set ?? null;
    place.dataset["value"] = set ? data?.name ?? "" : "generated";
    text(name, set && data ? t("data.set", setName(data.name), count(set.report.used), data.classes.length) : t("data.drawn"));
    splits.replaceChildren(...(set?.splits ?? []).map((split) => h("li", { testid: `data-${split.split}` }, t(`data.split.${split.split}`, count(split.n), count(split.tracks)))));
    const report = set?.report;
    const sentences = report ? [...report.notes.map(engineWords), ...(report.repeated > 0 ? [t("data.repeated", count(report.repeated))] : [])] : [];
    notes.replaceChildren(...sentences.map((sentence) => h("li", {}, sentence)));
    show(countsBlock, set !== null);
    show(skippedBlock, (report?.skipped ?? 0) > 0);
    counts.replaceChildren(...(set && data ? data.classes.map((label, index) => h("tr", {}, h("td", {}, label), ...set.splits.map((split) => h("td", {}, count(split.counts[index] ?? 0))))) : []));
    skipped.replaceChildren(...(report?.list ?? []).map((file) => h("li", {}, h("strong", {}, file.name), ` ${engineWords(file.reason)}`)),
      ...(report && report.skipped > report.list.length ? [h("li", {}, t("data.more", count(report.skipped - report.list.length)))] : []));
  }
}
