// Wires the parts together: state from the link, language, engine, what is kept, views.

import { loadWords } from "../engine/assets.js";
import { createClient } from "../engine/client.js";
import { createActions } from "../flows/actions.js";
import { guardClosing } from "../flows/closing.js";
import { createDesk } from "../flows/desk.js";
import { deviceFlow } from "../flows/device.js";
import { keptFlow } from "../flows/kept.js";
import { takeFiles } from "../io/files.js";
import { keepLog } from "../io/report.js";
import { createCheckpoints } from "../keep/checkpoints.js";
import { createKeeper, keptSettings } from "../keep/keeper.js";
import { keepLesson, keptLesson } from "../keep/lesson.js";
import { createOffline } from "../keep/offline.js";
import { createStorage, databaseName } from "../keep/storage.js";
import { createWriter } from "../keep/writer.js";
import { isLink, keptLink, readLink, writeLink } from "../state/link.js";
import { paintingOf } from "../state/painting.js";
import { followAddress } from "../state/place.js";
import { reduce } from "../state/reduce.js";
import { createStore, initialState } from "../state/store.js";
import type { DeviceChoice, Place, State } from "../state/types.js";
import { ask } from "../ui/dialog.js";
import { applyTheme } from "../ui/theme.js";
import { mountViews } from "../views/mount.js";
import { phrase, t, useLanguage } from "../words/i18n.js";
import { say, words } from "../words/say.js";
import { tellOfErrors } from "./guard.js";

/** After a change of a setting, so that a slider does not flood the address. */
const SETTLED_MS = 400;

/** The page's first script has nothing to say any more, unless this browser lacks what the engine needs. */
function begun() {
  document.documentElement.dataset["began"] = "true";
  if (!document.documentElement.dataset["missing"]) document.getElementById("fallback")?.remove();
}

begun();
keepLog();
applyTheme();

const store = createStore(initialState(), (error) => device.pageFailed(error));
const keptState = (patch: Partial<State["kept"]>) => store.set({ kept: { ...store.get().kept, ...patch } });
const storage = createStorage({
  trouble: (trouble) => keptState({ trouble }),
  changed() {
    keptState({ revision: store.get().kept.revision + 1 });
    checkpoints.changed();
  },
});
const client = createClient<Place>({
  heard(events, at) {
    for (const { event, job, place, command } of events) {
      if (event.type === "ready" && !device.accept(event)) return;
      store.update((state) => reduce(state, { type: "event", event, job, at, place }));
      keeper.notice(event, command);
      checkpoints.notice(event);
      if (event.type === "ready") void begin();
      if (event.type === "subject") device.booted();
    }
  },
});
const desk = createDesk(store, client);
const device = deviceFlow(desk);
const keeper = createKeeper(store, client, storage, (error) => device.pageFailed(error));
const checkpoints = createCheckpoints(store, client, storage);
const offline = createOffline(store);
const kept = keptFlow(store, storage);
const actions = createActions(desk, {
  device, keeper, checkpoints, sure: (question) => ask({ title: t("resume.replace-question"), text: say(question), yes: t("resume.replace") }),
});

/** A fresh engine gets the models before it looks at a picture. */
async function begin() {
  const mine = client.generation;
  await keeper.restore();
  if (mine !== client.generation) return;
  await actions.firstPicture();
  if (mine !== client.generation) return;
  await checkpoints.look();
  offline.keepSoon();
}

/** Shows the page in a language; without its words it stays as it is, and says so. */
async function speak(choice: unknown) {
  try {
    await useLanguage(String(choice), loadWords);
  } catch (error) {
    desk.complain("page", "language", words("language.not-fetched", { text: error instanceof Error ? error.message : String(error) }));
  }
}

/** The address follows the settings, and so does the language. */
function follow() {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = store.get().settings;
  store.always(({ settings: now }) => {
    if (now === last) return;
    if (now["language"] !== last["language"]) void speak(now["language"]);
    last = now;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const address = new URL(location.href);
      address.search = writeLink(now);
      try { history.replaceState(history.state, "", address); } catch { /* Refused for a page opened from a file. */ }
    }, SETTLED_MS);
  });
}

/** What the page's own code throws is told; and closing asks while work runs. */
function guard() {
  tellOfErrors(globalThis, (error) => device.pageFailed(error));
  guardClosing({ store, checkpoints, storage }, window, document);
}

/** One tab keeps the work; the others wait for their turn. */
async function takeTurns() {
  const name = databaseName(location);
  const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(name) : undefined;
  return createWriter(name, async (writes) => {
    keptState({ elsewhere: !writes });
    if (writes) await storage.takeUp();
    else {
      await keeper.settled();
      storage.yield();
    }
  }, "locks" in navigator ? navigator.locks : undefined, channel);
}

/**
 * A link says all of its settings, but for those that are the visitor's own: device and language, if it does not say them. Where there is no link,
 * those of the last visit hold; what a teacher had hidden then is not hidden any more.
 */
async function firstSettings() {
  const last = readLink(keptLink(readLink(await keptSettings(storage)).settings)).settings;
  const linked = isLink(location.search, location.hash);
  const { settings, notes, said, place, painting } = readLink(location.search, location.hash);
  const own = ["language", "device"].filter((key) => !said.has(key)).map((key) => [key, last[key] ?? "auto"] as const);
  if (place !== location.hash) {
    try { history.replaceState(null, "", place || "#"); } catch { /* Refused for a page opened from a file. */ }
  }
  const wanted = linked ? { ...settings, ...Object.fromEntries(own) } : last;
  return { settings: wanted, notes: linked ? notes : [], painted: painting.layer };
}

/**
 * An address of which only the part behind the # is another one does not load the page anew: a painting in it is taken all the same. Once only:
 * whoever comes back to it by the browser's button finds what has become of it since.
 */
function followPaintings() {
  const taken = () => {
    try { history.replaceState("taken", ""); } catch { /* As above. */ }
  };
  if (store.get().painted) taken();
  addEventListener("hashchange", () => {
    if (history.state === "taken") return;
    const { layer, note } = paintingOf(location.hash);
    if (note) store.set({ notes: [note] });
    else if (layer) {
      actions.paint(layer);
      taken();
    }
  });
}

async function open() {
  const [first, lesson] = await Promise.all([firstSettings(), keptLesson(storage)]);
  store.set({ ...first, ...lesson });
  keeper.keepSettings();
  keepLesson(store, storage);
  guard();
  // The engine and the words are fetched while the page is built.
  const spoken = speak(store.get().settings["language"]);
  const writer = takeTurns();
  void device.start(store.get().settings["device"] as DeviceChoice);
  // Nothing is shown before there are words for it.
  await spoken;
  followAddress(store, (place) => phrase(`title.${place}`));
  followPaintings();
  takeFiles({
    take: (files, unread) => void actions.open(files, "photo", unread), gather: actions.gather,
    hover: (over) => document.documentElement.toggleAttribute("data-dropping", over),
  });
  follow();
  await mountViews({ store, actions, keeper, kept, offline, takeOver: () => void writer.then((one) => one.takeOver()) });
  // What went wrong on the way here has not kept the page from being there; it is told as a crash, with a report.
  begun();
}

void open();
