// The lesson: predict, do, see. What is revealed comes from the engine; nothing is prepared.

/** @import { App } from "../app.js" */
/** @import { Step } from "../../state/lesson.js" */
/** @import { OutcomeReport } from "../../state/types.js" */
import { busy } from "../../state/events.js";
import { LESSON, compared } from "../../state/lesson.js";
import { attr, button, h, show, text } from "../../ui/dom.js";
import { percent, short } from "../../words/format.js";
import { t } from "../../words/i18n.js";
import { tableOf } from "../../ui/tables.js";
import { attackName } from "../shared/names.js";
import { stage } from "./stage.js";

/** @param {HTMLElement} place @param {App} app */
export function mountLesson(place, app) {
  const { store } = app;
  let at = 0;
  const steps = LESSON.map((step, index) => oneStep(step, index, app));
  const tabs = LESSON.map(({ id }, index) => h("button", { class: "lesson-tab", testid: `lesson-tab-${index}`, attrs: { type: "button" }, on: { click: () => turn(index) } },
    h("span", { class: "plaque", attrs: { "aria-hidden": true } }, String(index + 1)), h("span", { class: "lesson-tab-words" }, t(`lesson.${id}.title`))));
  const back = button(t("lesson.back"), { testid: "lesson-back", onClick: () => turn(at - 1) });
  const on = button(t("lesson.on"), { testid: "lesson-on", kind: "primary", onClick: () => turn(at + 1) });
  const end = h("p", { class: "honest" }, t("lesson.end"));
  place.append(h("div", { class: "lesson" },
    h("nav", { class: "lesson-tabs", attrs: { "aria-label": t("lesson.steps") } }, ...tabs),
    h("div", { class: "lesson-body" }, ...steps, end, h("div", { class: "buttons lesson-move" }, back, on))),
    sheet());
  function turn(/** @type {number} */ to) {
    at = Math.min(LESSON.length - 1, Math.max(0, to));
    draw();
    steps[at]?.querySelector("h2")?.focus();
  }
  function draw() {
    steps.forEach((step, index) => show(step, index === at));
    tabs.forEach((tab, index) => attr(tab, "aria-current", index === at ? "step" : null));
    back.disabled = at === 0;
    show(on, at < LESSON.length - 1);
    show(end, at === LESSON.length - 1);
  }
  draw();
  store.watch((state) => [state.lesson], (done) => {
    tabs.forEach((tab, index) => tab.classList.toggle("is-done", Boolean(done[LESSON[index]?.id ?? ""])));
  });
}

/** @param {Step} step @param {number} index @param {App} app */
function oneStep({ id, options, needs, answer }, index, { store, actions }) {
  const title = h("h2", { attrs: { tabindex: -1, id: `lesson-${id}` } }, `${index + 1}. ${t(`lesson.${id}.title`)}`);
  const choices = options.map((option) => {
    const input = h("input", { testid: `lesson-${id}-${option}`, attrs: { type: "radio", name: `lesson-${id}`, id: `lesson-${id}-${option}`, value: option }, on: { change: () => actions.predict(id, option) } });
    return { option, input, element: h("span", { class: "lesson-option" }, input, h("label", { attrs: { for: `lesson-${id}-${option}` } }, t(`lesson.${id}.${option}`))) };
  });
  const run = button(t("lesson.do"), { testid: `lesson-${id}-do`, kind: "primary", onClick: () => void actions.lessonStep(id) });
  const waits = h("p", { class: "fine", testid: `lesson-${id}-waits`, attrs: { "aria-live": "polite" } });
  const judged = h("p", { class: "headline", testid: `lesson-${id}-judged` });
  const explained = h("p", {}, t(`lesson.${id}.reveal`));
  const figures = h("div", { class: "stages" });
  const table = tableOf(t("lesson.figures"), `lesson-${id}-table`, [t("record.model"), t("matrix.clean"), "PGD"]);
  table.element.open = true;
  const reveal = h("div", { class: "lesson-reveal", testid: `lesson-${id}-reveal`, attrs: { "aria-live": "polite" } }, judged, explained, figures, table.element);
  const stages = [stage(`lesson-${id}-0`), stage(`lesson-${id}-1`)];
  figures.append(...stages.map(({ element }) => element));

  /** @param {OutcomeReport[]} outcomes @returns {string} what came true */
  function truth(outcomes) {
    if (answer) return answer(outcomes);
    const found = compared(store.get());
    if (!found?.report) return "";
    const names = [...new Set(found.config.cases.map(({ model }) => model))];
    const share = (/** @type {string | undefined} */ model, /** @type {boolean} */ attacked) => found.report?.cases.find((one) => one.case.model === model && (one.case.attack != null) === attacked)?.accuracy.value ?? 0;
    const clean = share(names[1], false) - share(names[0], false);
    const robust = share(names[1], true) - share(names[0], true);
    table.show(names.map((name) => [name, percent(share(name, false)), percent(share(name, true))]));
    return robust > 0 && clean < 0 ? "robust" : robust > 0 ? "both" : "clean";
  }
  store.watch((state) => [state.predictions, state.lesson, state.classes, busy(state), state.trained, state.matrix], (predictions, lesson, classes, running, trained, _matrix) => {
    const mine = predictions[id];
    for (const { option, input } of choices) {
      input.checked = mine === option;
      input.disabled = running;
    }
    const done = lesson[id];
    run.disabled = !mine || running || !trained;
    text(run, done ? t("lesson.again") : t("lesson.do"));
    text(waits, !trained ? t("lesson.untrained") : !mine ? t("lesson.predict-first") : running ? t("lesson.running") : needs && !done ? t(`lesson.needs.${needs}`) : "");
    show(reveal, Boolean(done));
    if (!done) return;
    const came = truth(done);
    show(table.element, !answer);
    text(judged, `${mine === came ? t("lesson.right") : t("lesson.wrong")} ${came ? t(`lesson.${id}.${came}`) : ""}`);
    judged.dataset["right"] = String(mine === came);
    stages.forEach(({ element, show: put }, i) => {
      const outcome = done[i];
      show(element, outcome !== undefined);
      if (outcome) put(outcome, classes);
    });
    text(explained, `${t(`lesson.${id}.reveal`)} ${done.length > 1 && id === "cw" ? t("lesson.compare", done.map((outcome) => `${attackName(outcome.attack)} L2 ${short(outcome.l2)}`).join(", ")) : ""}`);
  });
  return h("section", { class: "lesson-step", testid: `lesson-${id}`, attrs: { "aria-labelledby": `lesson-${id}` } }, title,
    h("p", { class: "lesson-text" }, t(`lesson.${id}.text`)),
    h("fieldset", { class: "lesson-question" }, h("legend", {}, t(`lesson.${id}.question`)), ...choices.map(({ element }) => element)),
    h("div", { class: "buttons" }, run), waits, reveal);
}

/** What is printed: the questions, with room for answers. */
function sheet() {
  return h("section", { class: "sheet-print", attrs: { "aria-hidden": true } }, h("p", { class: "sheet-title" }, t("sheet.title")), h("p", {}, t("sheet.name")),
    h("ol", {}, ...LESSON.map(({ id, options }) => h("li", {}, h("strong", {}, t(`lesson.${id}.title`)), h("p", {}, t(`lesson.${id}.question`)),
      h("p", { class: "sheet-options" }, ...options.map((option) => h("span", {}, `☐ ${t(`lesson.${id}.${option}`)}`))), h("p", { class: "sheet-line" }, t("sheet.seen"))))));
}
