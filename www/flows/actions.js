// What a person can do, as commands. Views call these; nothing else in the page speaks to the client.

/** @import { Command, DataInfo, DeviceChoice, DroppedFile, Facts, JobKind, Knowledge, OutcomeReport, Place, Settings, Square, State, Words } from "../state/types.js" */
/** @import { Store } from "../state/store.js" */
/** @import { Client } from "../engine/client.js" */
/** @import { Pool } from "../engine/pool.js" */
import { loadWeights } from "../engine/assets.js";
import { attackOf, checkConfig, curveConfig, defenseOf, goalOf, matrixConfig, purifierConfig, rocConfig, trainConfig } from "../state/commands.js";
import { PLACE_OF_JOB, busy, clearCurves, continueCurve, factsOf, held } from "../state/events.js";
import { LESSON, MUSEUM, QUICK_HARDENING, QUICK_PURIFIER } from "../state/lesson.js";
import { START, offerSettings } from "../state/presets.js";
import { go } from "../state/place.js";
import { noFacts } from "../state/store.js";
import { saveBytes } from "../io/files.js";
import { className } from "../words/format.js";
import { readRecord } from "../io/record.js";
import { readLink } from "../state/link.js";
import { isPurifier } from "../io/safetensors.js";
import { t } from "../words/i18n.js";

const MOST_BYTES = 20_000_000;
/** The notebook's purifier, the largest there is, has 110 MB. */
const MOST_WEIGHTS = 200_000_000;
const GALLERY = 60;

/** @typedef {ReturnType<typeof createActions>} Actions */

/** A file's name to show: short, and without characters that turn the writing around. @param {string} name */
const shownName = (name) => name.replace(/[\p{Cc}\p{Cf}]/gu, "").slice(0, 80) || t("actions.pasted-picture");

/** A name that no model has. @param {string} wish @param {string[]} taken @returns {string} */
function freeName(wish, taken) {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wish : `${wish} ${number}`;
    if (!taken.includes(name)) return name;
  }
}

/** @param {Store} store @param {Client} client @param {Pool} pool */
export function createActions(store, client, pool) {
  /** @param {Place} place @param {string} code @param {Words} message */
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
    store.set({ outcome: null, frames: [], subjectName: () => className(classes, index) });
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

  /** A network that comes with the page; a message on the shelf where it cannot be had. @param {string} name */
  async function shipped(name) {
    try {
      return await loadWeights(name);
    } catch (error) {
      complain("shelf", "load", () => t("shelf.not-loaded", name, error instanceof Error ? error.message : String(error)));
      return null;
    }
  }
  /** What is known of the selected model, for a copy of it. @returns {Facts} */
  function knownFacts() {
    const { curves, ...facts } = factsOf(store.get());
    return { ...facts, curves: structuredClone(curves) };
  }

  function showExamples() {
    client.send({ type: "gallery", count: GALLERY, seed: Number(store.get().settings["train.seed"]) }, "page");
  }
  /** @type {DataInfo | null} */
  let shown = null;
  store.always(({ data }) => {
    if (data === shown) return;
    const before = shown;
    shown = data;
    if (!before || !data) return;
    store.set({ outcome: null, frames: [], matrix: null, curve: null, checks: null, rocs: null });
    drawSign();
    showExamples();
  });

  /** Until the job that was just asked for has ended. @param {JobKind} kind @returns {Promise<boolean>} whether it ran to its end */
  const ended = (kind) => new Promise((done) => {
    const before = store.get().job;
    // A short job begins and ends between two looks.
    let begun = false;
    const stop = store.always((state) => {
      begun ||= state.job !== before && state.job?.job === kind;
      const failed = !begun && state.messages[PLACE_OF_JOB[kind]] !== undefined;
      if (!failed && (!begun || busy(state) || (kind === "attack" && state.job?.state === "finished" && !state.outcome))) return;
      stop();
      done(!failed && state.job?.state === "finished");
    });
  });

  /** Attacks with one set of settings after another. @param {Settings[]} runs @returns {Promise<OutcomeReport[] | null>} nothing if one did not end well */
  async function series(runs) {
    /** @type {OutcomeReport[]} */
    const outcomes = [];
    for (const settings of runs) {
      actions.settings(settings);
      actions.attack();
      if (!await ended("attack")) return null;
      const { outcome } = store.get();
      if (!outcome) return null;
      outcomes.push(outcome);
    }
    return outcomes;
  }

  /** Trains a hardened copy of the selected model and measures both. @returns {Promise<boolean>} */
  async function harden() {
    const { shelf, settings } = store.get();
    const name = freeName(t("lesson.hardened"), shelf.models.map((model) => model.name));
    if (!await shelve({ type: "copy_model", name }, { ...noFacts(), trained: true })) return false;
    const before = Object.fromEntries(Object.keys(QUICK_HARDENING).map((key) => [key, settings[key] ?? ""]));
    actions.settings(QUICK_HARDENING);
    actions.train();
    const trained = await ended("train");
    actions.settings(before);
    if (!trained) return false;
    store.set({ compared: [shelf.selected, name] });
    actions.settings({ "matrix.attacks": "pgd", "matrix.defenses": "none", "measure.n": 86, "attack.epsilon": 8 });
    actions.measure("matrix");
    return ended("matrix");
  }

  /** Takes a picture as it is, settings and all, and attacks it again. @param {import("../io/record.js").PictureRecord} picture */
  async function showPicture({ link, image }) {
    actions.settings(readLink(link).settings);
    if (image) {
      await client.ask({ type: "photo", bytes: image }, "photo");
      store.set({ photo: null, outcome: null, frames: [], subjectName: () => t("record.picture") });
      await client.ask({ type: "crop", square: { x: 0, y: 0, size: 32 } }, "photo");
    } else drawSign();
    go("attack");
    actions.attack();
  }

  const actions = {
    /** @param {string} key @param {number | string | boolean} value */
    setting: (key, value) => store.setting(key, value),
    /** @param {Settings} values */
    settings(values) {
      for (const [key, value] of Object.entries(values)) store.setting(key, value);
    },
    async firstPicture() {
      pool.reset();
      drawSign();
      // What a link asks to be shown.
      if (store.get().settings["show"] === "attack" && store.get().trained) {
        store.setting("show", "");
        actions.attack();
      }
      showExamples();
    },
    /**
     * Reads a data set: archives, or the files of a folder.
     * @param {DroppedFile[]} files
     */
    openData(files) {
      if (!ready()) {
        complain("data", "not_ready", () => t("data.not-ready"));
        return;
      }
      const { settings } = store.get();
      const options = { crop: Boolean(settings["data.crop"]), seed: Number(settings["data.seed"]), validation: Number(settings["data.validation"]), test: Number(settings["data.test"]) };
      store.set({ dataFiles: files, loading: null });
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
        complain("photo", "not_ready", () => t("actions.the-engine-is-still"));
        return;
      }
      if (held(store.get())) {
        complain("photo", "busy", () => t("actions.an-attack-is-running"));
        return;
      }
      if (file.size > MOST_BYTES) {
        complain("photo", "too_large", () => t("actions.this-file-has-mb", (file.size / 1e6).toFixed(1)));
        return;
      }
      if (file.size === 0) {
        complain("photo", "empty", () => t("actions.this-file-is-empty"));
        return;
      }
      try {
        const bytes = new Uint8Array(await file.arrayBuffer());
        store.set({ photo: null, photoName: shownName(file.name ?? "") });
        client.send({ type: "photo", bytes }, "photo");
      } catch {
        complain("photo", "unreadable", () => t("actions.the-browser-could-not"));
      }
    },
    /** @param {Square} square */
    crop(square) {
      if (!loose()) return;
      const { photoName } = store.get();
      store.set({ outcome: null, frames: [], photo: null, subjectName: () => t("actions.photo", photoName) });
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
    /** Puts a network that comes with the page on the shelf. @param {string} name */
    async addShipped(name) {
      if (!free()) return;
      const bytes = await shipped(name);
      if (!bytes) return;
      // A purifier belongs to the selected model.
      if (isPurifier(bytes)) await shelve({ type: "import_model", name: store.get().shelf.selected, bytes, architecture: null });
      else await shelve({ type: "import_model", name, bytes, architecture: null }, { ...noFacts(), trained: true });
    },
    /**
     * Makes ready to train one of the networks that come with the page again: its settings, and for a classifier a model on the
     * shelf with fresh weights or with those of a network that comes with the page.
     * @param {string} preset @param {string} begin name of that network; empty for fresh weights
     */
    async setUp(preset, begin) {
      const { presets, data, shelf } = store.get();
      const offer = presets.find(({ name }) => name === preset);
      if (!offer || !free()) return;
      if (offer.classifier) {
        const name = freeName(t("preset.mine", preset), shelf.models.map((model) => model.name));
        const bytes = begin ? await shipped(begin) : null;
        if (begin && !bytes) return;
        const done = bytes
          ? await shelve({ type: "import_model", name, bytes, architecture: null }, { ...noFacts(), trained: true })
          : await shelve({ type: "new_model", name, architecture: offer.model, seed: Number(store.get().settings["model.seed"]) }, noFacts());
        if (!done) return;
      }
      actions.settings(offerSettings(offer, data));
    },
    /** @param {string} name */
    copyModel(name) {
      if (!free()) return;
      void shelve({ type: "copy_model", name }, knownFacts());
    },
    /** The selected model under another name, with all that is known of it. @param {string} name */
    async renameModel(name) {
      if (!free()) return;
      const before = store.get().shelf.selected;
      if (await shelve({ type: "copy_model", name }, knownFacts())) await shelve({ type: "remove_model", name: before });
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
        complain("shelf", "too_large", () => t("actions.this-file-has-mb-2", (file.size / 1e6).toFixed(0)));
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
        complain("shelf", "unreadable", () => t("actions.the-browser-could-not"));
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
    /** The attack of the start: towards a sign, in small steps, with the least of a few strengths that reaches it. @param {number} target */
    async turnInto(target) {
      if (!free()) return;
      actions.settings({ ...START.settings, "goal.class": target });
      // Always from a drawn sign.
      if (store.get().subject?.label == null) {
        store.setting("sign.class", 14);
        drawSign();
      }
      store.set({ seeking: true });
      for (const epsilon of START.strengths) {
        store.setting("attack.epsilon", epsilon);
        actions.attack();
        if (!await ended("attack") || store.get().outcome?.success) break;
      }
      store.set({ seeking: false });
    },
    /** Runs a step of the lesson: what it needs first, then its attacks one after another. @param {string} id */
    async lessonStep(id) {
      const step = LESSON.find((one) => one.id === id);
      if (!step || !free()) return;
      if (step.needs === "purifier" && !store.get().purifier) {
        actions.settings(QUICK_PURIFIER);
        actions.trainPurifier();
        if (!await ended("train_purifier")) return;
      }
      if (step.needs === "hardened" && !await harden()) return;
      const outcomes = await series(step.runs);
      if (outcomes) store.set({ lesson: { ...store.get().lesson, [id]: outcomes } });
    },
    /** Attacks an exhibit of the museum. @param {string} id @param {"weak" | "strong"} how */
    async exhibit(id, how) {
      const exhibit = MUSEUM.find((one) => one.id === id);
      if (!exhibit || !free()) return;
      const [outcome] = await series([exhibit[how]]) ?? [];
      if (outcome) store.set({ museum: { ...store.get().museum, [`${id} ${how}`]: outcome } });
    },
    gradients: () => client.send({ type: "gradients" }, "attack"),
    slice() {
      if (free()) client.send({ type: "slice", seed: Number(store.get().settings["slice.seed"]) }, "attack");
    },
    /** Photos, weights or records that were dropped, pasted or chosen. @param {File[]} files */
    async openFiles(files) {
      const [first] = files;
      if (!first) return;
      if (/\.safetensors$/i.test(first.name)) {
        go("train");
        await actions.openModel(first);
      } else if (/\.json$/i.test(first.name)) {
        go("measure");
        await actions.openRecords(first);
      } else {
        go("data");
        store.set({ photos: files.slice(1) });
        await actions.upload(first);
      }
    },
    /** The next of several photos. */
    async nextPhoto() {
      const [next, ...photos] = store.get().photos;
      if (!next || !loose()) return;
      store.set({ photos });
      await actions.upload(next);
    },
    /** Shows figures, or a picture, that were saved before. @param {File} file */
    async openRecords(file) {
      const found = await readRecord(file);
      if (found.kind === "figures") store.set({ imported: found.records });
      else if (found.kind === "picture") await showPicture(found.picture);
      else complain("page", "record", () => t("record.unknown"));
    },
    predict: (/** @type {string} */ step, /** @type {string} */ answer) => store.set({ predictions: { ...store.get().predictions, [step]: answer } }),
    /** @param {"matrix" | "curve"} which */
    measure(which) {
      if (!free()) return;
      const state = store.get();
      const config = which === "matrix" ? matrixConfig(state) : curveConfig(state);
      if (config.cases.length === 0) {
        complain(which, "nothing", () => t("actions.there-is-nothing-to"));
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
    /** @param {Partial<Pick<State, "madeOn" | "compared" | "transfer" | "reference" | "imported">>} models chosen by name */
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
