// What is read off the state.

import { isEmpty, type Layer } from "./brush.js";
import type { Facts, JobKind, Model, ModelInfo, OutcomeReport, Place, Settings, State } from "./types.js";
import { words, type Words } from "../words/say.js";
import { noFacts } from "./store.js";

/** The place in which each panel is; `page` and `start` are where they say. */
export const PLACE_OF: Record<Place, string> = {
  data: "data", photo: "data", subject: "data", train: "train", shelf: "train", kept: "train", attack: "attack", purify: "defend",
  matrix: "measure", curve: "measure", check: "measure", roc: "measure", sticker: "sticker", start: "start", lesson: "lesson", museum: "museum", page: "",
};
export const nameOfJob = (kind: JobKind): Words => words(`job.${kind}`);

/** For reports: which device it is, as its adapter calls itself. */
export function nameOfDevice({ kind, adapter }: Pick<State["device"], "kind" | "adapter">): string {
  if (kind === null) return "none";
  return `${kind === "gpu" ? "WebGPU" : "CPU"} ${adapter?.message ?? adapter?.code ?? ""}`.trim();
}

export const busy = ({ job }: Pick<State, "job">): boolean => job !== null && (job.state === "running" || job.state === "paused");

/** Whether the picture has to stay as it is: an attack works on it. Under any other job one may look around. */
export const held = (state: Pick<State, "job">): boolean => busy(state) && state.job?.job === "attack";

/** Settings of the page itself, which a teacher fixes for nobody; and the teacher's own, for one can always see everything again. */
const FREE: ReadonlySet<string> = new Set(["language", "device", "teach.hide", "teach.fix"]);
/** Whether a teacher has fixed what the link says: it can be seen, and not changed. */
export const fixed = ({ settings }: Pick<State, "settings">): boolean => settings["teach.fix"] === true;
/** What of these settings a person may change. */
export const changeable = (state: Pick<State, "settings">, values: Settings): Settings =>
  (fixed(state) ? Object.fromEntries(Object.entries(values).filter(([key]) => FREE.has(key))) : values);

/** Whether the goal was met before anything was changed: then there was nothing to fool. */
export function metBefore({ goal, label, original }: Pick<OutcomeReport, "goal" | "label" | "original">): boolean {
  const read = original.top[0]?.class;
  return goal.kind === "targeted" ? read === goal.class : read !== label;
}

const NO_FACTS: Facts = noFacts();

/** What is known of a model. */
export const factsOf = ({ models }: Pick<State, "models">, name: string): Facts => models.get(name)?.facts ?? NO_FACTS;
/** What is known of the selected one. */
export const facts = (state: Pick<State, "models" | "selected">): Facts => factsOf(state, state.selected);
export const selectedModel = ({ models, selected }: Pick<State, "models" | "selected">): Model | null => models.get(selected) ?? null;
/** Whether the selected model has a purifier. */
export const hasPurifier = (state: Pick<State, "models" | "selected">): boolean => selectedModel(state)?.info.purifier != null;

/** What is on the sign: a sticker that is being made, or was; or what somebody has painted since, and not rubbed out again. */
export const onSign = ({ sticking, painted }: Pick<State, "sticking" | "painted">): Layer | null =>
  sticking?.report?.sticker.rgba ?? sticking?.frame?.sticker.rgba ?? (painted && !isEmpty(painted) ? painted : null);

let last: { models: State["models"]; infos: ModelInfo[] } | null = null;
/** The shelf as the engine tells of it; the same list as long as it is the same shelf. */
export function infos({ models }: Pick<State, "models">): ModelInfo[] {
  if (last?.models !== models) last = { models, infos: Array.from(models.values(), ({ info }) => info) };
  return last.infos;
}
