// Stickers on drawn signs: computed against the selected network, or painted by hand; both are shown to every network on the shelf.

import { AREAS, areaConfig, stickerConfig } from "../state/commands.js";
import { FAMOUS } from "../state/presets.js";
import { nameOfJob } from "../state/select.js";
import type { ReadEvent, State, StickerConfig, StickerReport } from "../state/types.js";
import { words } from "../words/say.js";
import type { Desk } from "./desk.js";

/** What the hand has done with the same aim, where that is known: the machine is compared with it. */
function handOf({ sticking, selected }: State, { sign, goal }: StickerConfig): StickerReport | null {
  const last = sticking?.report?.config.by_hand ? sticking.report : sticking?.hand ?? null;
  if (!last || last.model !== selected || last.config.sign !== sign) return null;
  return JSON.stringify(last.config.goal) === JSON.stringify(goal) ? last : null;
}

export function stickerFlow(desk: Desk) {
  const { store } = desk;
  const flow = {
    /** @param byHand as it is painted */
    stick(byHand = false) {
      const state = store.get();
      if (!desk.free() || (byHand && !state.painted)) return;
      const config = stickerConfig(state, byHand);
      store.set({ sticking: { model: state.selected, frame: null, report: null, hand: byHand ? null : handOf(state, config) } });
      void desk.begin("sticker", { type: "sticker", config }, "sticker");
    },
    stickFamous() {
      if (!desk.free()) return;
      desk.settings(FAMOUS);
      flow.paint(null);
      flow.stick();
    },
    /** Stickers that cover more and more, each made and judged as one alone; what is on the sign, and what is set, stay. */
    async stickAreas() {
      const asked = store.get();
      if (!desk.free()) return;
      const reports: StickerReport[] = [];
      const tell = (state: "running" | "done" | "ended") => store.set({ areas: { model: asked.selected, reports: [...reports], state } });
      tell("running");
      store.set({ announcement: words("events.running", nameOfJob("area")) });
      for (const share of AREAS) {
        const { ending, events } = await desk.begin("area", { type: "sticker", config: areaConfig(asked, share) }, "sticker");
        const stuck = events.find((event) => event.type === "stuck");
        if (ending !== "finished" || !stuck) {
          // A fresh engine knows nothing of it.
          if (ending !== "lost") {
            tell("ended");
            store.set({ announcement: words(ending === "cancelled" ? "events.cancelled" : "events.failed", nameOfJob("area")) });
          }
          return;
        }
        const { type: _, ...report } = stuck;
        reports.push(report);
        tell(reports.length < AREAS.length ? "running" : "done");
      }
      store.set({ announcement: words("events.finished", nameOfJob("area")) });
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
