// Links: what they can say, what they may not, and that everything they say comes back.

import "./world.js";
import assert from "node:assert/strict";
import test from "node:test";
import { isLink, keptLink, readLink, shareLink, writeLink } from "../../www/state/link.js";
import { SCHEMA, admit, defaults } from "../../www/state/schema.js";
import { say } from "../../www/words/say.js";

test("the page can be asked for all that its own tables quote, and for what data sets of one's own need", () => {
  const cases: [link: string, key: string, value: number][] = [
    // GTSRB has 12,630 test photos, and 7,842 for validation.
    ["?n=12630", "measure.n", 12_630], ["?curven=12630", "curve.n", 12_630], ["?checkn=12630", "check.n", 12_630],
    ["?val=7842", "train.validation_images", 7842], ["?pval=7842", "purifier.validation_images", 7842],
    ["?epochs=1000", "train.epochs", 1000], ["?batch=1024", "train.batch_size", 1024], ["?lr=1", "train.learning_rate", 1],
    // A data set may have 200 classes.
    ["?target=199", "goal.class", 199], ["?sign=60", "sign.class", 60], ["?apgdtargets=199", "apgd.targets", 199],
    ["?kappa=1000", "cw.kappa", 1000], ["?pguide=100", "purifier.guide", 100],
  ];
  for (const [link, key, value] of cases) {
    const { settings, notes } = readLink(link);
    assert.equal(settings[key], value, link);
    assert.deepEqual(notes, [], link);
  }
});

test("what is out of its range becomes the nearest that is within it, and a note says so", () => {
  for (const [key, { kind, url, min, max }] of Object.entries(SCHEMA)) {
    if (kind === "switch" || kind === "choice" || kind === "set") continue;
    assert.ok(min !== undefined && max !== undefined, `${key} has a range`);
    for (const [asked, got] of [[min - 1, min], [max * 2 + 1, max]] as const) {
      const { settings, notes } = readLink(`?${url}=${asked}`);
      assert.equal(settings[key], got, `${url}=${asked}`);
      assert.equal(notes.length, 1, `${url}=${asked}`);
      assert.match(say(notes[0] ?? { text: "" }), /^\p{Lu}.*\.$/u);
    }
  }
});

test("every setting that differs from the default comes back from its link", () => {
  const other = Object.fromEntries(Object.entries(SCHEMA).map(([key, { kind, value, choices, min = 0, max = 1 }]) => {
    if (kind === "switch") return [key, value !== true];
    if (kind === "choice") return [key, choices?.find((one) => one !== value) ?? value];
    if (kind === "set") return [key, choices?.filter((one) => !String(value).split(",").includes(String(one))).join(",") ?? ""];
    return [key, admit(key, value === max ? min : max).value];
  }));
  const link = writeLink(other);
  const back = readLink(link);
  assert.deepEqual(back.notes, []);
  assert.deepEqual(back.settings, other);
  assert.ok(link.length < 4096, `${link.length} characters`);
  assert.equal(writeLink(defaults()), "");
});

test("links of earlier versions still open", () => {
  const cases: [link: string, settings: Record<string, unknown>][] = [
    ["?device=cpu&attack=pgd&eps=12&goal=targeted&target=8&picture=3&sign=14", {
      "device": "cpu", "attack.kind": "pgd", "attack.epsilon": 12, "goal.kind": "targeted", "goal.class": 8, "sign.seed": 3, "sign.class": 14,
    }],
    ["?lang=de&hide=own,museum&fix=1", { "language": "de", "teach.hide": "own,museum", "teach.fix": true }],
    ["?recipe=trades&reps=8&tsteps=10&beta=6&arch=signnet", { "recipe.kind": "trades", "recipe.trades_beta": 6, "model.architecture": "signnet" }],
    ["?defence=detector&statistic=jsd40&knows=adaptive&fpr=0.01", { "defense.kind": "detector", "detector.statistic": "jsd40", "knowledge": "adaptive" }],
    ["?attacks=fgsm,cw&defences=none,jpeg&attackers=bpda&n=128",
      { "matrix.attacks": "fgsm,cw", "matrix.defenses": "none,jpeg", "matrix.knowledge": "bpda", "measure.n": 128 }],
    ["?show=attack&bimalpha=&bimsteps=60", { "show": "attack", "bim.alpha": "", "bim.steps": 60 }],
  ];
  for (const [link, expected] of cases) {
    assert.ok(isLink(link), link);
    const { settings, notes } = readLink(link);
    assert.deepEqual(notes, [], link);
    for (const [key, value] of Object.entries(expected)) assert.equal(settings[key], value, `${link}: ${key}`);
  }
});

test("what others put behind an address is no link; markup and nonsense in one are notes, and nothing else", () => {
  for (const search of ["", "?fbclid=x", "?utm_source=y&utm_medium=z"]) assert.ok(!isLink(search), search);
  // A link that is too long is one, or nobody would be told why its settings do not hold.
  for (const length of [5000, 20_000]) {
    const long = `?epochs=3&x=${"y".repeat(length)}`;
    assert.ok(isLink(long));
    assert.equal(readLink(long).notes.length, 1);
    assert.ok(!isLink(`?fbclid=${"y".repeat(length)}`));
  }
  const { settings, notes } = readLink("?eps=%3Cb%3E&attack=%3Cscript%3E&attacks=fgsm,%3Cb%3E&__proto__=1&constructor=2");
  assert.equal(notes.length, 4, "one for each that was adjusted, and one for all that are unknown");
  assert.equal(settings["attack.epsilon"], 8);
  assert.equal(settings["attack.kind"], "fgsm");
  assert.equal(settings["matrix.attacks"], "fgsm");
  const long = readLink(`?eps=16&x=${"y".repeat(5000)}`);
  assert.deepEqual(long.settings, defaults());
  assert.equal(long.notes.length, 1);
});

const SENT = "?attack=pgd&eps=4&goal=targeted&target=8";
const ARRIVED: [how: string, search: string, hash?: string][] = [
  ["unharmed", SENT, "#attack"],
  ["as HTML writes it", SENT.replaceAll("&", "&amp;"), "#attack"],
  ["so twice", SENT.replaceAll("&", "&amp;amp;"), "#attack"],
  ["so, and encoded", SENT.replaceAll("&", "&amp%3B"), "#attack"],
  ["with its separators encoded", `?${encodeURIComponent(SENT.slice(1))}`, "#attack"],
  ["encoded twice", `?${encodeURIComponent(encodeURIComponent(SENT.slice(1)))}`, "#attack"],
  ["encoded with its place", `?${encodeURIComponent(`${SENT.slice(1)}#attack`)}`, ""],
  ["with a number for &", "?attack=pgd&", `#38;${SENT.slice("?attack=pgd&".length).replaceAll("&", "&#38;")}#attack`],
  ["with what a mail puts behind it", `${SENT}&utm_source=x&utm_medium=mail&fbclid=IwAR0&gclid=1&mc_cid=2`, "#attack"],
  ["within a course", `${SENT}&forceview=1`, "#attack"],
  ["in capitals", SENT.toUpperCase(), "#ATTACK"],
  ["at the end of a sentence", `${SENT}.`, ""],
  ["in brackets, and followed by one", `${SENT})`, "#attack)."],
  ["broken over two lines", SENT.replace("&goal", "&%0D%0A goal"), "#attack"],
  ["with a soft hyphen", SENT.replace("targeted", "targe\u00adted"), "#attack"],
];
for (const [how, search, hash = ""] of ARRIVED) {
  test(`a link that arrives ${how} says what it said`, () => {
    assert.ok(isLink(search, hash), search);
    const { settings, notes, place } = readLink(search, hash);
    assert.deepEqual(notes, []);
    assert.deepEqual(settings, { ...defaults(), "attack.kind": "pgd", "attack.epsilon": 4, "goal.kind": "targeted", "goal.class": 8 });
    if (hash !== "" || search.includes("%23")) assert.match(place, /^#attack[.)]*$/i);
  });
}

test("what is not understood of a link is told; of what is no link of this page nothing is", () => {
  const { notes } = readLink("?attack=pgd&epsilon=4&b%2064=x");
  assert.equal(notes.map(say).join(), "Parts of this link were not understood: epsilon, b 64.");
  assert.deepEqual(readLink("?id=5&course=7").notes, []);
});

test("device, language and what a teacher has hidden are one's own: they ride along with no link, and a teacher's ends with the visit", () => {
  const settings = { ...defaults(), "device": "cpu", "language": "de", "teach.hide": "own,museum", "teach.fix": true, "attack.kind": "pgd" };
  assert.equal(shareLink(settings), "?attack=pgd");
  assert.equal(keptLink(settings), "?lang=de&device=cpu&attack=pgd");
});
