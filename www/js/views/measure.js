// The small table: how many signs are read correctly, with and without the purifier, clean and attacked.

/** @import { App } from "./app.js" */
/** @import { Table, TableCell } from "../state/types.js" */
import { busy } from "../state/events.js";
import { attr, h, show, text } from "../lib/dom.js";
import { field } from "../lib/fields.js";
import { count, percent, short } from "../lib/format.js";
import { errorSlot } from "../lib/messages.js";
import { jobControls, jobWords } from "./job.js";

/** @type {[TableCell["attack"], string][]} */
const COLUMNS = [["none", "Clean"], ["fgsm", "FGSM"], ["cw", "Carlini & Wagner"]];
/** @type {["none" | "purified", string][]} */
const ROWS = [["none", "No defence"], ["purified", "Purified"]];

/** @param {Table["config"]} config */
function parameters({ n, seed, fgsm, cw }) {
  return `n = ${n} signs, seed ${seed}, all untargeted. FGSM: ε = ${short(fgsm.epsilon * 255)}/255. Carlini & Wagner: κ = ${short(cw.kappa)}, `
    + `${cw.searches} searches of ${count(cw.steps)} steps, η = ${short(cw.learning_rate)}, c₀ = ${short(cw.initial_c)}${cw.abort_early ? ", stopping a search early" : ""}.`;
}

/** @param {HTMLElement} place @param {App} app */
export function mountMeasure(place, app) {
  const { store, actions } = app;
  const job = jobControls(app, {
    job: "table", prefix: "table", label: () => "Measure", allowed: (state) => state.trained, start: () => actions.measure(),
    detail: (state) => jobWords(state, "table", state.trained ? "" : "Train the network first"),
  });

  const cells = new Map(ROWS.flatMap(([defence]) => COLUMNS.map(([attack]) => {
    const value = h("strong");
    const interval = h("span", { class: "interval" });
    const bar = h("span", { class: "cell-fill" });
    return /** @type {const} */ ([`${defence}-${attack}`, { value, interval, bar, element: h("td", { testid: `table-${defence}-${attack}` }, value, interval, h("span", { class: "cell-track", attrs: { "aria-hidden": true } }, bar)) }]);
  })));
  const under = h("p", { class: "fine", testid: "table-parameters" });
  const noPurifier = h("p", { class: "fine" }, "The second row needs a purifier: train one above.");
  const table = h("table", { class: "measure-table", testid: "table" },
    h("caption", {}, "Signs read correctly, with 95 % intervals"),
    h("thead", {}, h("tr", {}, h("td", {}), ...COLUMNS.map(([, words]) => h("th", { attrs: { scope: "col" } }, words)))),
    h("tbody", {}, ...ROWS.map(([defence, words]) => h("tr", {}, h("th", { attrs: { scope: "row" } }, words),
      ...COLUMNS.map(([attack]) => cells.get(`${defence}-${attack}`)?.element)))));

  place.append(h("div", { class: "panel-grid" },
    h("div", { class: "panel-controls" }, h("div", { class: "fields" }, ...["n", "seed"].map((key) => field(store, `table.${key}`, { disabled: busy }))),
      h("p", { class: "fine" }, "The attacks take their strength from step 3.")),
    h("div", { class: "panel-main" }, job.buttons, job.progress, errorSlot(store, "table"),
      h("div", { class: "scroll", attrs: { tabindex: 0, role: "region", "aria-label": "Table of accuracies" } }, table), under, noPurifier,
      h("p", { class: "honest", testid: "table-oblivious" }, "The attacker here does not know about the purifier (oblivious). An attacker who does would get further."))));

  store.watch((state) => [state.table, state.job?.job === "table" && busy(state), state.purifier], (result, running, purifier) => {
    for (const [defence] of ROWS) {
      for (const [attack] of COLUMNS) {
        const cell = cells.get(`${defence}-${attack}`);
        const found = result?.rows.find((row) => row.defence === defence)?.cells.find((candidate) => candidate.attack === attack)?.accuracy;
        if (!cell) continue;
        text(cell.value, found ? percent(found.value) : running && (defence === "none" || purifier) ? "…" : "–");
        text(cell.interval, found ? `${percent(found.low)} to ${percent(found.high)}, n\u00a0=\u00a0${found.n}` : "");
        cell.bar.style.setProperty("width", found ? `${found.value * 100}%` : "0");
        attr(cell.element, "data-value", found?.value ?? null);
        attr(cell.element, "data-n", found?.n ?? null);
      }
    }
    text(under, result ? parameters(result.config) : "");
    show(noPurifier, !purifier);
    table.dataset["state"] = running ? "running" : result ? "done" : "empty";
  });
}
