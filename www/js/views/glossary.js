/** @import { App } from "./app.js" */

/** @param {HTMLElement} place @param {App} _app */
export function mountGlossary(place, _app) {
  place.append("");
}
