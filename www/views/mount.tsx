// Puts every view into its element of the page, one after another, so that the browser can paint and answer between two of them.

import { effect } from "@preact/signals";
import { render, type FunctionComponent } from "preact";
import { Boundary } from "../ui/boundary.js";
import { Dialogs } from "../ui/dialog.js";
import { keepFocus } from "../ui/focus.js";
import { followTranslators } from "../ui/translated.js";
import { followVoice, speak } from "../ui/voice.js";
import { FeedContext, createFeeds, type Feed } from "./shared/store.js";
import { busy, nameOfDevice } from "../state/select.js";
import { phrase } from "../words/i18n.js";
import { say, type Words } from "../words/say.js";
import { AppContext, HostContext, type App } from "./app.js";
import { Attack } from "./attack/attack.js";
import { Dataset } from "./data/dataset.js";
import { Examples } from "./data/examples.js";
import { Photo } from "./data/photo.js";
import { Subject } from "./data/subject.js";
import { Defend } from "./defend/defend.js";
import { Purify } from "./defend/purify.js";
import { Washed } from "./defend/washed.js";
import { Footer } from "./frame/footer.js";
import { Header } from "./frame/header.js";
import { Next } from "./frame/next.js";
import { Notices } from "./frame/notices.js";
import { Status } from "./frame/status.js";
import { Teacher } from "./frame/teacher.js";
import { Update } from "./frame/update.js";
import { Glossary } from "./learn/glossary.js";
import { Lesson } from "./learn/lesson.js";
import { Museum } from "./learn/museum.js";
import { Checks } from "./measure/checks.js";
import { Curve } from "./measure/curve.js";
import { Records } from "./measure/imported.js";
import { Matrix } from "./measure/matrix.js";
import { Questions } from "./measure/questions.js";
import { Results } from "./measure/results.js";
import { Roc } from "./measure/roc.js";
import { Start } from "./start/start.js";
import { Sticker } from "./sticker/sticker.js";
import { Kept } from "./train/kept.js";
import { Network } from "./train/network.js";
import { Shelf } from "./train/shelf.js";
import { Train } from "./train/train.js";

/** By the name that the page's element has in `data-view`. */
const VIEWS: Record<string, FunctionComponent> = {
  header: Header,
  status: Status,
  teacher: Teacher,
  notices: Notices,
  update: Update,
  next: Next,
  footer: Footer,
  start: Start,
  subject: Subject,
  photo: Photo,
  dataset: Dataset,
  examples: Examples,
  train: Train,
  shelf: Shelf,
  kept: Kept,
  network: Network,
  attack: Attack,
  defend: Defend,
  purify: Purify,
  washed: Washed,
  questions: Questions,
  matrix: Matrix,
  curve: Curve,
  checks: Checks,
  roc: Roc,
  results: Results,
  records: Records,
  sticker: Sticker,
  lesson: Lesson,
  museum: Museum,
  glossary: Glossary,
};

const breath = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, 0);
  });

/** What a report says of the page as it is when it is written. */
const aboutOf = ({ store }: App) => () => ({ version: store.get().version, device: nameOfDevice(store.get().device) });

function put(app: App, feed: Feed, host: HTMLElement, name: string, View: FunctionComponent): void {
  render(
    <AppContext.Provider value={app}>
      <FeedContext.Provider value={feed}>
        <HostContext.Provider value={host}>
          <Boundary name={name} about={aboutOf(app)}>
            <View />
          </Boundary>
        </HostContext.Provider>
      </FeedContext.Provider>
    </AppContext.Provider>,
    host,
  );
}

/** Words that the page came with, its title, and its one voice for people who do not see it. */
function follow({ state }: Feed): void {
  const words = document.querySelectorAll<HTMLElement>("[data-words]");
  effect(() => {
    for (const element of words) element.textContent = phrase(element.dataset["words"] ?? "");
  });
  effect(() => {
    document.title = phrase(`title.${state.value.place}`);
  });
  followVoice();
  let last: Words | null = null;
  effect(() => {
    const { announcement } = state.value;
    if (announcement === last) return;
    last = announcement;
    speak(() => say(announcement));
  });
}

/** Draws the page. From then on every view follows what it shows: the state, the language, the colours. */
export async function mountViews(app: App): Promise<void> {
  followTranslators();
  const feed = createFeeds(app.store);
  follow(feed(""));
  keepFocus({
    home: () => document.querySelector<HTMLElement>(".place:not([hidden]) h1") ?? document.getElementById("main"),
    waits: () => busy(app.store.get()) || app.store.get().device.phase === "starting",
  });
  const dialogs = document.createElement("div");
  document.body.append(dialogs);
  put(app, feed(""), dialogs, "dialogs", () => <Dialogs about={aboutOf(app)} />);
  for (const host of document.querySelectorAll<HTMLElement>("[data-view]")) {
    const name = host.dataset["view"] ?? "";
    const View = VIEWS[name];
    if (View) put(app, feed(host.closest<HTMLElement>(".place")?.dataset["place"] ?? ""), host, name, View);
    await breath();
  }
  document.documentElement.dataset["built"] = "true";
}
