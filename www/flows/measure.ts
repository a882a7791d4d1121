// Figures: the matrix, the curve, the checks, the detector.

import { CHUNK, machine, modelsOf, roomFor, type Pool } from "../engine/pool.js";
import { checkConfig, curveConfig, matrixConfig, rocConfig } from "../state/commands.js";
import { evaluationNeed, gigabytes } from "../state/memory.js";
import { reduce, type Before } from "../state/reduce.js";
import { infos } from "../state/select.js";
import type { EvaluationConfig, Place, Report, Split } from "../state/types.js";
import { words } from "../words/say.js";
import type { Desk } from "./desk.js";

export type Measure = ReturnType<typeof measureFlow>;

/** @param room for an engine, in bytes @param here the machine */
export function measureFlow(desk: Desk, pool: Pool, room: number, here = machine) {
  const { store } = desk;
  /** Between the wish and the first word of the engine. */
  let starting = false;

  /** Bytes that an engine takes for a measurement, if it fits; where it does not, its panel says so. */
  function fits(place: Place, names: (string | null | undefined)[]): number | null {
    const needs = evaluationNeed(infos(store.get()).filter(({ name }) => names.includes(name)), CHUNK);
    if (needs <= room) return needs;
    desk.complain(place, "memory", words("memory.evaluation", gigabytes(needs), gigabytes(room)));
    return null;
  }

  /** Engines that are of use, and as many as were asked for. A loaded data set lies in the first engine's memory only. */
  function engines(needs: number): { most: number; wanted?: number } {
    const { data, device, settings } = store.get();
    if (device.kind !== "cpu" || data?.set) return { most: 1 };
    const wish = settings["measure.engines"];
    return { most: roomFor(wish, here(), needs), ...(wish === "auto" ? {} : { wanted: Number(wish) }) };
  }

  const flow = {
    /** Runs an evaluation; its report, if it ran to its end. */
    async run(which: "matrix" | "curve", config: EvaluationConfig): Promise<Report | null> {
      if (!desk.free() || starting) return null;
      if (config.cases.length === 0) {
        desk.complain(which, "nothing", words("actions.there-is-nothing-to"));
        return null;
      }
      desk.clear(which);
      const needs = fits(which, modelsOf(config));
      if (needs === null) return null;
      starting = true;
      store.set({ [which]: { config, accuracies: config.cases.map(() => null), report: null, records: "" } });
      const begun: { id: number; before: Before }[] = [];
      const result = await pool.evaluate(config, engines(needs), (id) => {
        starting = false;
        begun.push({ id, before: desk.asked(id, which, { type: "evaluate", config, share: { index: 0, of: 1 } }, which) });
      }).finally(() => { starting = false; });
      for (const one of begun.slice(-1)) store.update((state) => reduce(state, { type: "refused", ...one }));
      const report = result.ending === "finished" ? result.events.find((event) => event.type === "report") : undefined;
      return report?.type === "report" ? report.report : null;
    },
    measure(which: "matrix" | "curve") {
      const state = store.get();
      void flow.run(which, which === "matrix" ? matrixConfig(state) : curveConfig(state));
    },
    check() {
      if (!desk.free()) return;
      const config = checkConfig(store.get());
      if (fits("check", [config.model, config.reference]) === null) return;
      store.set({ checks: { config, checks: [], note: null, records: "" } });
      void desk.begin("check", { type: "check", config }, "check");
    },
    roc() {
      if (!desk.free() || fits("roc", [store.get().selected]) === null) return;
      store.set({ rocs: null });
      void desk.begin("roc", { type: "roc", config: rocConfig(store.get().settings) }, "roc");
    },
    /** The same on other images, where the split that was chosen has none. */
    async measureOn(split: Split, place: Place) {
      desk.settings({ "measure.split": split });
      desk.clear(place);
      if (place === "check") flow.check();
      else if (place === "matrix" || place === "curve") flow.measure(place);
    },
    pause() {
      pool.control({ type: "pause" });
      desk.send({ type: "pause" }, "page");
    },
    resume() {
      pool.control({ type: "resume" });
      desk.send({ type: "resume" }, "page");
    },
    step: () => void desk.send({ type: "step" }, "page"),
    cancel() {
      const { job, jobs } = store.get();
      const cancelling = job ? { ...job, cancelling: true } : null;
      store.set({ job: cancelling, jobs: cancelling ? { ...jobs, [cancelling.job]: cancelling } : jobs });
      pool.control({ type: "cancel" });
      desk.send({ type: "cancel" }, "page");
    },
  };
  return flow;
}
