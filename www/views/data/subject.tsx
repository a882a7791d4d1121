// The picture the network looks at, its answer, and the 43 signs to pick from.

import { busy, facts, fixed, held } from "../../state/select.js";
import { TopBars, tagsFor } from "../shared/bars.js";
import { Camera } from "../../ui/camera.js";
import { openDialog } from "../../ui/dialog.js";
import { Button, FileButton } from "../../ui/elements.js";
import { filesOf } from "../../io/files.js";
import { ErrorSlot } from "../shared/errors.js";
import { Field, Fixed } from "../shared/fields.js";
import { Pixels } from "../../ui/pixels.js";
import { WithScene } from "../shared/scene.js";
import { SignGrid } from "../shared/signs.js";
import { usePick } from "../shared/store.js";
import { className } from "../../words/format.js";
import { t } from "../../words/i18n.js";
import { say } from "../../words/say.js";
import { useApp } from "../app.js";

/** Everything that a browser may show, and what only the engine reads; an iPhone then hands over its photos as JPEG. */
const ACCEPT = "image/*,.ppm,.pgm,.pbm,.pnm";

function Answer() {
  const [subject, classes, trained, learning] = usePick(
    (state) => [state.subject, state.classes, facts(state).trained, busy(state) && state.job?.job === "train"] as const,
  );
  const label = subject?.label ?? null;
  const best = subject?.seen.top[0];
  const right = label === null || best?.class === label;
  const words =
    !subject || !best
      ? "\u00a0"
      : learning
        ? t("subject.still-learning")
        : !trained
          ? t("subject.untrained-these-are-guesses")
          : label === null
            ? t("subject.this-is-what-it")
            : right
              ? t("subject.it-reads-the-sign")
              : t("subject.it-reads-another-sign");
  const tone = !subject || !trained || learning || label === null ? "" : right ? "good" : "bad";
  return (
    <div class="answer">
      <h2>{t("subject.what-the-network-sees-2")}</h2>
      <p class="verdict" data-testid="subject-verdict" data-tone={tone} data-trained={String(trained)}>
        {words}
      </p>
      <TopBars label={t("subject.what-the-network-sees")} testid="subject-top" top={subject?.seen.top} classes={classes} tags={tagsFor(label)} />
    </div>
  );
}

/** Drawn signs are picked by their picture; a data set of one's own has classes that nobody has drawn, and they are picked by name. */
function Pick() {
  const { actions } = useApp();
  const [index, classes, signs, off] = usePick(
    (state) =>
      [
        Number(state.settings["sign.class"]),
        state.classes,
        state.data?.signs ?? true,
        held(state) || state.device.phase !== "ready" || fixed(state),
      ] as const,
  );
  return (
    <>
      <SignGrid
        label={t("subject.the-43-signs-pick")}
        testid="legend"
        selected={index}
        classes={classes}
        disabled={off}
        hidden={!signs}
        onPick={(picked) => actions.pickSign(picked)}
      />
      <select
        data-testid="class-select"
        aria-label={t("subject.take-another-sign")}
        hidden={signs}
        disabled={off}
        value={index % Math.max(1, classes.length)}
        onChange={(event) => actions.pickSign(Number(event.currentTarget.value))}>
        {signs
          ? null
          : classes.map((name, value) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
      </select>
    </>
  );
}

function Own() {
  const { actions } = useApp();
  const [photos, off, waiting] = usePick((state) => [state.photos, held(state), held(state) || state.device.phase !== "ready"] as const);
  return (
    <div class="own" data-teach="own">
      <h2>{t("subject.or-a-photo-of")}</h2>
      <div class="upload-row">
        <span class="buttons">
          <FileButton
            testid="upload-input"
            id="upload"
            multiple
            accept={ACCEPT}
            buttonTestid="upload-button"
            label={t("subject.choose-a-photo")}
            disabled={waiting}
            onFiles={(files) => void actions.open(filesOf(files))}
          />
          <Button testid="camera-open" onClick={() => openDialog((close) => <Camera close={close} take={(photo) => void actions.upload(photo)} />)}>
            {t("camera.open")}
          </Button>
          <Button testid="photo-next" hidden={photos.length === 0} disabled={off} onClick={() => void actions.nextPhoto()}>
            {t("photo.next", photos.length)}
          </Button>
        </span>
        <p class="fine">{t("subject.png-jpeg-webp-or")}</p>
      </div>
    </div>
  );
}

export function Subject() {
  const { actions } = useApp();
  const [subject, classes, named, off] = usePick(
    (state) => [state.subject, state.classes, state.subjectName, held(state) || state.device.phase !== "ready"] as const,
  );
  const label = subject?.label ?? null;
  return (
    <div class="pick-grid">
      <div class="subject">
        <WithScene label={t("start.scene")} sign={label} view={subject?.scene ?? null}>
          <div class="frame">
            <Pixels label={t("subject.the-picture-that-the")} testid="subject-canvas" picture={subject?.seen.picture} />
          </div>
        </WithScene>
        <p class="subject-name" data-testid="subject-name" data-value={label === null ? "" : String(label)}>
          {subject ? (label !== null ? className(classes, label) : say(named)) : "\u00a0"}
        </p>
      </div>
      <Answer />
      <Fixed class="subject-more">
        <Button testid="another-picture" disabled={off} title={t("subject.the-same-sign-seen")} onClick={() => actions.anotherPicture()}>
          {t("subject.another-picture")}
        </Button>
        <Field
          name="sign.seed"
          class="field-inline"
          disabled={(state) => held(state) || state.device.phase !== "ready"}
          onTaken={() => actions.redraw()}
        />
      </Fixed>
      <div class="legend">
        <h2>{t("subject.take-another-sign")}</h2>
        <Pick />
        <Own />
        <ErrorSlot panels={["subject", "photo"]} />
      </div>
    </div>
  );
}
