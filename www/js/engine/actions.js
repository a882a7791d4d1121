// What a person can do, as commands. Views call these; nothing else in the page speaks to the client.

/** @import { DeviceChoice, Place, Settings, Square } from "../state/types.js" */
/** @import { Store } from "../state/store.js" */
/** @import { Client } from "./client.js" */
import { attackOf, goalOf, purifierConfig, tableConfig, trainConfig } from "../state/schema.js";
import { busy, clearCurves, continueCurve, held } from "../state/events.js";
import { className } from "../lib/format.js";

const MOST_BYTES = 20_000_000;
const GALLERY = 60;

/** @typedef {ReturnType<typeof createActions>} Actions */

/** A file's name to show: short, and without characters that turn the writing around. @param {string} name */
const shownName = (name) => name.replace(/[\p{Cc}\p{Cf}]/gu, "").slice(0, 80) || "pasted picture";

/** @param {Store} store @param {Client} client */
export function createActions(store, client) {
  /** @param {Place} place @param {string} code @param {string} message */
  function complain(place, code, message) {
    store.set({ messages: { ...store.get().messages, [place]: { place, code, message } } });
  }
  const ready = () => store.get().device.phase === "ready";
  const free = () => ready() && !busy(store.get());
  const loose = () => ready() && !held(store.get());

  function drawSign() {
    const { settings, classes } = store.get();
    const index = Number(settings["sign.class"]);
    store.set({ outcome: null, attacking: null, subjectName: className(classes, index) });
    client.send({ type: "sign", class: index, seed: Number(settings["sign.seed"]) }, "subject");
  }

  const actions = {
    /** @param {string} key @param {number | string | boolean} value */
    setting: (key, value) => store.setting(key, value),
    /** @param {Settings} values */
    settings(values) {
      for (const [key, value] of Object.entries(values)) store.setting(key, value);
    },
    firstPicture() {
      drawSign();
      client.send({ type: "gallery", count: GALLERY, seed: Number(store.get().settings["train.seed"]) }, "page");
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
      store.set({ outcome: null, attacking: null, photo: null, subjectName: `Photo: ${store.get().photoName}` });
      client.send({ type: "crop", square }, "photo");
    },
    closePhoto: () => store.set({ photo: null }),

    train() {
      if (!free()) return;
      continueCurve(store, "train");
      store.set({ outcome: null });
      client.send({ type: "train", config: trainConfig(store.get().settings) }, "train");
    },
    startOver() {
      if (!free()) return;
      clearCurves(store, ["train", "train_purifier"]);
      store.set({ trained: false, validated: null, purifier: false, outcome: null, table: null, job: null, jobs: {} });
      client.send({ type: "reset_model", seed: Number(store.get().settings["model.seed"]) }, "train");
    },
    trainPurifier() {
      if (!free()) return;
      clearCurves(store, ["train_purifier"]);
      client.send({ type: "train_purifier", config: purifierConfig(store.get().settings) }, "purify");
    },
    attack() {
      if (!free()) return;
      const { settings } = store.get();
      store.set({ outcome: null, attacking: null });
      client.send({ type: "attack", attack: attackOf(settings), goal: goalOf(settings) }, "attack");
    },
    measure() {
      if (!free()) return;
      store.set({ table: null });
      client.send({ type: "table", config: tableConfig(store.get().settings) }, "table");
    },

    pause: () => client.send({ type: "pause" }, "page"),
    resume: () => client.send({ type: "resume" }, "page"),
    step: () => client.send({ type: "step" }, "page"),
    cancel() {
      const { job } = store.get();
      if (job) store.set({ job: { ...job, cancelling: true } });
      client.send({ type: "cancel" }, "page");
    },
    /** Ends the worker; the networks of this session are lost. */
    abort: () => client.abort(),

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
