// What the browser keeps of the visitor's work: a list with sizes, all of it as one file and back, deleting; and whether the page
// works without a network.

/** @import { App } from "../app.js" */
/** @import { Entry } from "../../keep/storage.js" */
import { FETCHED_BYTES } from "../../engine/assets.js";
import { ask } from "../../ui/dialog.js";
import { button, h, newId, scrolling, show, text } from "../../ui/dom.js";
import { saveBlob } from "../../io/files.js";
import { has, language, t } from "../../words/i18n.js";

/** @param {number} bytes */
const size = (bytes) => (bytes < 1e5 ? `${(bytes / 1e3).toFixed(1)} kB` : bytes < 1e9 ? `${(bytes / 1e6).toFixed(2)} MB` : `${(bytes / 1e9).toFixed(1)} GB`);

/** @param {HTMLElement} place @param {App} app */
export function mountKept(place, { store, keeper, storage, offline }) {
  const summary = h("summary", { testid: "kept-summary" });
  const body = h("tbody");
  const table = h("table", { class: "figures", testid: "kept-table" }, h("caption", { class: "hidden" }, t("kept.title")),
    h("thead", {}, h("tr", {}, ...["name", "what", "size", "saved", "delete"].map((head) => h("th", { attrs: { scope: "col" } }, t(`kept.column.${head}`))))), body);
  const room = h("p", { class: "fine", testid: "kept-room" });
  const said = h("p", { class: "fine", testid: "kept-said", attrs: { role: "status" } });
  const failed = h("p", { class: "notice notice-error", testid: "kept-failed", attrs: { role: "alert", hidden: true } });
  const copy = h("p", { class: "fine", testid: "offline-state" });
  const keep = button(t("kept.keep", size(FETCHED_BYTES)), { testid: "offline-keep", onClick: () => void offline.keep() });

  const save = button(t("kept.save"), { testid: "kept-export", onClick: () => void exportAll() });
  const remove = button(t("kept.clear"), { testid: "kept-clear", kind: "danger", onClick: () => void clear() });
  const id = newId("kept");
  const input = h("input", { class: "hidden", testid: "kept-import", attrs: { type: "file", id, accept: ".zip" }, on: { change: () => {
    const file = input.files?.[0];
    input.value = "";
    if (file) void keeper.importAll(file).then((words) => text(said, words));
  } } });

  async function exportAll() {
    save.disabled = true;
    saveBlob(await keeper.exportAll(), "fool-the-sign.zip");
    save.disabled = false;
  }
  async function clear() {
    if (!await ask({ title: t("kept.clear-question"), text: t("kept.clear-words"), yes: t("kept.delete-yes") })) return;
    await keeper.clear();
    text(said, t("kept.cleared"));
  }
  /** @param {Entry} entry */
  async function drop({ kind, name }) {
    if (await ask({ title: t("kept.delete-question"), text: t("kept.delete-words", name), yes: t("kept.delete-yes") })) await keeper.remove(kind, name);
  }

  let latest = 0;
  async function refresh() {
    latest += 1;
    const mine = latest;
    const [entries, space] = await Promise.all([storage.list(), storage.estimate()]);
    if (mine !== latest) return;
    const shown = entries.filter(({ size }) => size > 0).sort((a, b) => b.saved - a.saved);
    const bytes = shown.reduce((sum, { size }) => sum + size, 0);
    body.replaceChildren(...shown.map((entry) => h("tr", { testid: "kept-row", attrs: { "data-value": entry.name, "data-kind": entry.kind, "data-size": entry.size } },
      h("th", { attrs: { scope: "row" } }, entry.name), h("td", {}, has(`kept.kind.${entry.kind}`) ? t(`kept.kind.${entry.kind}`) : entry.kind),
      h("td", {}, size(entry.size)), h("td", {}, new Date(entry.saved).toLocaleString(language() === "en" ? "en-GB" : language(), { dateStyle: "short", timeStyle: "short" })),
      h("td", {}, button(t("kept.delete"), { testid: "kept-delete", onClick: () => void drop(entry), title: t("kept.delete-one", entry.name) })))));
    show(table, shown.length > 0);
    text(summary, t("kept.summary", shown.length === 0 ? t("kept.nothing") : size(bytes)));
    table.dataset["entries"] = String(shown.length);
    text(room, space && space.quota > 0 ? t("kept.room", size(space.usage), size(space.quota)) : "");
  }
  store.watch((state) => [state.kept.revision, state.offline.phase], () => void refresh());
  store.watch((state) => [state.kept.failures], (failures) => {
    show(failed, failures.length > 0);
    text(failed, failures.map((words) => words()).join(" "));
  });
  store.watch((state) => [state.offline], ({ phase, reason }) => {
    copy.dataset["value"] = phase;
    show(keep, phase === "waiting" || phase === "failed");
    text(copy, phase === "none" ? reason() : t(`kept.${phase}`, reason()));
  });

  place.append(h("details", { class: "more aside" }, summary,
    h("div", { class: "shelf" },
      h("p", {}, t("kept.lead")),
      scrolling(t("kept.title"), table),
      room, h("div", { class: "buttons" }, save, h("span", {}, input, h("label", { class: "button", attrs: { for: id } }, t("kept.open"))), remove), said, failed,
      copy, h("div", { class: "buttons" }, keep))));
}
