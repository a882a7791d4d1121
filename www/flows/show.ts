// What places show of themselves: the purifier at work on an attacked sign, and a network that learns from nothing.

import { t } from "../words/i18n.js";
import type { Settings } from "../state/types.js";
import type { attackFlow } from "./attack.js";
import type { Desk } from "./desk.js";
import type { Shelf } from "./shelf.js";
import type { trainFlow } from "./train.js";

interface Flows { attack: ReturnType<typeof attackFlow>; train: ReturnType<typeof trainFlow>; shelf: Shelf }

/** The attack that is washed where there has been none yet. */
const TO_WASH: Settings = {
  "attack.kind": "pgd", "attack.epsilon": 8, "goal.kind": "untargeted", "defense.kind": "none", "knowledge": "oblivious",
};

export function showFlow(desk: Desk, { attack, train, shelf }: Flows) {
  const { store } = desk;
  return {
    /** Washes the attacked picture, with the purifier that comes with the page where the model has none; the last attack is done again. */
    async wash() {
      const { outcome } = store.get();
      if (!await shelf.lendPurifier() || !desk.free()) return;
      if (!outcome || outcome.made_on) await attack.run({ ...store.get().settings, ...TO_WASH }, "attack");
      else {
        const { attack: how, goal, defense, knowledge } = outcome;
        await desk.begin("attack", { type: "attack", attack: how, goal, defense, knowledge, made_on: null }, "attack");
      }
    },
    /** A new network learns from nothing, and the one that is there stays as it is. */
    async trainFresh() {
      if (await shelf.another(t("train.fresh-name"))) await train.runTraining(store.get().settings);
    },
  };
}
