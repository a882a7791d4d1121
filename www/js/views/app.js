// What every view is given. Types only.

/** @typedef {{ store: import("../state/store.js").Store, actions: import("../engine/actions.js").Actions }} App */

export {};
