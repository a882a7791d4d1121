// Sets of settings that belong together: those of the start, of the lesson, of the museum, and those people use most.

/** @import { Settings } from "./types.js" */

/** The attack of the start: small steps towards one sign, so that one can watch. */
export const START = {
  seconds: 2.5,
  /** In 255ths; the first that is enough is taken. */
  strengths: [8, 12, 16, 24, 32, 48],
  settings: /** @type {Settings} */ ({ "attack.kind": "bim", "bim.steps": 60, "bim.alpha": "", "goal.kind": "targeted", "defense.kind": "none", "knowledge": "oblivious" }),
};

/** The two sets of C&W parameters that people use most. @type {Record<string, Settings>} */
export const CW_PRESETS = {
  interactive: { "cw.kappa": 0, "cw.searches": 5, "cw.steps": 200, "cw.learning_rate": 0.05, "cw.initial_c": 1, "cw.abort_early": true },
  paper: { "cw.kappa": 0, "cw.searches": 9, "cw.steps": 1000, "cw.learning_rate": 0.01, "cw.initial_c": 0.001, "cw.abort_early": true },
};
