// Figures: the matrix, the curve, the checks, the detector.

import { machine, roomFor, type Pool } from "../engine/pool.js";
import { checkConfig, curveConfig, matrixConfig, rocConfig } from "../state/commands.js";
import { reduce } from "../state/reduce.js";
import type { EvaluationConfig, Report } from "../state/types.js";
import { words } from "../words/say.js";
import type { Desk } from "./desk.js";

export type Measure = ReturnType<typeof measureFlow>;

export function measureFlow(desk: Desk, pool: Pool) {
  const { store } = desk;
  /** Between the wish and the first word of the engine. */
  let starting = false;

  /** Engines that are of use. A loaded data set lies in the first engine's memory only. */
  const most = () => {
    const { data, device, settings } = store.get();
    return device.kind !== "cpu" || data?.set ? 1 : roomFor(settings["measure.engines"], machine());
  };

  const flow = {
    /** Runs an evaluation; its report, if it ran to its end. */
    async run(which: "matrix" | "curve", config: EvaluationConfig): Promise<Report | null> {
      if (!desk.free() || starting) return null;
      if (config.cases.length === 0) {
        desk.complain(which, "nothing", words("actions.there-is-nothing-to"));
        return null;
      }
      starting = true;
      desk.clear(which);
      store.set({ [which]: { config, accuracies: config.cases.map(() => null), report: null, records: "" } });
      let last: { id: number; before: ReturnType<Desk["asked"]> } | null = null;
      const result = await pool.evaluate(config, most(), (id) => {
        starting = false;
        last = { id, before: desk.asked(id, which, { type: "evaluate", config, share: { index: 0, of: 1 } }, which) };
      }).finally(() => { starting = false; });
      const { id, before }: { id: number; before: ReturnType<Desk["asked"]> } = last ?? { id: 0, before: { job: null, jobs: {} } };
      store.update((state) => reduce(state, { type: "refused", id, before }));
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
      store.set({ checks: { config, checks: [], records: "" } });
      void desk.begin("check", { type: "check", config }, "check");
    },
    roc() {
      if (!desk.free()) return;
      store.set({ rocs: null });
      void desk.begin("roc", { type: "roc", config: rocConfig(store.get().settings) }, "roc");
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
