// What is dropped, pasted or chosen: photos, weights, records, data sets, kept work.

import { readRecord, type PictureRecord } from "../io/record.js";
import { readLink } from "../state/link.js";
import { go } from "../state/place.js";
import { ATTACKS, DEFENSES, attackKeys, defenseKeys } from "../state/schema.js";
import type { DroppedFile, LoadOptions, Settings } from "../state/types.js";
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
    desk.settings(pictureSettings(link));
    if (image) {
      await desk.ask({ type: "photo", bytes: image }, "photo");
      store.set({ photo: null, outcome: null, frames: [], subjectName: words("record.picture") });
      await desk.ask({ type: "crop", square: { x: 0, y: 0, size: 32 } }, "photo");
    } else await picture.draw();
    go("attack");
    attack.attack();
  }

  const flow = {
    /** Reads a data set: archives, or the files of a folder. */
    async openData(files: DroppedFile[]) {
      const [only] = files;
      if (files.length === 1 && only && /\.zip$/i.test(only.path) && await isKept(only.file)) {
        go("train", "kept");
        await takeKept(new File([only.file], only.path));
        return;
      }
      go("data");
      if (!desk.ready()) return desk.complain("data", "not_ready", words("data.not-ready"));
      if (!desk.free()) return desk.complain("data", "busy", words("data.busy"));
      await flow.load(files);
    },
    /** The same without a look at what it is, and wherever one is. @param options as the settings say, or as it was opened before */
    async load(files: DroppedFile[], options: LoadOptions = loadOptions(store.get().settings)) {
      store.set({ loading: null });
      const { events } = await desk.begin("load", { type: "load", files, options }, "data");
      // One that could not be opened leaves the one before it open.
      if (!events.some(({ type }) => type === "data")) return;
      store.set({ dataFiles: files, dataOptions: options });
      await newSource();
    },
    /** Drawn signs again. */
    async closeData() {
      if (!desk.free()) return;
      const events = await desk.ask({ type: "unload" }, "data");
      if (!events.some(({ type }) => type === "data")) return;
      store.set({ dataFiles: [], dataOptions: null });
      await newSource();
    },
    /** Photos, weights or records that were dropped, pasted or chosen. */
    async openFiles(files: File[]) {
      const [first] = files;
      if (!first) return;
      if (/\.safetensors$/i.test(first.name)) {
        go("train");
        await shelf.openModel(first);
      } else if (/\.json$/i.test(first.name)) {
        go("measure");
        await flow.openRecords(first);
      } else {
        go("data");
        store.set({ photos: files.slice(1) });
        await picture.upload(first);
      }
    },
    /** Shows figures, or a picture, that were saved before. */
    async openRecords(file: File) {
      const found = await readRecord(file);
      if (found.kind === "figures") store.set({ imported: found.records });
      else if (found.kind === "picture") await showPicture(found.picture);
      else desk.complain("page", "record", words("record.unknown"));
    },
  };
  return flow;
}
