// What the engine declares of its attacks, defences and recipes is all that the page knows of them: whatever is added there is in every
// place of the page.

import "./world.js";
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { ATTACKS, DEFENCES, PURIFIER, RECIPES, type Method, type RecipeName } from "../../www/engine/made/methods.js";
import type { Command, Event, ModelInfo, Offer, TrainConfig } from "../../www/engine/protocol.js";
import { pictureSettings } from "../../www/flows/files.js";
import { readFacts } from "../../www/keep/facts.js";
import { attackOf, isAimless, purifierConfig, recipeOf, trainConfig } from "../../www/state/commands.js";
import { GLOSSARY } from "../../www/state/glossary.js";
import { writeLink } from "../../www/state/link.js";
import { classifierNeed } from "../../www/state/memory.js";
import { LESSON, MUSEUM, QUICK_HARDENING, QUICK_PURIFIER } from "../../www/state/lesson.js";
import { PURIFYING, TRAINING, panel } from "../../www/state/panels.js";
import { CW_PRESETS, START, offerSettings } from "../../www/state/presets.js";
import { reduce } from "../../www/state/reduce.js";
import { SCHEMA, admit, attackKeys, defaults, defenseKeys, marked, recipeKeys } from "../../www/state/schema.js";
import { initialState } from "../../www/state/store.js";
import type { Settings } from "../../www/state/types.js";
import { Equation } from "../../www/ui/math.js";
import { termId } from "../../www/ui/terms.js";
import { attackName, attackTitle } from "../../www/views/shared/names.js";
import { DE } from "../../www/words/de/index.js";
import { EN } from "../../www/words/en/index.js";
import { has, t } from "../../www/words/i18n.js";

/** Another value than the default, for each setting. */
function changed(keys: readonly string[]): Settings {
  return Object.fromEntries(keys.map((key) => {
    const { kind, value, min = 0, max = 1, choices = [] } = SCHEMA[key] ?? assert.fail(`no such setting: ${key}`);
    if (kind === "switch") return [key, value !== true];
    if (kind === "choice") return [key, choices.find((one) => one !== value) ?? ""];
    return [key, Number(value) + 1 > max ? (min + max) / 2 : Number(value) + 1];
  }));
}

test("a picture's record brings every setting of its attack and of its defence, and nothing of the visitor's own", () => {
  for (const [kind, methods, keysOf] of [["attack", ATTACKS, attackKeys], ["defense", DEFENCES, defenseKeys]] as const) {
    for (const { name } of methods) {
      const own = { [`${kind}.kind`]: name, ...changed(keysOf(name)) };
      const found = pictureSettings(writeLink({ ...defaults(), ...own }));
      for (const [key, value] of Object.entries(own)) assert.equal(found[key], value, `${name}: ${key}`);
    }
  }
  const strange = Object.keys(pictureSettings("")).filter((key) => /^(train|recipe|purifier|data|measure|teach|language|device|model)\b/.test(key));
  assert.deepEqual(strange, []);
});

test("what was kept of a model's recipe is read back, whatever recipe it is", () => {
  for (const { name } of RECIPES) {
    const recipe = recipeOf({ ...defaults(), "recipe.kind": name });
    assert.deepEqual(readFacts(JSON.parse(JSON.stringify({ recipe }))).recipe, recipe, name);
  }
  // As versions kept it that knew less of it; and what nobody declares.
  assert.deepEqual(readFacts({ recipe: { kind: "pgd", epsilon: 0.03 } }).recipe, { kind: "pgd", epsilon: 0.03 });
  assert.deepEqual(readFacts({ recipe: { kind: "fgsm", epsilon: 0.03, steps: "many", beta: 6 } }).recipe, { kind: "fgsm", epsilon: 0.03 });
  assert.equal(readFacts({ recipe: { kind: "world peace", epsilon: 1 } }).recipe, null);
});

test("a training on examples takes more memory than one without, whatever recipe makes them", () => {
  const layers = [{ layer: { code: "dense", values: { activation: "relu" } }, output: [1000], parameters: 0 }] satisfies ModelInfo["layers"];
  const model: ModelInfo = { name: "one", architecture: "one", classes: [], parameters: 1, layers, purifier: null, recipe: null };
  const need = (kind: RecipeName) => classifierNeed(model, { kind }).perImage;
  for (const { name, settings } of RECIPES) {
    const { kind } = recipeOf({ ...defaults(), "recipe.kind": name });
    assert.equal(need(kind) > need("standard"), settings.some(({ key }) => key === "epsilon"), name);
  }
});

test("the settings under which a network was trained are taken over whole", () => {
  const rounded = (value: object) => JSON.stringify(value, (_, one: unknown) => (typeof one === "number" ? Number(one.toPrecision(6)) : one));
  for (const { name } of RECIPES) {
    const recipe = ["recipe.kind", ...recipeKeys(name)];
    const classifier: TrainConfig = trainConfig({ ...defaults(), ...changed(recipe), "recipe.kind": name, "train.learning_rate": 0.25 });
    const offer: Offer = { name, model: "lenet", whole: false, classifier };
    assert.equal(rounded(trainConfig({ ...defaults(), ...offerSettings(offer, null) })), rounded(classifier), name);
  }
  const purifier = purifierConfig({ ...defaults(), "purifier.epsilon": 10.5, "purifier.noise": 0.25, "purifier.full_skip": true });
  assert.equal(rounded(purifierConfig({ ...defaults(), ...offerSettings({ name: "it", model: "lenet", whole: false, purifier }, null) })), rounded(purifier));
});

const GROUPS: [kind: string, methods: readonly Method[]][] = [["attack", ATTACKS], ["defence", DEFENCES], ["recipe", RECIPES]];
const ENTRIES = GLOSSARY.flatMap(([, entries]) => entries);

test("the glossary has an entry for every method, with its words in every language and its paper as it is declared", () => {
  for (const [kind, methods] of GROUPS) {
    for (const { name, paper } of methods) {
      const entry = ENTRIES.find(({ id }) => id === `${kind}.${name}`);
      assert.ok(entry, `${kind}.${name}`);
      if (paper) assert.ok(entry.papers.some((one) => one.startsWith(paper)), `${kind}.${name} does not name its paper`);
    }
  }
  const [english, german] = [new Map<string, string>(Object.entries(EN)), new Map<string, string>(Object.entries(DE))];
  for (const { id, title, text, equation } of ENTRIES) {
    for (const key of [title, text]) assert.ok(english.get(key) && german.get(key), `${id}: ${key}`);
    for (const source of equation?.split(/ [,;] {3}/) ?? []) assert.ok(Equation({ source }));
  }
  assert.equal(new Set(ENTRIES.map(({ id }) => termId(id))).size, ENTRIES.length, "every entry has an address of its own");
});

test("no text of the glossary is of a method that is no longer there, and no paper is written down twice", () => {
  const known = new Set(ENTRIES.map(({ id }) => `gloss.${id}`));
  assert.deepEqual(Object.keys(EN).filter((key) => /^gloss\.\w+\.\w+$/.test(key) && !key.endsWith(".title") && !known.has(key)), []);
  const source = readFileSync("www/state/glossary.ts", "utf8");
  // The title stands behind the authors: "Madry et al.: Towards Deep Learning Models …, ICLR 2018".
  const titles = GROUPS.flatMap(([, methods]) => methods).flatMap(({ paper }) => /: ([^,]+)/.exec(paper)?.[1] ?? []);
  assert.ok(titles.length > 15);
  assert.deepEqual(titles.filter((title) => source.includes(title)), []);
});

test("every link to the glossary leads to an entry", () => {
  const views = readdirSync("www", { recursive: true }).map((name) => join("www", String(name))).filter((path) => path.endsWith(".tsx"));
  const links = views.flatMap((path) =>
    Array.from(readFileSync(path, "utf8").matchAll(/<TermLink term=(?:"([^"]*)"|\{`([^`]*)`\})/g), ([, plain, made]) => plain ?? made ?? ""));
  assert.ok(links.length > 0);
  const terms = links.flatMap((link) => {
    // Of a chosen method: any may be chosen.
    const kind = /^(\w+)\.\$\{\w+\}$/.exec(link)?.[1];
    return kind ? (GROUPS.find(([one]) => one === kind)?.[1] ?? assert.fail(link)).map(({ name }) => `${kind}.${name}`) : [link];
  });
  const ids = new Set(ENTRIES.map(({ id }) => termId(id)));
  assert.deepEqual(terms.filter((term) => !ids.has(termId(term))), []);
});

test("an attack's name is the same in every language; a control has none of its own", () => {
  const german = new Map<string, string>(Object.entries(DE));
  for (const { name } of ATTACKS) if (!marked(ATTACKS, name, "control")) assert.equal(german.get(`attack.${name}`), attackTitle(name));
});

test("an attack is called by the number of its steps where their size or loss can be chosen, and by its own title", () => {
  const called = (name: string, but: object = {}) => attackName({ ...attackOf(defaults(), name), steps: 7, ...but });
  assert.deepEqual(["bim", "pgd", "apgd", "autoattack", "deepfool"].map((name) => called(name)),
    ["BIM-7", "PGD-7", "APGD-7", "AutoAttack", "DeepFool"]);
  assert.equal(called("apgd", { loss: "dlr" }), "APGD-7 DLR");
  assert.deepEqual([called("jsma"), called("jsma", { one_pixel: true }), called("cw"), called("pgd", { steps: undefined })],
    ["JSMA", "JSMA, single value", "C&W", "PGD"]);
});

test("what is said of an attack without a target names that attack", () => {
  for (const { name } of ATTACKS) if (isAimless(name)) assert.ok(t("attack.takes-no-target", attackTitle(name)).startsWith(attackTitle(name)), name);
  const view = readFileSync("www/views/attack/attack.tsx", "utf8");
  const key = /data-testid="attack-no-target"[^>]*>\s*\{t\("([^"]+)", attackTitle\(kind\)\)\}/.exec(view)?.[1] ?? "";
  assert.ok(has(key) && EN[key].includes("{0}"), "the sentence has a place for the name");
});

test("every declared setting of a training has a control: at once, or a press away", () => {
  for (const [group, { first, more }, beside] of [["train", TRAINING, ["model.seed"]], ["purifier", PURIFYING, []]] as const) {
    const wanted = [...Object.keys(SCHEMA).filter((key) => key.startsWith(`${group}.`)), ...beside];
    assert.deepEqual([...first, ...more].sort(), wanted.sort());
  }
  // The network's form has another name, and three are for the training of classifiers.
  const shown = new Set([...PURIFYING.first, ...PURIFYING.more]);
  assert.deepEqual(PURIFIER.map(({ key }) => key).filter((key) => !shown.has(`purifier.${key}`)).sort(), ["augment", "drawn", "harsh", "notebook"]);
  // One that is new comes last; one that is no longer declared is gone.
  assert.deepEqual(panel(["a", "new", "b", "c"], ["c", "gone"], ["b", "a"]), { first: ["c"], more: ["b", "a", "new"] });
  const view = readFileSync("www/views/defend/purify.tsx", "utf8");
  assert.match(view, /PURIFYING\.first/);
  assert.match(view, /PURIFYING\.more/);
});

test("how far an attack is, the engine says: of no attack does the page count the steps itself", () => {
  for (const { name } of ATTACKS) {
    const command: Command = {
      type: "attack", attack: attackOf(defaults(), name), defense: { name: "none" }, goal: { kind: "untargeted" }, knowledge: "adaptive", made_on: null,
    };
    let state = reduce(initialState(), { type: "asked", id: 1, kind: "attack", command, place: null, at: 0 });
    const job = (done: number): Event => ({ type: "job", kind: "attack", state: "running", done, total: 59 });
    const attacking = (round: number, iteration: number): Event =>
      ({ type: "attacking", round, iteration, margin: 0, l2: 0, picture: { width: 1, height: 1, rgba: new Uint8Array(4) }, top: [] });
    for (const [at, event] of [job(0), attacking(3, 5), job(35)].entries()) {
      state = reduce(state, { type: "event", event, job: 1, at: 1000 * at, place: null });
      if (event.type === "attacking") assert.deepEqual([state.job?.done, state.frames.length], [0, 1], name);
    }
    assert.equal(state.job?.done, 35, name);
  }
});

test("whatever the page sets by itself is a setting, within its range; every bad example of a defence is in the museum", () => {
  const sets: Settings[] = [START.settings, ...Object.values(CW_PRESETS), QUICK_PURIFIER, QUICK_HARDENING, ...LESSON.flatMap(({ runs }) => runs ?? []),
    ...MUSEUM.flatMap(({ weak, strong }) => [weak, strong])];
  for (const [key, value] of sets.flatMap((set) => Object.entries(set))) assert.deepEqual(admit(key, value), { value, note: null }, key);
  const shown = MUSEUM.map(({ weak }) => weak["defense.kind"]);
  for (const { name, marks } of DEFENCES) if (marks.includes("bad_example")) assert.ok(shown.includes(name), name);
});
