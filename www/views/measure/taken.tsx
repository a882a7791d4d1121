// As many images are measured as there are: where that is fewer than were asked for, a sentence says so.

import type { Said } from "../../state/types.js";
import { engineWords, isSaid } from "../../words/engine-words.js";

type Note = Said | null | undefined;

/** How many were measured of as many as were asked for. */
export const takenOf = (asked: number, note: Note): number => (isSaid(note, "all_there_are") ? Math.min(asked, note.values.n) : asked);

export function Taken({ note, testid }: { note: Note; testid: string }) {
  return (
    <p class="notice" data-testid={testid} hidden={!note}>
      {note ? engineWords(note) : ""}
    </p>
  );
}
