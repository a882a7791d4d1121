// What is dropped, pasted or chosen: photos, weights, records, data sets, kept work.

import { readRecord, type PictureRecord } from "../io/record.js";
import { sortOf } from "../io/sort.js";
import { readLink } from "../state/link.js";
import { fixed } from "../state/select.js";
import { go } from "../state/place.js";
import { ATTACKS, DEFENSES, attackKeys, defenseKeys } from "../state/schema.js";
import type { DroppedFile, LoadOptions, Place, Settings } from "../state/types.js";
import { words } from "../words/say.js";
import type { attackFlow } from "./attack.js";
import type { Desk } from "./desk.js";
import type { Picture } from "./picture.js";
import type { Shelf } from "./shelf.js";

export type Files = ReturnType<typeof filesFlow>;

interface Flows {
  picture: Picture;
  shelf: Shelf;
  attack: ReturnType<typeof attackFlow>;
  takeKept(file: File): Promise<void>;
  isKept(file: Blob): Promise<boolean>;
}

/** What a record of somebody else may set: what the picture and its attack are, and nothing of the visitor's own. */
const OF_A_PICTURE: ReadonlySet<string> = new Set([
  "sign.class", "sign.seed", "goal.kind", "goal.class", "attack.kind", ...ATTACKS.flatMap(attackKeys),
  "defense.kind", ...DEFENSES.flatMap(defenseKeys), "knowledge",
]);

export function pictureSettings(link: string): Settings {
  return Object.fromEntries(Object.entries(readLink(link).settings).filter(([key]) => OF_A_PICTURE.has(key)));
}

/** So many files may be of different sorts; more are a folder's. */
const MOST_SORTED = 32;
/** As the engine. */
const MOST_FILES = 1_000_000;

/** How a data set is read, by the settings. */
function loadOptions(settings: Settings): LoadOptions {
  const number = (key: string) => Number(settings[key]);
  return { crop: Boolean(settings["data.crop"]), seed: number("data.seed"), validation: number("data.validation"), test: number("data.test") };
}

export function filesFlow(desk: Desk, { picture, shelf, attack, takeKept, isKept }: Flows) {
  const { store } = desk;

  /** Images come from elsewhere now: what was measured and shown belongs to the former ones. */
  async function newSource() {
    store.set({ outcome: null, frames: [], matrix: null, curve: null, checks: null, rocs: null });
    await picture.draw();
    picture.examples();
  }

  /** Takes a picture as it is, with the settings of its attack, and attacks it again. */
  async function showPicture({ link, image }: PictureRecord) {
    if (!desk.free()) {
      desk.complain("page", "busy", words("actions.an-attack-is-running"));
      return;
    }
    if (fixed(store.get())) {
      desk.complain("page", "fixed", words("record.fixed"));
      return;
    }
    desk.settings(pictureSettings(link));
    if (image) {
      await desk.ask({ type: "photo", bytes: image }, "photo");
      store.set({ photo: null, outcome: null, frames: [], subjectName: words("record.picture") });
      await desk.ask({ type: "crop", square: { x: 0, y: 0, size: 32 } }, "photo");
    } else await picture.draw();
    go("attack");
    attack.attack();
  }

  /** How to end the search through a folder that was dropped. */
  let stop = () => {};

  const flow = {
    /**
     * Takes whatever was dropped, pasted or chosen to who reads it, wherever that was; and to who was asked for it what nobody reads, for
     * he says what it is.
     * @param by the panel whose button it was chosen with
     * @param unread names of files that the browser could not open
     */
    async open(files: DroppedFile[], by: Place = "photo", unread: string[] = []) {
      const [first] = files;
      if (!first) return;
      const folder = files.some(({ path }) => path.includes("/"));
      const sorts = folder ? [] : await Promise.all(files.slice(0, MOST_SORTED).map(({ file, path }) => sortOf(file, path)));
      const [sort = "other"] = sorts;
      const asFile = (one: DroppedFile) => (one.file instanceof File ? one.file : new File([one.file], one.path));
      if (files.length === 1 && (sort === "archive" || sort === "other") && (by === "kept" || (sort === "archive" && await isKept(first.file)))) {
        go("train", "kept");
        return takeKept(asFile(first));
      }
      if (folder || sorts.includes("archive") || sorts.includes("table") || (by === "data" && sort !== "weights" && sort !== "record")) {
        return flow.openData(files, unread);
      }
      if (sort === "weights" || (sort === "other" && by === "shelf")) {
        go("train");
        for (const [index, one] of files.entries()) if (index === 0 || sorts[index] === "weights") await shelf.openModel(asFile(one));
        return;
      }
      if (sort === "record" || (sort === "other" && by === "page")) {
        if (by !== "page") go("measure");
        return flow.openRecords(first.file);
      }
      go("data");
      store.set({ photos: files.slice(1).map(asFile) });
      await picture.upload(asFile(first));
    },
    /** A folder that was dropped is being looked through. @param found files so far; nothing when it is done */
    gather(found: number | null, end = () => {}) {
      // A new search ends the one before; the same one tells 0 again where the first hundred are all folders.
      if (found === 0 && end !== stop) {
        stop();
        go("data");
      }
      stop = end;
      store.set({ gathering: found });
    },
    stopGathering() {
      stop();
      store.set({ gathering: null });
    },
    /** Reads a data set: archives, or the files of a folder. */
    async openData(files: DroppedFile[], unread: string[] = []) {
      go("data");
      if (!desk.ready()) return desk.complain("data", "not_ready", words("data.not-ready"));
      if (!desk.free()) return desk.complain("data", "busy", words("data.busy"));
      if (files.length > MOST_FILES) return desk.complain("data", "too_many", words("data.too-many", MOST_FILES));
      await flow.load(files, undefined, unread);
    },
    /** The same without a look at what it is, and wherever one is. @param options as the settings say, or as it was opened before */
    async load(files: DroppedFile[], options: LoadOptions = loadOptions(store.get().settings), unread: string[] = []) {
      store.set({ loading: null });
      const { events } = await desk.begin("load", { type: "load", files, options }, "data");
      // One that could not be opened leaves the one before it open.
      if (!events.some(({ type }) => type === "data")) return;
      store.set({ dataFiles: files, dataOptions: options, unread });
      await newSource();
    },
    /** Drawn signs again. */
    async closeData() {
      if (!desk.free()) return;
      const events = await desk.ask({ type: "unload" }, "data");
      if (!events.some(({ type }) => type === "data")) return;
      store.set({ dataFiles: [], dataOptions: null, unread: [] });
      await newSource();
    },
    /** Shows figures, or a picture, that were saved before. */
    async openRecords(file: Blob) {
      const found = await readRecord(file);
      if (found.kind === "figures") store.set({ imported: found.records });
      else if (found.kind === "picture") await showPicture(found.picture);
      else desk.complain("page", "record", words("record.unknown"));
    },
  };
  return flow;
}
