// Wires the parts together: state from the link, language, engine, views.

import { createActions } from "../flows/actions.js";
import { createClient } from "../engine/client.js";
import { createPool } from "../engine/pool.js";
import { followAddress } from "../state/place.js";
import { createStore, initialState } from "../state/store.js";
import { readLink, writeLink } from "../state/link.js";
import { createKeeper, keptSettings } from "../keep/keeper.js";
import { createOffline } from "../keep/offline.js";
import { createStorage } from "../keep/storage.js";
import { takeFiles } from "../io/files.js";
import { phrase, useLanguage } from "../words/i18n.js";
import { applyTheme } from "../ui/theme.js";
import { mountViews } from "../views/mount.js";
/** @import { DeviceChoice, State } from "../state/types.js" */

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

/** The address follows the settings, a moment later, so that a slider does not flood it. */
function keepLink() {
  let timer = 0;
  let last = store.get().settings;
  store.always(({ settings: now }) => {
    if (now === last) return;
    last = now;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const address = new URL(location.href);
      address.search = writeLink(now);
      try { history.replaceState(null, "", address); } catch { /* Refused for a page opened from a file. */ }
    }, 400);
  });
}

/** Whatever shows words follows the language. */
function watchLanguage() {
  keepLink();
  let language = store.get().settings["language"];
  store.always(({ settings: now }) => {
    if (now["language"] === language) return;
    language = now["language"];
    useLanguage(String(language));
  });
}

async function open() {
  // A link says all of its settings; where there is none, those of the last visit hold.
  const { settings, notes } = readLink(location.search || await keptSettings(storage), useLanguage);
  store.set({ settings, notes });
  keeper.keepSettings();
  applyTheme();
  // The engine is fetched while the page is built.
  void client.start(/** @type {DeviceChoice} */ (settings["device"]));
  followAddress(store, (place) => phrase(`title.${place}`));
  takeFiles((files) => void actions.openFiles(files), (files) => actions.openData(files), (over) => document.documentElement.toggleAttribute("data-dropping", over));
  watchLanguage();
  await mountViews({ store, actions, keeper, storage, offline });
}

void open();
