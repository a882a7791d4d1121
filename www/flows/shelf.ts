// The shelf of models: new ones, copies, those that come with the page, files.

import { loadWeights } from "../engine/assets.js";
import { saveBytes } from "../io/files.js";
import { isPurifier } from "../io/safetensors.js";
import { WEIGHTS_COPIES, gigabytes } from "../state/memory.js";
import { offerSettings } from "../state/presets.js";
import { withFacts } from "../state/reduce.js";
import { busy, facts, hasPurifier } from "../state/select.js";
import { noFacts } from "../state/store.js";
import { t } from "../words/i18n.js";
import { words } from "../words/say.js";
import type { Command, Facts } from "../state/types.js";
import { freeName, plainName, type Desk } from "./desk.js";

/** The notebook's purifier, the largest there is, has 110 MB. */
const MOST_WEIGHTS = 200_000_000;

export type Shelf = ReturnType<typeof shelfFlow>;

/** Of a model that has been trained elsewhere. */
export const trainedFacts = (): Facts => ({ ...noFacts(), trained: true });

/** @param room for an engine, in bytes */
export function shelfFlow(desk: Desk, room: number) {
  const { store } = desk;

  /**
   * Changes the shelf. What is known of the model that is then selected is `known`, if it is new. Tells whether it was done. A file is
   * handed over: it is not there any more afterwards.
   */
  async function shelve(command: Extract<Command, { type: `${string}_model` }>, known?: Facts): Promise<boolean> {
    const events = await desk.ask(command, "shelf", command.type === "import_model" ? [command.bytes.buffer] : []);
    if (!events.some((event) => event.type === "shelf")) return false;
    if (known) store.update((state) => withFacts(state, known));
    // What a person has begun in the meantime goes on.
    store.set({ outcome: null, frames: [], ...(busy(store.get()) ? {} : { job: null, jobs: {} }) });
    return true;
  }
  /** What is known of the selected model, for a copy of it. */
  const copied = () => structuredClone(facts(store.get()));
  const names = () => [...store.get().models.keys()];

  /** A network that comes with the page; a message on the shelf where it cannot be had. */
  async function shipped(name: string) {
    try {
      return await loadWeights(name);
    } catch (error) {
      desk.complain("shelf", "load", words("shelf.not-loaded", name, error instanceof Error ? error.message : String(error)));
      return null;
    }
  }
  /** What is known of such a network: how it was trained, too. */
  const shippedFacts = (name: string): Facts =>
    ({ ...trainedFacts(), recipe: store.get().presets.find((offer) => offer.name === name)?.classifier?.recipe ?? null });

  function fresh(name: string, architecture: string) {
    return shelve({ type: "new_model", name, architecture, seed: Number(store.get().settings["model.seed"]) }, noFacts());
  }

  return {
    shelve, shippedFacts,
    /** A copy of the selected model under a free name, which is told. */
    async copyAs(wish: string): Promise<string | null> {
      const name = freeName(wish, names());
      return await shelve({ type: "copy_model", name }, copied()) ? name : null;
    },
    /** The selected model forgets what it has learned. */
    startOver() {
      const { models, selected } = store.get();
      if (desk.free()) void fresh(selected, models.get(selected)?.info.architecture ?? "lenet");
    },
    newModel(name: string) {
      if (desk.free()) void fresh(name, String(store.get().settings["model.architecture"]));
    },
    /** Puts a network that comes with the page on the shelf. */
    async addShipped(name: string) {
      if (!desk.free()) return;
      const bytes = await shipped(name);
      if (!bytes) return;
      // A purifier belongs to the selected model.
      if (isPurifier(bytes)) await shelve({ type: "import_model", name: store.get().selected, bytes, architecture: null });
      else await shelve({ type: "import_model", name, bytes, architecture: null }, shippedFacts(name));
    },
    /** The purifier that comes with the page, for a selected model that has none. Tells whether it has one now. */
    async lendPurifier(): Promise<boolean> {
      if (hasPurifier(store.get())) return true;
      if (!desk.free()) return false;
      const name = store.get().selected;
      const bytes = await shipped("purifier");
      if (!bytes || !desk.free() || store.get().selected !== name || hasPurifier(store.get())) return hasPurifier(store.get());
      return shelve({ type: "import_model", name, bytes, architecture: null });
    },
    /** A new model of the selected one's kind, which knows nothing. Tells whether it is there. */
    async another(wish: string): Promise<boolean> {
      const { models, selected } = store.get();
      return desk.free() && fresh(freeName(wish, names()), models.get(selected)?.info.architecture ?? "lenet");
    },
    /**
     * Makes ready to train one of the networks that come with the page again: its settings, and for a classifier a model on the
     * shelf with fresh weights or with those of a network that comes with the page.
     * @param begin name of that network; empty for fresh weights
     */
    async setUp(preset: string, begin: string) {
      const { presets, data } = store.get();
      const offer = presets.find(({ name }) => name === preset);
      if (!offer || !desk.free()) return;
      if (offer.classifier) {
        const name = freeName(t("preset.mine", preset), names());
        const bytes = begin ? await shipped(begin) : null;
        if (begin && !bytes) return;
        const done = bytes ? await shelve({ type: "import_model", name, bytes, architecture: null }, shippedFacts(begin)) : await fresh(name, offer.model);
        if (!done) return;
      }
      desk.settings(offerSettings(offer, data));
    },
    copyModel(name: string) {
      if (desk.free()) void shelve({ type: "copy_model", name }, copied());
    },
    /** The selected model under another name, with all that is known of it. */
    async renameModel(name: string) {
      if (!desk.free()) return;
      const before = store.get().selected;
      if (await shelve({ type: "copy_model", name }, copied())) await shelve({ type: "remove_model", name: before });
    },
    selectModel(name: string) {
      if (desk.free()) void shelve({ type: "select_model", name });
    },
    removeModel() {
      if (desk.free()) void shelve({ type: "remove_model", name: store.get().selected });
    },
    async saveModel(purifier: boolean) {
      if (!desk.ready()) return;
      desk.clear("shelf");
      const file = await desk.client.file(store.get().selected, purifier, "shelf");
      if (file) saveBytes(file.bytes, file.name, "application/octet-stream");
    },
    /** A classifier goes on the shelf under the file's name, a purifier to the selected model. */
    async openModel(file: File) {
      if (!desk.free()) return;
      if (file.size > MOST_WEIGHTS) {
        desk.complain("shelf", "too_large", words("actions.this-file-has-mb-2", (file.size / 1e6).toFixed(0)));
        return;
      }
      const needs = file.size * WEIGHTS_COPIES;
      if (needs > room) {
        desk.complain("shelf", "memory", words("memory.file", gigabytes(needs), gigabytes(room)));
        return;
      }
      try {
        const bytes = new Uint8Array(await file.arrayBuffer());
        const purifier = isPurifier(bytes);
        const wish = plainName(file.name).replace(/\.safetensors$/i, "").slice(0, 50) || t("actions.pasted-picture");
        const name = purifier ? store.get().selected : freeName(wish, names());
        // The checksum of a file that another program wrote says nothing of how it was trained.
        await shelve({ type: "import_model", name, bytes, architecture: null }, purifier ? undefined : trainedFacts());
      } catch {
        desk.complain("shelf", "unreadable", words("actions.the-browser-could-not"));
      }
    },
  };
}
