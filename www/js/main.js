// Wires the parts together: state from the link, engine, views.

import { createActions } from "./engine/actions.js";
import { createClient } from "./engine/client.js";
import { createPool } from "./engine/pool.js";
import { createStore, initialState } from "./state/store.js";
import { readLink, writeLink } from "./state/link.js";
import { createKeeper, keptSettings } from "./keep/keeper.js";
import { createOffline } from "./keep/offline.js";
import { createStorage } from "./keep/storage.js";
import { text } from "./lib/dom.js";
import { mountAttack } from "./views/attack.js";
import { mountDataset } from "./views/dataset.js";
import { mountDevice } from "./views/device.js";
import { mountExamples } from "./views/examples.js";
import { mountChecks } from "./views/checks.js";
import { mountCurve } from "./views/curve.js";
import { mountFooter } from "./views/footer.js";
import { mountKept } from "./views/kept.js";
import { mountLead } from "./views/lead.js";
import { mountMatrix } from "./views/matrix.js";
import { mountNetwork } from "./views/network.js";
import { mountNotices } from "./views/notices.js";
import { mountPhoto } from "./views/photo.js";
import { mountPurify } from "./views/purify.js";
import { mountRoc } from "./views/roc.js";
import { mountRoute } from "./views/route.js";
import { mountShelf } from "./views/shelf.js";
import { mountSubject } from "./views/subject.js";
import { mountTrain } from "./views/train.js";
import { mountUpdate } from "./views/update.js";
/** @import { App } from "./views/app.js" */
/** @import { DeviceChoice, State } from "./state/types.js" */

const store = createStore(initialState());
const storage = createStorage({
  trouble: (words) => keptState({ trouble: words }),
  changed: () => keptState({ revision: store.get().kept.revision + 1 }),
});
/** @param {Partial<State["kept"]>} patch */
const keptState = (patch) => store.set({ kept: { ...store.get().kept, ...patch } });
const client = createClient(store, () => void begin());
const keeper = createKeeper(store, client, storage);
const offline = createOffline(store);
const actions = createActions(store, client, createPool(store, client));

/** A fresh engine gets the models before it looks at a picture. */
async function begin() {
  await keeper.restore();
  actions.firstPicture();
  offline.keepSoon();
}

/** @type {Record<string, (place: HTMLElement, app: App) => void>} */
const VIEWS = {
  device: mountDevice, route: mountRoute, notices: mountNotices, lead: mountLead, subject: mountSubject, photo: mountPhoto,
  dataset: mountDataset, shelf: mountShelf, train: mountTrain, examples: mountExamples, network: mountNetwork, attack: mountAttack,
  purify: mountPurify, matrix: mountMatrix, curve: mountCurve, checks: mountChecks, roc: mountRoc, footer: mountFooter,
  kept: mountKept, update: mountUpdate,
};

/** @type {() => Promise<void>} lets the browser paint and answer between two views */
const breath = () => new Promise((resolve) => { setTimeout(resolve, 0); });

async function build() {
  // A link says all of its settings; where there is none, those of the last visit hold.
  const { settings, notes } = readLink(location.search || await keptSettings(storage));
  store.set({ settings, notes });
  keeper.keepSettings();
  // The engine is fetched while the page is built.
  void client.start(/** @type {DeviceChoice} */ (settings["device"]));
  for (const place of document.querySelectorAll("[data-view]")) {
    const mount = VIEWS[/** @type {HTMLElement} */ (place).dataset["view"] ?? ""];
    if (mount) mount(/** @type {HTMLElement} */ (place), { store, actions, keeper, storage, offline });
    await breath();
  }
  const status = document.getElementById("status");
  if (status) store.watch((state) => [state.announcement], (words) => text(status, words));
  keepLink();
  document.documentElement.dataset["built"] = "true";
}

/** The address follows the settings, a moment later, so that a slider does not flood it. */
function keepLink() {
  let timer = 0;
  let first = true;
  store.watch((state) => [state.settings], (now) => {
    if (first) {
      first = false;
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(() => {
      const address = new URL(location.href);
      address.search = writeLink(now);
      try { history.replaceState(null, "", address); } catch { /* Refused for a page opened from a file. */ }
    }, 400);
  });
}

void build();
