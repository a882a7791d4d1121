// What a person can do, as commands. Views call these; nothing else in the page speaks to the client.

/** @import { Command, DataInfo, DeviceChoice, DroppedFile, Facts, Knowledge, Place, Settings, Square, State } from "../state/types.js" */
/** @import { Store } from "../state/store.js" */
/** @import { Client } from "./client.js" */
/** @import { Pool } from "./pool.js" */
import { attackOf, checkConfig, curveConfig, defenseOf, goalOf, matrixConfig, purifierConfig, rocConfig, trainConfig } from "../state/commands.js";
import { busy, clearCurves, continueCurve, factsOf, held } from "../state/events.js";
import { noFacts } from "../state/store.js";
import { saveBytes } from "../lib/files.js";
import { className } from "../lib/format.js";
import { isPurifier } from "../lib/safetensors.js";

const MOST_BYTES = 20_000_000;
/** The notebook's purifier, the largest there is, has 110 MB. */
const MOST_WEIGHTS = 200_000_000;
const GALLERY = 60;

/** @typedef {ReturnType<typeof createActions>} Actions */

/** A file's name to show: short, and without characters that turn the writing around. @param {string} name */
const shownName = (name) => name.replace(/[\p{Cc}\p{Cf}]/gu, "").slice(0, 80) || "pasted picture";

/** A name that no model has. @param {string} wish @param {string[]} taken @returns {string} */
function freeName(wish, taken) {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wish : `${wish} ${number}`;
    if (!taken.includes(name)) return name;
  }
}

/** @param {Store} store @param {Client} client @param {Pool} pool */
export function createActions(store, client, pool) {
  /** @param {Place} place @param {string} code @param {string} message */
  function complain(place, code, message) {
    store.set({ messages: { ...store.get().messages, [place]: { place, code, message } } });
  }
  const ready = () => store.get().device.phase === "ready";
  const free = () => ready() && !busy(store.get());
  const loose = () => ready() && !held(store.get());

  function drawSign() {
    const { settings, classes } = store.get();
    // A data set may have fewer classes than the one before.
    const index = Number(settings["sign.class"]) % Math.max(1, classes.length);
    store.set({ outcome: null, frames: [], subjectName: className(classes, index) });
    client.send({ type: "sign", class: index, seed: Number(settings["sign.seed"]) }, "subject");
  }

  /**
   * Changes the shelf. What the page remembers of the model that is then selected is `facts`, if it is new.
   * @param {Extract<Command, { type: `${string}_model` }>} command @param {Facts} [facts] @returns {Promise<boolean>} whether it was done
   */
  async function shelve(command, facts) {
    const events = await client.ask(command, "shelf");
    if (!events.some((event) => event.type === "shelf")) return false;
    store.set({ ...facts, outcome: null, frames: [], job: null, jobs: {} });
    return true;
  }

  function showExamples() {
    client.send({ type: "gallery", count: GALLERY, seed: Number(store.get().settings["train.seed"]) }, "page");
  }
  /** @type {DataInfo | null} */
  let shown = null;
  store.watch((state) => [state.data], (data) => {
    const before = shown;
    shown = data;
    if (!before || !data || before === data) return;
    store.set({ outcome: null, frames: [], matrix: null, curve: null, checks: null, rocs: null });
    drawSign();
    showExamples();
  });

  const actions = {
    /** @param {string} key @param {number | string | boolean} value */
    setting: (key, value) => store.setting(key, value),
    /** @param {Settings} values */
    settings(values) {
      for (const [key, value] of Object.entries(values)) store.setting(key, value);
    },
    firstPicture() {
      pool.reset();
      drawSign();
      showExamples();
    },
    /**
     * Reads a data set: archives, or the files of a folder.
     * @param {DroppedFile[]} files
     */
    openData(files) {
      if (!ready()) {
        complain("data", "not_ready", "The engine is still starting. Try again in a moment.");
        return;
      }
      const { settings } = store.get();
      const options = { crop: Boolean(settings["data.crop"]), seed: Number(settings["data.seed"]), validation: Number(settings["data.validation"]), test: Number(settings["data.test"]) };
      store.set({ loading: null });
      client.send({ type: "load", files, options }, "data");
    },
    /** Drawn signs again. */
    closeData() {
      if (free()) client.send({ type: "unload" }, "data");
    },
    /** @param {number} index */
    pickSign(index) {
      if (!loose()) return;
      store.setting("sign.class", index);
      drawSign();
    },
    anotherPicture() {
      if (!loose()) return;
      store.setting("sign.seed", (Number(store.get().settings["sign.seed"]) + 1) % 4294967296);
      drawSign();
    },
    redraw() {
      if (loose()) drawSign();
    },
    /** @param {Blob & { name?: string }} file */
    async upload(file) {
      if (!ready()) {
        complain("photo", "not_ready", "The engine is still starting. Try again in a moment.");
        return;
      }
      if (held(store.get())) {
        complain("photo", "busy", "An attack is running on the picture. Wait until it has ended, or cancel it, then choose the photo again.");
        return;
      }
      if (file.size > MOST_BYTES) {
        complain("photo", "too_large", `This file has ${(file.size / 1e6).toFixed(1)} MB. At most 20 MB are read: save a smaller copy and choose that.`);
        return;
      }
      if (file.size === 0) {
        complain("photo", "empty", "This file is empty. Choose a picture: PNG, JPEG, PPM or WebP.");
        return;
      }
      try {
        const bytes = new Uint8Array(await file.arrayBuffer());
        store.set({ photo: null, photoName: shownName(file.name ?? "") });
        client.send({ type: "photo", bytes }, "photo");
      } catch {
        complain("photo", "unreadable", "The browser could not read this file. Choose it again, or choose another.");
      }
    },
    /** @param {Square} square */
    crop(square) {
      if (!loose()) return;
      store.set({ outcome: null, frames: [], photo: null, subjectName: `Photo: ${store.get().photoName}` });
      client.send({ type: "crop", square }, "photo");
    },
    closePhoto: () => store.set({ photo: null }),

    train() {
      if (!free()) return;
      continueCurve(store, "train");
      store.set({ outcome: null, frames: [], collapsed: false });
      client.send({ type: "train", config: trainConfig(store.get().settings) }, "train");
    },
    /** The selected model forgets what it has learned. */
    startOver() {
      if (!free()) return;
      const { settings, shelf } = store.get();
      const architecture = shelf.models.find(({ name }) => name === shelf.selected)?.architecture ?? "lenet";
      void shelve({ type: "new_model", name: shelf.selected, architecture, seed: Number(settings["model.seed"]) }, noFacts());
    },
    /** @param {string} name */
    newModel(name) {
      if (!free()) return;
      const { settings } = store.get();
      void shelve({ type: "new_model", name, architecture: String(settings["model.architecture"]), seed: Number(settings["model.seed"]) }, noFacts());
    },
    /** @param {string} name */
    copyModel(name) {
      if (!free()) return;
      const { curves, ...facts } = factsOf(store.get());
      void shelve({ type: "copy_model", name }, { ...facts, curves: structuredClone(curves) });
    },
    /** @param {string} name */
    selectModel(name) {
      if (free()) void shelve({ type: "select_model", name });
    },
    removeModel() {
      if (free()) void shelve({ type: "remove_model", name: store.get().shelf.selected });
    },
    /** @param {boolean} purifier */
    async saveModel(purifier) {
      if (!ready()) return;
      const events = await client.ask({ type: "export_model", name: store.get().shelf.selected, purifier }, "shelf");
      for (const event of events) if (event.type === "file") saveBytes(event.bytes, event.name, "application/octet-stream");
    },
    /** A classifier goes on the shelf under the file's name, a purifier to the selected model. @param {File} file */
    async openModel(file) {
      if (!free()) return;
      if (file.size > MOST_WEIGHTS) {
        complain("shelf", "too_large", `This file has ${(file.size / 1e6).toFixed(0)} MB. At most 200 MB are read.`);
        return;
      }
      try {
        const bytes = new Uint8Array(await file.arrayBuffer());
        const { shelf } = store.get();
        const purifier = isPurifier(bytes);
        const name = purifier ? shelf.selected : freeName(shownName(file.name).replace(/\.safetensors$/i, "").slice(0, 50), shelf.models.map((model) => model.name));
        // The checksum of a file that another program wrote says nothing of how it was trained.
        await shelve({ type: "import_model", name, bytes, architecture: null }, purifier ? undefined : { ...noFacts(), trained: true });
      } catch {
        complain("shelf", "unreadable", "The browser could not read this file. Choose it again, or choose another.");
      }
    },
    trainPurifier() {
      if (!free()) return;
      clearCurves(store, ["train_purifier"]);
      client.send({ type: "train_purifier", config: purifierConfig(store.get().settings) }, "purify");
    },
    attack() {
      if (!free()) return;
      const { settings, madeOn, shelf } = store.get();
      const source = madeOn !== shelf.selected && shelf.models.some(({ name }) => name === madeOn) ? madeOn : null;
      store.set({ outcome: null, frames: [] });
      client.send({
        type: "attack", attack: attackOf(settings), goal: goalOf(settings), defense: defenseOf(settings),
        knowledge: source ? "oblivious" : /** @type {Knowledge} */ (settings["knowledge"]), source,
      }, "attack");
    },
    /** @param {"matrix" | "curve"} which */
    measure(which) {
      if (!free()) return;
      const state = store.get();
      const config = which === "matrix" ? matrixConfig(state) : curveConfig(state);
      if (config.cases.length === 0) {
        complain(which, "nothing", "There is nothing to measure: choose a defence that the model has, or train a purifier for it.");
        return;
      }
      store.set({ evaluating: which, [which]: { config, accuracies: config.cases.map(() => null), report: null, records: "" } });
      void pool.evaluate(config, which);
    },
    check() {
      if (!free()) return;
      const config = checkConfig(store.get());
      store.set({ checks: { config, checks: [], records: "" } });
      client.send({ type: "check", config }, "check");
    },
    roc() {
      if (!free()) return;
      store.set({ rocs: null });
      client.send({ type: "roc", config: rocConfig(store.get().settings) }, "roc");
    },
    /** @param {Partial<Pick<State, "madeOn" | "compared" | "transfer" | "reference">>} models chosen by name */
    choose: (models) => store.set(models),

    pause() {
      pool.control({ type: "pause" });
      client.send({ type: "pause" }, "page");
    },
    resume() {
      pool.control({ type: "resume" });
      client.send({ type: "resume" }, "page");
    },
    step: () => client.send({ type: "step" }, "page"),
    cancel() {
      const { job } = store.get();
      if (job) store.set({ job: { ...job, cancelling: true } });
      pool.control({ type: "cancel" });
      client.send({ type: "cancel" }, "page");
    },
    /** Ends the worker; the networks go back to what was last kept of them. */
    abort() {
      pool.end();
      client.abort();
    },

    /** @param {DeviceChoice} choice */
    chooseDevice(choice) {
      store.setting("device", choice);
      store.set({ crash: null });
      void client.start(choice);
    },
    dismissCrash: () => store.set({ crash: null }),
    dismissNotes: () => store.set({ notes: [] }),
  };
  return actions;
}
