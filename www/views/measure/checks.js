// Checks of a figure: signs that an attack was too weak to be believed, or that a defence does not hold what it promises.

/** @import { App } from "../app.js" */
import { busy } from "../../state/events.js";
import { needsPurifier } from "../../state/commands.js";
import { h, show, text } from "../../ui/dom.js";
import { field } from "../../ui/fields.js";
import { engineWords } from "../../words/engine-words.js";
import { short } from "../../words/format.js";
import { errorSlot } from "../../ui/messages.js";
import { recordButtons } from "../../io/records.js";
import { attackerName, checkName, defenseName } from "../shared/names.js";
import { jobControls, jobWords } from "../shared/job.js";
import { modelSelect } from "../shared/models.js";
import { t } from "../../words/i18n.js";

/** @param {HTMLElement} place @param {App} app */
export function mountChecks(place, app) {
  const { store, actions } = app;
  const job = jobControls(app, {
    job: "check", prefix: "check", pausable: true, steps: false, label: () => t("checks.check"), allowed: (state) => state.trained,
    start: () => actions.check(), detail: (state) => jobWords(state, "check", state.trained ? "" : t("checks.train-the-network-first")),
  });
  const list = h("ul", { class: "checks", testid: "check-list" });
  const summary = h("p", { class: "headline", testid: "check-summary", attrs: { "aria-live": "polite" } });
  const records = recordButtons("checks", () => store.get().checks?.records ?? "");
  const noPurifier = h("p", { class: "notice", testid: "check-no-purifier" }, t("checks.this-model-has-no"));

  store.watch((state) => [state.checks, state.settings["check.defense"], state.purifier], (found, defense, purifier) => {
    show(noPurifier, needsPurifier(String(defense)) && !purifier);
    const checks = found?.checks ?? [];
    const failed = checks.filter(({ passed }) => passed === false).length;
    const { config } = found ?? {};
    text(summary, !config ? t("checks.not-checked-yet") : `${t("word.quoted", config.model)}, ${defenseName(config.defense)}, ${attackerName(config.knowledge)}, ε = ${short(config.epsilon * 255)}/255: `
      + (checks.length === 0 ? "…" : failed === 0 ? t("checks.no-check-fails") : t(failed === 1 ? "checks.one-fails" : "checks.some-fail", failed, checks.length)));
    summary.dataset["value"] = checks.length > 0 ? String(failed) : "";
    list.replaceChildren(...checks.map(({ name, passed, detail, cause }) => h("li", { class: "check", testid: "check-item", attrs: { "data-name": name, "data-passed": passed == null ? "none" : String(passed) } },
      h("span", { class: "check-mark" }, passed == null ? t("checks.not-applicable") : passed ? t("checks.passed") : t("checks.failed")),
      h("span", { class: "check-words" }, h("strong", {}, checkName(name)), h("span", { class: "fine" }, engineWords(detail)), cause ? h("span", { class: "check-cause" }, t("checks.likely-cause", engineWords(cause))) : null))));
    records.enable(Boolean(found?.records));
  });

  place.append(h("div", { class: "panel-grid measure-part" },
    h("div", { class: "panel-controls" }, h("h2", {}, t("checks.is-the-figure-to")),
      h("div", { class: "fields" }, ...["check.defense", "check.knowledge", "check.epsilon", "check.n"].map((key) => field(store, key, { disabled: busy })),
        modelSelect(app, { key: "reference", testid: "check-reference", label: t("checks.reference"), none: t("checks.none"), help: t("checks.another-model-its-examples") }))),
    h("div", { class: "panel-main" }, noPurifier, job.buttons, job.progress, errorSlot(store, "check"), summary, list, records.element)));
}
