// What one can take along or hand on: a link that gives the same picture, its QR code, a picture with a caption, a record, a table.

/** @import { App } from "../app.js" */
import { generate } from "lean-qr/nano";
import { writeLink } from "../../state/link.js";
import { copyText } from "../../io/clipboard.js";
import { openDialog } from "../../ui/dialog.js";
import { button, h, show, text } from "../../ui/dom.js";
import { saveBytes } from "../../io/files.js";
import { t } from "../../words/i18n.js";
import { pngOf, saveCard } from "../shared/card.js";
import { pictureRecord } from "../../io/record.js";
import { csv } from "../../io/records.js";

/** @param {App} app */
export function openShare({ store, actions }) {
  const state = store.get();
  const { outcome, subject, settings } = state;
  const photo = subject !== null && subject.label == null;
  const query = writeLink({ ...settings, "show": outcome ? "attack" : "" });
  const base = location.href.split(/[?#]/)[0] ?? location.href;
  const address = `${base}${query}#${outcome ? "attack" : state.place}`;

  const link = h("input", { testid: "share-link", attrs: { type: "text", readonly: true, id: "share-link", value: address }, on: { focus: () => link.select() } });
  const said = h("span", { attrs: { role: "status" }, testid: "share-said" });
  const copy = button(t("share.copy"), { testid: "share-copy", kind: "primary", onClick: () => void copyText(address).then((done) => {
    text(said, done ? t("notices.copied") : t("share.by-hand"));
    if (!done) link.select();
  }) });
  const code = h("canvas", { class: "qr", testid: "share-qr", attrs: { role: "img", "aria-label": t("share.qr") } });
  const tooLong = h("p", { class: "fine" }, t("share.qr-long"));
  try {
    generate(address).toCanvas(code, { on: [20, 25, 29], off: [255, 255, 255], pad: 3 });
    show(tooLong, false);
  } catch {
    show(code, false);
  }
  const own = !state.shipped || state.curves.train.rows.length > 0 || state.shelf.models.length > 1;
  const weights = h("div", {}, h("p", { class: "fine", testid: "share-model" }, own ? t("share.own-model") : t("share.shipped-model")),
    own ? button(t("shelf.save-as-a-file"), { testid: "share-weights", onClick: () => void actions.saveModel(false) }) : null);

  const about = async () => ({ link: query, version: state.version, model: state.shelf.selected, subject: state.subjectName(), image: subject ? await pngOf(subject.seen.picture) : null });
  const png = button(t("share.png"), { testid: "share-png", onClick: () => { if (outcome) saveCard(outcome, state.classes, address); } });
  const json = button(t("share.json"), { testid: "share-json", onClick: () => void about().then((rest) => { if (outcome) saveBytes(pictureRecord(outcome, rest), "fool-the-sign-picture.json", "application/json"); }) });
  const records = [state.matrix, state.curve, state.checks].flatMap((one) => (one?.records ? JSON.parse(one.records) : []));
  const table = button(t("share.csv"), { testid: "share-csv", onClick: () => saveBytes(csv(records), "fool-the-sign-figures.csv", "text/csv") });
  const sheet = button(t("share.print"), { testid: "share-print", onClick: () => {
    dialog.close();
    requestAnimationFrame(() => globalThis.print());
  } });
  png.disabled = json.disabled = !outcome;
  table.disabled = records.length === 0;
  const input = h("input", { class: "hidden", testid: "share-open-file", attrs: { type: "file", id: "share-file", accept: ".json,application/json" }, on: { change: () => {
    const file = input.files?.[0];
    dialog.close();
    if (file) void actions.openRecords(file);
  } } });

  const dialog = openDialog("share", t("share.title"),
    h("div", { class: "share-grid" },
      h("div", { class: "share-side" },
        h("p", {}, outcome ? t("share.lead") : t("share.lead-settings")),
        h("div", { class: "field field-text" }, h("label", { attrs: { for: "share-link" } }, h("span", { class: "field-label" }, t("share.link"))), link),
        h("div", { class: "buttons" }, copy, said),
        photo ? h("p", { class: "notice", testid: "share-photo" }, t("share.photo")) : null, weights),
      h("div", {}, code, tooLong)),
    h("h3", {}, t("share.take")), h("p", { class: "fine" }, outcome ? t("share.take-words") : t("share.attack-first")),
    h("div", { class: "buttons" }, png, json, table, sheet),
    h("h3", {}, t("share.open")), h("div", { class: "buttons" }, h("span", {}, input, h("label", { class: "button", attrs: { for: "share-file" } }, t("share.open-file")))));
}
