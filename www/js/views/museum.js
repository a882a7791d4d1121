/** @import { App } from "./app.js" */

/** @param {HTMLElement} place @param {App} _app */
export function mountMuseum(place, _app) {
  place.append("");
}
