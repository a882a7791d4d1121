// The picture that the network looks at: a drawn sign, or a photo.

import { legible } from "../io/photo.js";
import { words } from "../words/say.js";
import type { Square } from "../state/types.js";
import { plainName, type Desk } from "./desk.js";

/** Far beyond what phones make; of what is no picture only the ends are read. */
const MOST_BYTES = 200_000_000;
const GALLERY = 60;

export type Picture = ReturnType<typeof pictureFlow>;

export function pictureFlow(desk: Desk) {
  const { store } = desk;

  function draw() {
    const { settings, classes, data } = store.get();
    // A data set may have fewer classes than the one before, and of a part of GTSRB some have no picture.
    const wanted = Number(settings["sign.class"]) % Math.max(1, classes.length);
    const has = (index: number) => !data?.set || data.set.splits.some(({ counts }) => (counts[index] ?? 0) > 0);
    const there = has(wanted) ? wanted : classes.findIndex((_, index) => has(index));
    const index = there < 0 ? wanted : there;
    store.set({ outcome: null, frames: [], subjectName: { sign: index, classes } });
    return desk.ask({ type: "sign", class: index, seed: Number(settings["sign.seed"]) }, "subject");
  }

  const flow = {
    draw,
    examples: () => desk.send({ type: "gallery", count: GALLERY, seed: Number(store.get().settings["train.seed"]) }, "page"),
    /** A sign that is drawn, whatever was looked at before. */
    async drawn() {
      if (store.get().subject?.label != null) return;
      // Where a teacher has fixed the sign, it is that one.
      desk.settings({ "sign.class": 14 });
      await draw();
    },
    pickSign(index: number) {
      if (!desk.loose()) return;
      store.setting("sign.class", index);
      void draw();
    },
    anotherPicture() {
      if (!desk.loose()) return;
      store.setting("sign.seed", (Number(store.get().settings["sign.seed"]) + 1) % 4294967296);
      void draw();
    },
    redraw() {
      if (desk.loose()) void draw();
    },
    /** @param file nothing where the browser did not let the page see the picture */
    async upload(file: (Blob & { name?: string }) | null) {
      if (!file) return desk.complain("photo", "noisy", words("actions.the-browser-disturbs"));
      if (!desk.ready()) return desk.complain("photo", "not_ready", words("actions.the-engine-is-still"));
      if (!desk.loose()) return desk.complain("photo", "busy", words("actions.an-attack-is-running"));
      if (file.size > MOST_BYTES) {
        return desk.complain("photo", "too_large", words("actions.this-file-has-mb", Math.round(file.size / 1e5) / 10, MOST_BYTES / 1e6));
      }
      if (file.size === 0) return desk.complain("photo", "empty", words("actions.this-file-is-empty"));
      try {
        const bytes = await legible(file);
        if (!bytes) return desk.complain("photo", "noisy", words("actions.the-browser-disturbs"));
        store.set({ photo: null, photoName: plainName(file.name ?? "") });
        desk.send({ type: "photo", bytes }, "photo", [bytes.buffer]);
      } catch {
        desk.complain("photo", "unreadable", words("actions.the-browser-could-not"));
      }
    },
    crop(square: Square) {
      if (!desk.loose()) return;
      const { photoName } = store.get();
      store.set({ outcome: null, frames: [], photo: null,
        subjectName: words("actions.photo", photoName ? { text: photoName } : words("actions.pasted-picture")) });
      desk.send({ type: "crop", square }, "photo");
    },
    closePhoto: () => store.set({ photo: null }),
    /** The next of several photos. */
    async nextPhoto() {
      const [next, ...photos] = store.get().photos;
      if (!next || !desk.loose()) return;
      store.set({ photos });
      await flow.upload(next);
    },
  };
  return flow;
}
