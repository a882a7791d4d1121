// All that a person can do, for the views. Nothing else in the page speaks to the engine, but for the keeper.

import { createPool, machine } from "../engine/pool.js";
import { startEngine } from "../engine/assets.js";
import type { Checkpoints } from "../keep/checkpoints.js";
import type { Keeper } from "../keep/keeper.js";
import { isKeptWork } from "../keep/archive.js";
import { roomOf } from "../state/memory.js";
import { facts } from "../state/select.js";
import type { DeviceChoice, State } from "../state/types.js";
import type { Words } from "../words/say.js";
import { attackFlow } from "./attack.js";
import type { Desk } from "./desk.js";
import type { deviceFlow } from "./device.js";
import { filesFlow } from "./files.js";
import { learnFlow } from "./learn.js";
import { measureFlow } from "./measure.js";
import { pictureFlow } from "./picture.js";
import { shelfFlow } from "./shelf.js";
import { showFlow } from "./show.js";
import { stickerFlow } from "./sticker.js";
import { trainFlow } from "./train.js";

export type Actions = ReturnType<typeof createActions>;

interface Parts {
  device: ReturnType<typeof deviceFlow>;
  keeper: Keeper;
  checkpoints: Checkpoints;
  /** Asks the person whether to go on, before something is lost. */
  sure(question: Words): Promise<boolean>;
  /** Of further engines. */
  start?: typeof startEngine;
}

export function createActions(desk: Desk, { device, keeper, checkpoints, sure, start = startEngine }: Parts) {
  const { store, client } = desk;
  const pool = createPool({
    run: (command) => client.run(command, store.get().job?.job === "curve" ? "curve" : "matrix"),
    file: (name, purifier) => client.file(name, purifier, "matrix"),
    hasPurifier: (name) => store.get().models.get(name)?.info.purifier != null,
    start: (failed) => start("cpu", ({ words }) => failed(words)),
    tell: (engines) => store.set({ engines }),
  });
  const picture = pictureFlow(desk);
  const room = roomOf(machine().gib);
  const shelf = shelfFlow(desk, room);
  const attack = attackFlow(desk, picture);
  const files = filesFlow(desk, {
    picture, shelf, attack, isKept: isKeptWork,
    takeKept: async (file) => {
      const text = await keeper.importAll(file);
      store.set({ kept: { ...store.get().kept, taken: { text } } });
    },
  });
  const train = trainFlow(desk, checkpoints, room, { files, sure });
  const measure = measureFlow(desk, pool, room);
  const sticker = stickerFlow(desk);
  const learn = learnFlow(desk, { attack, train, measure, shelf });
  const show = showFlow(desk, { attack, train, shelf });
  const { draw: _, drawn: __, ...ofPicture } = picture;
  const { shelve: ___, ...ofShelf } = shelf;
  const { run: ____, ...ofMeasure } = measure;
  const { run: _____, ...ofAttack } = attack;

  return {
    ...ofPicture, ...ofShelf, ...ofMeasure, ...ofAttack, ...train, ...learn, ...files, ...show, ...sticker,
    settings: desk.settings,
    /** A fresh engine has its models: what it had opened is opened again, and there is a picture. */
    async firstPicture() {
      pool.reset();
      await picture.draw();
      picture.examples();
      const again = device.toReopen();
      if (again) await files.load(again.files, again.options);
      // What a link asks to be shown.
      const { settings } = store.get();
      if (settings["show"] !== "attack") return;
      if (facts(store.get()).trained) {
        store.setting("show", "");
        attack.attack();
      } else desk.complain("page", "show", { key: "link.no-network" });
    },
    /** Models chosen by name. */
    choose: (models: Partial<Pick<State, "madeOn" | "compared" | "transfer" | "reference" | "imported">>) => store.set(models),
    /** Ends the worker; the networks go back to what was last kept of them. */
    abort() {
      pool.end();
      device.abort();
    },
    chooseDevice: (choice: DeviceChoice) => void device.choose(choice),
    /** Starts the engine once more, as it was chosen. */
    tryAgain: () => void device.again(),
    dismissCrash: () => store.set({ crash: null }),
    dismissNotes: () => store.set({ notes: [] }),
  };
}
