// Attacks on the picture that is looked at, and what can be asked about it.

import type { Result } from "../engine/rpc.js";
import { attackOf, defenseOf, goalOf } from "../state/commands.js";
import { START } from "../state/presets.js";
import { outcomeWords } from "../state/reduce.js";
import { nameOfJob } from "../state/select.js";
import type { Command, Knowledge, OutcomeReport, Place, Settings } from "../state/types.js";
import { words } from "../words/say.js";
import { outcomeOf, type Desk } from "./desk.js";
import type { Picture } from "./picture.js";

const LOST: Result = { ending: "lost", events: [] };

/** @param madeOn another model that it is made on; then it knows nothing of the selected one */
export const attackCommand = (settings: Settings, madeOn: string | null, classes: number): Command => ({
  type: "attack", attack: attackOf(settings), goal: goalOf(settings, classes), defense: defenseOf(settings),
  knowledge: madeOn ? "oblivious" : settings["knowledge"] as Knowledge, made_on: madeOn,
});

export function attackFlow(desk: Desk, picture: Picture) {
  const { store } = desk;

  const flow = {
    /** @param settings those of the page, or what a lesson puts in their place @param place whose panel is told of errors */
    run(settings: Settings, place: Place, madeOn: string | null = null): Promise<Result> {
      if (!desk.free()) return Promise.resolve(LOST);
      return desk.begin("attack", attackCommand(settings, madeOn, store.get().classes.length), place);
    },
    attack() {
      const { settings, madeOn, selected, models } = store.get();
      void flow.run(settings, "attack", madeOn !== selected && models.has(madeOn) ? madeOn : null);
    },
    /** The attack of the start: towards a sign, in small steps, with the least of a few strengths that reaches it. */
    async turnInto(target: number) {
      if (!desk.free()) return;
      const wanted = { ...START.settings, "goal.class": target };
      desk.settings(wanted);
      // Always from a drawn sign.
      await picture.drawn();
      store.set({ seeking: true, announcement: words("events.running", nameOfJob("attack")) });
      let last: OutcomeReport | null = null;
      for (const epsilon of START.strengths) {
        desk.settings({ "attack.epsilon": epsilon });
        last = outcomeOf(await flow.run({ ...store.get().settings, ...wanted, "attack.epsilon": epsilon }, "start"));
        if (!last || last.success) break;
      }
      store.set({ seeking: false, ...(last ? { announcement: outcomeWords(last) } : {}) });
    },
    gradients: () => void desk.send({ type: "gradients" }, "attack"),
    slice() {
      if (desk.free()) desk.send({ type: "slice", seed: Number(store.get().settings["slice.seed"]) }, "attack");
    },
  };
  return flow;
}
