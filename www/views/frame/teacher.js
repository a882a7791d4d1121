// A teacher's link hides parts of the page and fixes settings; this says so, and lets one see everything again.

/** @import { App } from "../app.js" */
import { button, h, show } from "../../ui/dom.js";
import { t } from "../../words/i18n.js";

/** @param {HTMLElement} place @param {App} app */
export function mountTeacher(place, { store, actions }) {
  place.append(h("div", { class: "notice teacher", testid: "teacher" }, h("p", {}, t("teach.set-up")),
    h("div", { class: "buttons" }, button(t("teach.show-all"), { testid: "teacher-all", onClick: () => actions.settings({ "teach.hide": "", "teach.fix": false }) }))));
  store.watch((state) => [state.settings["teach.hide"], state.settings["teach.fix"]], (hide, fix) => {
    document.documentElement.dataset["hide"] = String(hide).replaceAll(",", " ");
    show(place, hide !== "" || fix === true);
  });
  // The panels are built after this view, so it looks again when something has happened.
  store.watch((state) => [state.settings["teach.fix"], state.place, state.subject === null, state.trained, state.gallery], (fix, ..._) => {
    for (const control of document.querySelectorAll(".panel-controls")) control.toggleAttribute("inert", fix === true);
  });
}
