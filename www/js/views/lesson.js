/** @import { App } from "./app.js" */

/** @param {HTMLElement} place @param {App} _app */
export function mountLesson(place, _app) {
  place.append("");
}
