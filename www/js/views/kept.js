// What the browser keeps of the visitor's work: a list with sizes, all of it as one file and back, deleting; and whether the page
// works without a network.

/** @import { App } from "./app.js" */
/** @import { Entry } from "../keep/storage.js" */
import { FETCHED_BYTES } from "../engine/assets.js";
import { ask } from "../lib/dialog.js";
import { button, h, newId, show, text } from "../lib/dom.js";
import { saveBlob } from "../lib/files.js";

/** @type {Record<string, string>} */
const KINDS = { model: "Model", purifier: "Purifier", settings: "Settings", shelf: "Order of the shelf" };

/** @param {number} bytes */
const size = (bytes) => (bytes < 1e5 ? `${(bytes / 1e3).toFixed(1)} kB` : bytes < 1e9 ? `${(bytes / 1e6).toFixed(2)} MB` : `${(bytes / 1e9).toFixed(1)} GB`);

/** @param {HTMLElement} place @param {App} app */
export function mountKept(place, { store, keeper, storage, offline }) {
  const summary = h("summary", { testid: "kept-summary" });
  const body = h("tbody");
  const table = h("table", { class: "figures", testid: "kept-table" }, h("caption", { class: "hidden" }, "Kept work"),
    h("thead", {}, h("tr", {}, ...["Name", "What", "Size", "Saved", "Delete"].map((head) => h("th", { attrs: { scope: "col" } }, head)))), body);
  const room = h("p", { class: "fine", testid: "kept-room" });
  const said = h("p", { class: "fine", testid: "kept-said", attrs: { role: "status" } });
  const failed = h("p", { class: "notice notice-error", testid: "kept-failed", attrs: { role: "alert", hidden: true } });
  const copy = h("p", { class: "fine", testid: "offline-state" });
  const keep = button(`Keep the page for use without a network (${size(FETCHED_BYTES)})`, { testid: "offline-keep", onClick: () => void offline.keep() });

  const save = button("Save everything as one file", { testid: "kept-export", onClick: () => void exportAll() });
  const remove = button("Delete everything", { testid: "kept-clear", kind: "danger", onClick: () => void clear() });
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
    if (!await ask({ title: "Delete all kept work?", text: "Models, data and settings are deleted from this browser. What is on the shelf now stays until the page is closed.", yes: "Delete it" })) return;
    await keeper.clear();
    text(said, "Everything is deleted.");
  }
  /** @param {Entry} entry */
  async function drop({ kind, name }) {
    if (await ask({ title: "Delete it?", text: `“${name}” is deleted from this browser. If it is on the shelf, it stays there until the page is closed.`, yes: "Delete it" })) await keeper.remove(kind, name);
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
      h("th", { attrs: { scope: "row" } }, entry.name), h("td", {}, KINDS[entry.kind] ?? entry.kind),
      h("td", {}, size(entry.size)), h("td", {}, new Date(entry.saved).toLocaleString("en-GB", { dateStyle: "short", timeStyle: "short" })),
      h("td", {}, button("Delete", { testid: "kept-delete", onClick: () => void drop(entry), title: `Delete ${entry.name}` })))));
    show(table, shown.length > 0);
    text(summary, `Kept in this browser: ${shown.length === 0 ? "nothing yet" : size(bytes)}`);
    table.dataset["entries"] = String(shown.length);
    text(room, space && space.quota > 0 ? `The browser uses ${size(space.usage)} for this page, the copy for use without a network included, and allows ${size(space.quota)}.` : "");
  }
  store.watch((state) => [state.kept.revision, state.offline.phase], () => void refresh());
  store.watch((state) => [state.kept.failures], (failures) => {
    show(failed, failures.length > 0);
    text(failed, failures.join(" "));
  });
  store.watch((state) => [state.offline], ({ phase, reason }) => {
    copy.dataset["value"] = phase;
    show(keep, phase === "waiting" || phase === "failed");
    text(copy, {
      none: reason, waiting: "The page is not yet kept for use without a network.", saving: "The page is being kept for use without a network …",
      kept: "The page is kept: it opens and works without a network, training included.", update: "The page is kept; a new version waits.",
      elsewhere: "The page is kept, in a newer version.", failed: `The page is not kept for use without a network. ${reason}`,
    }[phase]);
  });

  place.append(h("details", { class: "more aside" }, summary,
    h("div", { class: "shelf" },
      h("p", {}, "Models are kept in this browser as soon as they have learned something, and at each epoch while they learn; settings too. Nothing is sent anywhere."),
      h("div", { class: "scroll", attrs: { tabindex: 0, role: "region", "aria-label": "Kept work" } }, table),
      room, h("div", { class: "buttons" }, save, h("span", {}, input, h("label", { class: "button", attrs: { for: id } }, "Open such a file")), remove), said, failed,
      copy, h("div", { class: "buttons" }, keep))));
}
