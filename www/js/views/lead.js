// The one thing to do next, always at the top: train, then fool, then purify, then measure.

/** @import { App } from "./app.js" */
/** @import { State } from "../state/types.js" */
import { busy, metBefore, NAME_OF_JOB } from "../state/events.js";
import { goTo, h, show, text } from "../lib/dom.js";
import { className, percent, timeLeft } from "../lib/format.js";

/** @typedef {{ stage: string, title: string, words: string, action: string, run: (app: App) => void } } Lead */

/** Below this accuracy there is little to fool. */
const POOR = 0.6;

/** @param {State} state @returns {Lead} */
function next(state) {
  const { classes, outcome, job } = state;
  const nothing = () => {};
  if (state.device.phase === "stopped") {
    return { stage: "stopped", title: "The engine did not start.", words: "The report above says why. You can try again.", action: "Try again", run: ({ actions }) => actions.chooseDevice("cpu") };
  }
  if (state.device.phase === "starting" || !state.subject) {
    return { stage: "starting", title: "Starting the engine …", words: "It is a program of a few megabytes that runs in this page. Nothing else is loaded.", action: "", run: nothing };
  }
  if (job && busy(state)) {
    const done = Math.floor((100 * job.done) / Math.max(1, job.total));
    const learning = { load: "Pictures are read where they lie; nothing is uploaded.", train: "Watch the bars below: the answer changes while the network learns.", train_purifier: "The purifier learns to turn noisy and attacked pictures back into clean ones.", attack: "The attack looks for a change that works.", matrix: "Each sign is attacked, defended and counted.", curve: "The same signs are attacked at twelve strengths.", check: "About fifteen attacks look for signs that a figure is too good.", roc: "Clean and attacked signs are scored." }[job.job];
    const learns = job.job === "train" || job.job === "train_purifier";
    return {
      stage: "busy", title: `${NAME_OF_JOB[job.job]}: ${done} %${job.state === "paused" ? ", paused" : ""}`,
      words: job.secondsLeft === null ? learning : `${learning} ${timeLeft(job.secondsLeft).replace("about", "About")}.`,
      action: job.state === "paused" ? "Resume" : learns ? "Pause" : "Cancel",
      run: ({ actions }) => (job.state === "paused" ? actions.resume() : learns ? actions.pause() : actions.cancel()),
    };
  }
  if (!state.trained) {
    return {
      stage: "untrained", title: "This network has not learned anything yet.",
      words: "It gives each of the 43 signs about the same chance. Train it: about half a minute on a CPU.",
      action: "Train the network", run: ({ actions }) => actions.train(),
    };
  }
  if (state.validated && state.validated.value < POOR && !outcome) {
    return {
      stage: "poor", title: `It reads only ${percent(state.validated.value)} of new signs correctly.`,
      words: "That is too little to fool it in earnest. Let it learn some more.",
      action: "Train further", run: ({ actions }) => actions.train(),
    };
  }
  const right = state.validated ? `It reads ${percent(state.validated.value)} of new signs correctly.` : "The network has been trained.";
  if (!outcome?.success) {
    return {
      stage: "trained", title: outcome ? "The network was not fooled this time." : `${right} Now fool it.`,
      words: outcome ? "Try a stronger attack: raise ε, or take Carlini & Wagner." : "An attack changes each pixel a little, in the direction that hurts most.",
      action: outcome ? "Change the attack" : "Fool it", run: ({ actions }) => {
        if (!outcome) actions.attack();
        goTo("fool");
      },
    };
  }
  const read = className(classes, outcome.adversarial.top[0]?.class ?? 0);
  if (!state.purifier) {
    return {
      stage: "fooled", title: metBefore(outcome) ? `It read another sign before the attack; now it reads “${read}”.` : `Fooled: it now reads “${read}”.`,
      words: "A purifier can wash the attack out again. It has to be trained first.",
      action: "Train a purifier", run: ({ actions }) => {
        actions.trainPurifier();
        goTo("purify");
      },
    };
  }
  if (!outcome.purified_adversarial) {
    return {
      stage: "purifier", title: "The purifier is ready.", words: "Attack once more, to see the attacked picture before and after it.",
      action: "Attack again", run: ({ actions }) => {
        actions.attack();
        goTo("fool");
      },
    };
  }
  if (!state.matrix?.report) {
    return {
      stage: "purified", title: "One picture proves little.", words: "Count how often attacks succeed: without the purifier, with it, and when the attacker knows it.",
      action: "Measure it", run: ({ actions }) => {
        actions.measure("matrix");
        goTo("measure");
      },
    };
  }
  return {
    stage: "measured", title: "That is the whole loop.", words: "Take another sign or a photo of your own, another attack, or another target.",
    action: "Pick another sign", run: () => goTo("pick"),
  };
}

/** @param {HTMLElement} place @param {App} app */
export function mountLead(place, app) {
  const title = h("h2", { class: "lead-title", testid: "lead-title" });
  const words = h("p", { class: "lead-words" });
  let run = /** @type {Lead["run"]} */ (() => {});
  const action = h("button", { class: "button button-primary button-big", testid: "lead-action", attrs: { type: "button" }, on: { click: () => run(app) } });
  place.append(h("div", { class: "lead-text" }, title, words), h("div", { class: "lead-go" }, action));
  app.store.watch((state) => [state.device, state.subject === null, state.job, state.trained, state.validated, state.outcome, state.purifier, state.matrix], () => {
    const lead = next(app.store.get());
    place.dataset["stage"] = lead.stage;
    text(title, lead.title);
    text(words, lead.words);
    text(action, lead.action || "…");
    show(action, lead.action !== "");
    run = lead.run;
  });
}
