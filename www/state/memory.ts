// How much memory a training takes, estimated before it begins: so that what cannot fit is not tried, and a batch that does is named.
//
// The constants are fitted to the greatest memory that trainings took natively (tests/page/memory.test.ts has them): lenet, convnet,
// signnet and purifiers of every width, with batches from 2 to 1,024.

import type { ModelInfo, PurifierConfig, Recipe, Said } from "../engine/protocol.js";
import { makesExamples } from "./commands.js";

/** In bytes: whatever the batch, and for each image of it. */
export interface Need { fixed: number; perImage: number }

const MIB = 2 ** 20;
/** The engine's program, the signs, what it works with. */
const ENGINE = 20 * MIB;
/** Of every parameter: the weight, its gradient, Adam's two moments, the last good state, a checkpoint and a file while they are written. */
const COPIES = 15;
const FLOAT = 4;

/** An image as it is drawn, moved and turned into numbers. */
const IMAGE = 120_000;
/** Each number that a layer gives, forwards and back. */
const NUMBER = 8;
/** A purifier of the browser's size: each channel of its first layer, for an image. */
const CHANNEL = 25_700;
/** The notebook's, whose layers keep the full resolution. */
const NOTEBOOK = { parameters: 27_400_643, perImage: 8_600_000 };
/** Within the loss of a purifier, the classifier answers for the clean and for the purified image, and is not trained. */
const GUIDES = 0.65;
/** A recipe that makes examples has them beside the clean ones, of which it keeps little while it learns from either. */
const EXAMPLES = 1.1;
/** One that was measured to take more: TRADES learns from the answers to both at once. */
const BOTH: Partial<Record<Recipe["kind"], number>> = { trades: 1.4 };
const beside = (kind: Recipe["kind"]): number => BOTH[kind] ?? (makesExamples(kind) ? EXAMPLES : 1);

/** A width's parameters: 194,755 at 16. */
const purifierParameters = ({ notebook, width }: PurifierConfig): number => (notebook ? NOTEBOOK.parameters : 761 * width ** 2);

const pools = ({ code, values }: Said): number =>
  (code === "convolution" && values && "max_pool" in values && typeof values.max_pool === "number" ? values.max_pool : 0);
/** The numbers that the layers give for one image; those before a pooling too. */
const numbersOf = ({ layers }: ModelInfo): number => layers.reduce((sum, { layer, output }) => {
  const numbers = Array.from(output).reduce((product, side) => product * side, 1);
  return sum + numbers * (1 + pools(layer) ** 2);
}, 0);

const perImage = (model: ModelInfo): number =>
  IMAGE + NUMBER * numbersOf(model) + (model.layers.some(({ layer }) => layer.code === "autoencoder") ? CHANNEL * 16 : 0);
const fixed = (parameters: number): number => ENGINE + COPIES * FLOAT * parameters;

export const classifierNeed = (model: ModelInfo, { kind }: Recipe): Need => ({
  fixed: fixed(model.parameters), perImage: perImage(model) * beside(kind),
});
export const purifierNeed = (model: ModelInfo, config: PurifierConfig): Need => ({
  fixed: fixed(purifierParameters(config)) + FLOAT * model.parameters,
  perImage: GUIDES * perImage(model) + (config.notebook ? NOTEBOOK.perImage : CHANNEL * config.width),
});

/** Of a network that is only asked: its file, its weights, and what an attack keeps beside them. */
const RESTING = 3;
const restingPurifier = (parameters: number): number =>
  (parameters >= NOTEBOOK.parameters ? NOTEBOOK.perImage : CHANNEL * Math.sqrt(parameters / 761));

/** An engine that attacks these models, so many images at a time; each through its purifier, where it has one. */
export function evaluationNeed(models: ModelInfo[], batch: number): number {
  const weights = models.reduce((sum, { parameters, purifier }) => sum + RESTING * FLOAT * (parameters + (purifier ?? 0)), 0);
  return ENGINE + weights + batch * Math.max(0, ...models.map((model) => perImage(model) + restingPurifier(model.purifier ?? 0)));
}

/** Room for one engine: WebAssembly addresses 4 GiB, and a small device has other things to hold. @param gib of the device, as the browser says it */
export const roomOf = (gib: number): number => Math.min(3.75, gib / 2) * 2 ** 30;

/** What a training needs beyond the room, and the largest batch that fits; nothing where it fits. */
export function shortage({ fixed: always, perImage: each }: Need, batch: number, room: number, least = 1): { needs: number; batch: number | null } | null {
  const needs = always + each * batch;
  if (needs <= room) return null;
  const most = Math.floor((room - always) / each);
  return { needs, batch: most >= least ? most : null };
}

/** As a sentence has them. */
export const gigabytes = (bytes: number): number => Number((bytes / 1e9).toFixed(1));

/** Files of weights that an engine gets one after another, of so many bytes: all of them there, and one on its way. */
export const shelfNeed = (sizes: number[]): number => sizes.reduce((sum, size) => sum + size, 0) + WEIGHTS_COPIES * Math.max(0, ...sizes);

/** A file of weights, while it is opened: as it was read, as the engine gets it, as numbers, and as it is kept. */
export const WEIGHTS_COPIES = 4;
