// Training: the network, its purifier, and a training that was interrupted.

import { purifierConfig, trainConfig } from "../state/commands.js";
import { classifierNeed, gigabytes, purifierNeed, shortage, type Need } from "../state/memory.js";
import { facts, selectedModel } from "../state/select.js";
import type { ModelInfo, Settings, Training } from "../state/types.js";
import { words } from "../words/say.js";
import type { Result } from "../engine/rpc.js";
import type { Checkpoints } from "../keep/checkpoints.js";
import type { Desk } from "./desk.js";

const LOST: Result = { ending: "lost", events: [] };

const FAILED: Result = { ending: "failed", events: [] };
/** A purifier's batch has two at least. */
const LEAST = { train: 1, train_purifier: 2 };

/** @param room for an engine, in bytes */
export function trainFlow(desk: Desk, checkpoints: Checkpoints, room: number) {
  const { store } = desk;

  /** Whether a training fits; where it does not, its panel says what would. */
  function fits(kind: Training, need: (model: ModelInfo) => Need, batch: number): boolean {
    const model = selectedModel(store.get());
    const lacks = model ? shortage(need(model.info), batch, room, LEAST[kind]) : null;
    if (!lacks) return true;
    const figures = [gigabytes(lacks.needs), gigabytes(room)];
    desk.complain(kind === "train" ? "train" : "purify", "memory", lacks.batch ? words("memory.batch", ...figures, lacks.batch)
      : words("memory.network", ...figures));
    return false;
  }

  /** While a training runs, its checkpoints are kept; when it has ended by itself or by a person, they are of no use. */
  async function kept(run: Promise<Result>): Promise<Result> {
    checkpoints.begin();
    const result = await run;
    await checkpoints.end(result.ending);
    return result;
  }

  const flow = {
    /** @param settings those of the page, or what a lesson puts in their place */
    runTraining(settings: Settings): Promise<Result> {
      if (!desk.free()) return Promise.resolve(LOST);
      const config = trainConfig(settings);
      if (!fits("train", (model) => classifierNeed(model, config.recipe), config.batch_size)) return Promise.resolve(FAILED);
      return kept(desk.begin("train", { type: "train", config }, "train"));
    },
    runPurifier(settings: Settings): Promise<Result> {
      if (!desk.free()) return Promise.resolve(LOST);
      const config = purifierConfig(settings);
      if (!fits("train_purifier", (model) => purifierNeed(model, config), config.batch_size)) return Promise.resolve(FAILED);
      return kept(desk.begin("train_purifier", { type: "train_purifier", config }, "purify"));
    },
    train: () => void flow.runTraining(store.get().settings),
    trainPurifier: () => void flow.runPurifier(store.get().settings),
    /** Goes on with the training that was interrupted, from its last checkpoint. */
    async resumeTraining() {
      const { resumable, models, selected } = store.get();
      if (!resumable || !desk.free()) return;
      const place = resumable.kind === "train" ? "train" : "purify";
      const bytes = await checkpoints.bytes();
      if (!bytes) return desk.complain(place, "checkpoint", words("resume.gone"));
      if (models.has(resumable.model) && selected !== resumable.model) await desk.ask({ type: "select_model", name: resumable.model }, place);
      const { curves } = facts(store.get());
      const last = curves[resumable.kind];
      // What the curve shows of the steps after the checkpoint is drawn again.
      const rows = last.rows.filter(({ step }) => step <= resumable.step);
      const epoch = Math.max(rows.at(-1)?.epoch ?? 0, 0);
      store.set({ crash: store.get().crash?.of === "engine" ? null : store.get().crash });
      await kept(desk.begin(resumable.kind, { type: "continue", checkpoint: bytes }, place, { epoch }));
    },
    /** The interrupted training is given up. */
    forgetTraining: () => checkpoints.forget(),
  };
  return flow;
}
