// What came of a step of the lesson: what came true, what that means, the pictures, and the shares with their intervals.

import { LESSON_STICKER, type Step } from "../../state/lesson.js";
import type { LessonSticker, Picture, Proportion, Seen } from "../../state/types.js";
import { Pixels } from "../../ui/pixels.js";
import { FoldedTable } from "../../ui/tables.js";
import { useVoice } from "../../ui/voice.js";
import { className, percent, short } from "../../words/format.js";
import { has, phrase, t } from "../../words/i18n.js";
import { attackName, intervalWords } from "../shared/names.js";
import { Scene } from "../shared/scene.js";
import { usePick } from "../shared/store.js";
import { Stage } from "./stage.js";

/** Words of an outcome: the step's own, or those that several steps share. */
const wordsOf = (id: string, came: string): string => phrase(has(`lesson.${id}.${came}`) ? `lesson.${id}.${came}` : `lesson.came.${came}`);
const meaningOf = (id: string, came: string): string =>
  phrase(has(`lesson.${id}.reveal.${came}`) ? `lesson.${id}.reveal.${came}` : `lesson.came.${came}.reveal`);

/** A share with its interval, and of how many. */
const shareWords = (share: Proportion | null): string => (share && share.n > 0 ? `${percent(share.value)} (${intervalWords(share)})` : "–");

/** The sign with what is stuck on it, and some views of it with what is read. */
export function Stuck({ testid, sign, layer, views, name }: { testid: string; sign: number; layer: Picture; views: readonly Seen[]; name: string }) {
  const [classes] = usePick((state) => [state.classes] as const);
  return (
    <figure class="stuck" data-testid={testid} data-value={views.length}>
      <figcaption>{name}</figcaption>
      <Scene label={t("sticker.sign")} sign={sign}>
        <Pixels class="sticker-layer" label={t("sticker.sign")} picture={layer} />
      </Scene>
      <ol class="stuck-views" aria-label={t("sticker.views")}>
        {views.map((seen, index) => {
          const [best] = seen.top;
          const words = best ? className(classes, best.class) : "";
          return (
            <li key={index} data-tone={best?.class === sign ? "good" : "bad"} title={words}>
              <Pixels label={t("sticker.view", index + 1, words)} picture={seen.picture} />
            </li>
          );
        })}
      </ol>
    </figure>
  );
}

const stuck = ({ model, sign, sticker, views }: LessonSticker, testid: string) => (
  <Stuck key={testid} testid={testid} sign={sign} layer={sticker} views={views} name={model} />
);

/** The sticker as it is being made. */
export function Making() {
  const [sticking, here] = usePick(({ sticking, job }) => [sticking, job?.job === "sticker" && job.place === "lesson" && job.state === "running"] as const);
  if (!here || !sticking?.frame) return null;
  const { sticker, views } = sticking.frame;
  return <Stuck testid="lesson-making" sign={Number(LESSON_STICKER["sticker.sign"])} layer={sticker} views={views} name={sticking.model} />;
}

export function Reveal({ step }: { step: Step }) {
  const { id, heads } = step;
  const [done, mine] = usePick((state) => [state.lesson[id], state.predictions[id]] as const);
  const { came = "", attacks = [], stickers = [], rows = [] } = done ?? {};
  const judged = step.others.includes(came) ? "" : mine === came ? t("lesson.right") : t("lesson.wrong");
  const verdict = done ? `${judged} ${wordsOf(id, came)}`.trim() : "";
  useVoice(() => verdict, [done]);
  const norms = attacks.map(({ attack, l2, linf }) => t("lesson.norms", attackName(attack), short(l2), short(linf * 255)));
  return (
    <div class="lesson-reveal" data-testid={`lesson-${id}-reveal`} data-came={came} hidden={!done}>
      <p class="headline" data-testid={`lesson-${id}-judged`} data-right={judged === "" ? "" : String(mine === came)}>
        {verdict}
      </p>
      <p>
        {done ? meaningOf(id, came) : ""} {id === "cw" && norms.length > 1 ? t("lesson.compare", norms.join("; ")) : ""}
      </p>
      <div class="stages" hidden={attacks.length === 0}>
        {attacks.map((outcome, index) => (
          <Stage key={index} testid={`lesson-${id}-${index}`} outcome={outcome} />
        ))}
      </div>
      <div class="stages" hidden={stickers.length === 0}>
        {stickers.map((one, index) => stuck(one, `lesson-${id}-sticker-${index}`))}
      </div>
      {heads.length > 0 && (
        <FoldedTable
          summary={t(stickers.length > 0 ? "lesson.figures-views" : "lesson.figures")}
          testid={`lesson-${id}-table`}
          open
          heads={[t("record.model"), ...heads.map((head) => phrase(head))]}
          of={rows}
          row={({ name, shares }) => [name, ...shares.map(shareWords)]}
        />
      )}
    </div>
  );
}
