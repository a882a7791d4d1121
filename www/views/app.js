// What every view is given. Types only.

/** @typedef {{ store: import("../state/store.js").Store, actions: import("../flows/actions.js").Actions,
 *   keeper: import("../keep/keeper.js").Keeper, storage: import("../keep/storage.js").Storage, offline: import("../keep/offline.js").OfflineCopy }} App */

export {};
