// Stickers on drawn signs: computed against the selected network, or painted by hand; both are shown to every network on the shelf.

import { stickerConfig } from "../state/commands.js";
import { FAMOUS } from "../state/presets.js";
import type { ReadEvent } from "../state/types.js";
import type { Desk } from "./desk.js";

export function stickerFlow(desk: Desk) {
  const { store } = desk;
  const flow = {
    /** @param byHand as it is painted */
    stick(byHand = false) {
      const state = store.get();
      if (!desk.free() || (byHand && !state.painted)) return;
      const last = state.sticking?.report ?? null;
      // What the hand has done is compared with what the machine does on the same places.
      const hand = !byHand && state.painted && last?.config.by_hand ? last : null;
      store.set({ sticking: { model: state.selected, frame: null, report: null, hand } });
      void desk.begin("sticker", { type: "sticker", config: stickerConfig(state, byHand) }, "sticker");
    },
    stickFamous() {
      if (!desk.free()) return;
      desk.settings(FAMOUS);
      flow.paint(null);
      flow.stick();
    },
    /** What is read in one picture of the camera; nothing where the engine does not answer. @param epsilon of FGSM, if it is to attack it */
    async read(rgba: Uint8Array<ArrayBuffer>, epsilon: number | null, purified: boolean): Promise<ReadEvent | null> {
      const events = await desk.client.ask({ type: "read", rgba, epsilon, purified }, null, [rgba.buffer]);
      return events.find((event) => event.type === "read") ?? null;
    },
    /** What is on the sign now, by a brush; nothing takes it off. */
    paint(painted: Uint8Array<ArrayBuffer> | null) {
      store.set({ painted, sticking: null });
    },
  };
  return flow;
}
