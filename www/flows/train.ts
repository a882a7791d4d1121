// Training: the network, its purifier, and a training that was interrupted.

import { epochAt } from "../state/curves.js";
import { purifierConfig, trainConfig } from "../state/commands.js";
import { classifierNeed, gigabytes, purifierNeed, shortage, type Need } from "../state/memory.js";
import { factsOf, selectedModel } from "../state/select.js";
import type { Command, ModelInfo, Position, Resumable, Settings, Training } from "../state/types.js";
import { words, type Words } from "../words/say.js";
import type { Result } from "../engine/rpc.js";
import { isOpen, type Begun, type Checkpoints } from "../keep/checkpoints.js";
import type { Desk } from "./desk.js";
import type { Files } from "./files.js";

const LOST: Result = { ending: "lost", events: [] };

const FAILED: Result = { ending: "failed", events: [] };
/** A purifier's batch has two at least. */
const LEAST = { train: 1, train_purifier: 2 };
const PLACE = { train: "train", train_purifier: "purify" } as const;

interface Ways {
  /** Whatever opens and closes data sets. */
  files: Pick<Files, "load" | "closeData">;
  /** Asks the person whether to go on, before something is lost. */
  sure(question: Words): Promise<boolean>;
}

/** @param room for an engine, in bytes */
export function trainFlow(desk: Desk, checkpoints: Checkpoints, room: number, { files, sure }: Ways) {
  const { store } = desk;
  /** Between the wish to go on and the engine's first word. */
  let resuming = false;

  /** Bytes that a training takes, if it fits; where it does not, its panel says what would. */
  function fits(kind: Training, need: (model: ModelInfo) => Need, batch: number): number | null {
    const model = selectedModel(store.get());
    if (!model) return 0;
    const estimate = need(model.info);
    const lacks = shortage(estimate, batch, room, LEAST[kind]);
    if (!lacks) return estimate.fixed + estimate.perImage * batch;
    const figures = [gigabytes(lacks.needs), gigabytes(room)];
    desk.complain(PLACE[kind], "memory", lacks.batch ? words("memory.batch", ...figures, lacks.batch) : words("memory.network", ...figures));
    return null;
  }

  /** While a training runs, its checkpoints are kept. */
  async function kept(training: Begun, command: Command, from?: Position, transfer: Transferable[] = []): Promise<Result> {
    const run = desk.begin(training.kind, command, PLACE[training.kind], { ...(from ? { from } : {}), transfer });
    checkpoints.begin(training);
    const result = await run;
    await checkpoints.end(result.ending);
    return result;
  }

  /** A training of the selected model; one of the same kind that waits to go on cannot any more, once this one is kept in its place. */
  async function begin(kind: Training, command: Command, needs: number): Promise<Result> {
    const { selected: model, resumable, otherResumables } = store.get();
    const older = [resumable, ...otherResumables].find((one) => one?.kind === kind && one.model === model);
    if (older && (!await sure(words(`resume.replaces.${kind}`, model, older.step, older.steps)) || !desk.free())) return LOST;
    return kept({ kind, model, needs }, command);
  }

  /** Whether what a training learned from is open: a kept data set is opened as it was, drawn signs are always there. */
  async function opened({ kind, data }: Resumable): Promise<boolean> {
    if (data === null || isOpen(store.get(), data)) return true;
    if (data === "drawn") {
      await files.closeData();
      return isOpen(store.get(), data);
    }
    const found = await checkpoints.dataset(data.set);
    if (found.length > 0) await files.load(found, data.options);
    if (isOpen(store.get(), data)) return true;
    desk.complain(PLACE[kind], "other_data", words("resume.needs-set", { text: data.set }));
    return false;
  }

  async function goOn(one: Resumable) {
    const { kind, model, needs, step, position } = one;
    const place = PLACE[kind];
    if (needs !== null && needs > room) return desk.complain(place, "memory", words("memory.resume", gigabytes(needs), gigabytes(room)));
    if (!await opened(one)) return undefined;
    const bytes = await checkpoints.bytes(one);
    if (!bytes) {
      await checkpoints.look();
      return desk.complain(place, "checkpoint", words("resume.gone"));
    }
    const { models, selected } = store.get();
    if (models.has(model) && selected !== model) await desk.ask({ type: "select_model", name: model }, place);
    if (!desk.free()) return undefined;
    const from: Position = position ? { model, ...position } : { model, epoch: epochAt(factsOf(store.get(), model).curves[kind], step) };
    store.set({ crash: store.get().crash?.of === "engine" ? null : store.get().crash });
    await kept({ kind, model, needs: needs ?? 0, entry: one.entry }, { type: "continue", checkpoint: bytes }, from, [bytes.buffer]);
    return undefined;
  }

  const flow = {
    /** @param settings those of the page, or what a lesson puts in their place */
    async runTraining(settings: Settings): Promise<Result> {
      if (!desk.free()) return LOST;
      const config = trainConfig(settings);
      const needs = fits("train", (model) => classifierNeed(model, config.recipe), config.batch_size);
      return needs === null ? FAILED : begin("train", { type: "train", config }, needs);
    },
    async runPurifier(settings: Settings): Promise<Result> {
      if (!desk.free()) return LOST;
      const config = purifierConfig(settings);
      const needs = fits("train_purifier", (model) => purifierNeed(model, config), config.batch_size);
      return needs === null ? FAILED : begin("train_purifier", { type: "train_purifier", config }, needs);
    },
    train: () => void flow.runTraining(store.get().settings),
    trainPurifier: () => void flow.runPurifier(store.get().settings),
    /** Goes on with a training that was interrupted, from its last checkpoint. What is kept of it stays until it has come to its end. */
    async resumeTraining(one: Resumable | null = store.get().resumable) {
      if (!one || resuming || !desk.free()) return;
      resuming = true;
      try {
        await goOn(one);
      } finally {
        resuming = false;
      }
    },
    /** An interrupted training is given up. */
    async forgetTraining(one: Resumable | null = store.get().resumable) {
      if (one) await checkpoints.forget(one);
    },
  };
  return flow;
}
