// What the whole page has to say: a crash with its report, and settings of a link that had to be adjusted.

/** @import { App } from "../app.js" */
import { button, h, show, text } from "../../ui/dom.js";
import { errorSlot } from "../../ui/messages.js";
import { t } from "../../words/i18n.js";

/** @param {HTMLElement} place @param {App} app */
export function mountNotices(place, { store, actions }) {
  const sentence = h("p", { testid: "crash-message" });
  const report = h("pre", { testid: "crash-report", attrs: { tabindex: 0, "aria-label": t("notices.report") } });
  const copied = h("span", { attrs: { role: "status" } });
  const cpu = button(t("notices.go-on-with-the"), { testid: "crash-cpu", kind: "primary", onClick: () => actions.chooseDevice("cpu") });
  const again = button(t("notices.again"), { testid: "crash-again", kind: "primary", onClick: () => actions.chooseDevice("cpu") });
  store.watch((state) => [state.device.phase], (phase) => show(again, phase === "stopped"));
  const crash = h("div", { class: "notice notice-error", testid: "crash", attrs: { role: "alert", hidden: true } },
    sentence,
    h("div", { class: "buttons" }, again, cpu,
      button(t("notices.copy-the-report"), { testid: "crash-copy", onClick: () => void copy() }),
      button(t("notices.close"), { testid: "crash-close", onClick: () => actions.dismissCrash() }), copied),
    h("details", { class: "more" }, h("summary", {}, t("notices.report")), report));

  async function copy() {
    try {
      await navigator.clipboard.writeText(report.textContent ?? "");
      text(copied, t("notices.copied"));
    } catch {
      const details = report.closest("details");
      if (details) details.open = true;
      getSelection()?.selectAllChildren(report);
      text(copied, t("notices.the-browser-does-not"));
    }
  }

  store.watch((state) => [state.crash], (value) => {
    show(crash, value !== null);
    text(copied, "");
    if (!value) return;
    text(sentence, value.sentence());
    text(report, value.report);
    show(cpu, value.offerCpu);
  });

  const list = h("ul");
  const notes = h("div", { class: "notice", testid: "link-notes", attrs: { hidden: true } }, h("p", {}, t("notices.some-settings-in-the")), list,
    h("div", { class: "buttons" }, button(t("notices.close"), { testid: "link-notes-close", onClick: () => actions.dismissNotes() })));
  store.watch((state) => [state.notes], (values) => {
    show(notes, values.length > 0);
    list.replaceChildren(...values.map((value) => h("li", {}, value())));
  });
  place.append(crash, notes, errorSlot(store, "page"));
}
