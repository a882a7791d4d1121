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
import { forgetCharts } from "../ui/charts.js";
import { text } from "../ui/dom.js";
import { takeFiles } from "../io/files.js";
import { t, useLanguage } from "../words/i18n.js";
import { applyTheme } from "../ui/theme.js";
import { mountAttack } from "../views/attack/attack.js";
import { mountDataset } from "../views/data/dataset.js";
import { mountChecks } from "../views/measure/checks.js";
import { mountCurve } from "../views/measure/curve.js";
import { mountDefend } from "../views/defend/defend.js";
import { mountExamples } from "../views/data/examples.js";
import { mountFooter } from "../views/frame/footer.js";
import { mountKept } from "../views/train/kept.js";
import { mountGlossary } from "../views/learn/glossary.js";
import { mountHeader } from "../views/frame/header.js";
import { mountLesson } from "../views/learn/lesson.js";
import { mountMatrix } from "../views/measure/matrix.js";
import { mountMuseum } from "../views/learn/museum.js";
import { mountNetwork } from "../views/train/network.js";
import { mountNext } from "../views/frame/next.js";
import { mountNotices } from "../views/frame/notices.js";
import { mountPhoto } from "../views/data/photo.js";
import { mountPurify } from "../views/defend/purify.js";
import { mountRecords } from "../views/measure/imported.js";
import { mountResults } from "../views/measure/results.js";
import { mountRoc } from "../views/measure/roc.js";
import { mountShelf } from "../views/train/shelf.js";
import { mountStart } from "../views/start/start.js";
import { mountStatus } from "../views/frame/status.js";
import { mountSubject } from "../views/data/subject.js";
import { mountTeacher } from "../views/frame/teacher.js";
import { mountTrain } from "../views/train/train.js";
import { mountUpdate } from "../views/frame/update.js";
/** @import { App } from "../views/app.js" */
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

/** @type {Record<string, (place: HTMLElement, app: App) => void>} */
const VIEWS = {
  header: mountHeader, status: mountStatus, teacher: mountTeacher, notices: mountNotices, update: mountUpdate, dataset: mountDataset, kept: mountKept, start: mountStart, subject: mountSubject, photo: mountPhoto,
  examples: mountExamples, train: mountTrain, shelf: mountShelf, network: mountNetwork, attack: mountAttack, defend: mountDefend, purify: mountPurify,
  matrix: mountMatrix, curve: mountCurve, checks: mountChecks, roc: mountRoc, records: mountRecords, results: mountResults, lesson: mountLesson, museum: mountMuseum,
  glossary: mountGlossary, next: mountNext, footer: mountFooter,
};

/** @type {() => Promise<void>} lets the browser paint and answer between two views */
const breath = () => new Promise((resolve) => { setTimeout(resolve, 0); });

let turn = 0;
/** Builds every view, in the present language; what was there is put away. */
async function build() {
  turn += 1;
  const mine = turn;
  store.forget();
  forgetCharts();
  delete document.documentElement.dataset["built"];
  for (const place of document.querySelectorAll("[data-words]")) text(place, t(/** @type {HTMLElement} */ (place).dataset["words"] ?? ""));
  document.title = t(`title.${store.get().place}`);
  const status = document.getElementById("status");
  if (status) store.watch((state) => [state.announcement], (words) => text(status, words));
  for (const element of document.querySelectorAll("[data-view]")) {
    const place = /** @type {HTMLElement} */ (element);
    place.replaceChildren();
    VIEWS[place.dataset["view"] ?? ""]?.(place, { store, actions, keeper, storage, offline });
    await breath();
    if (mine !== turn) return;
  }
  document.documentElement.dataset["built"] = "true";
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

/** Words are read when a view is built, so a change of language builds the views anew; the engine and the state stay. */
function watchLanguage() {
  keepLink();
  let language = store.get().settings["language"];
  store.always(({ settings: now }) => {
    if (now["language"] === language) return;
    language = now["language"];
    useLanguage(String(language));
    void build();
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
  followAddress(store, (place) => t(`title.${place}`));
  takeFiles((files) => void actions.openFiles(files), (files) => actions.openData(files), (over) => document.documentElement.toggleAttribute("data-dropping", over));
  watchLanguage();
  await build();
}

void open();
