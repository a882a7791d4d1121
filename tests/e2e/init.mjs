// What is put into the page before its own scripts, so that it meets another browser or another engine.

/** @import { Page } from "playwright-core" */

/** Init scripts. They are handed to the browser as source, so they use nothing from here. */
export const WITHOUT_WEBGPU = () => Object.defineProperty(Navigator.prototype, "gpu", { get: () => undefined, configurable: true });
export const WITHOUT_TIMESTAMPS = () => {
  const { prototype } = /** @type {Beside} */ (globalThis).GPUAdapter;
  const features = Object.getOwnPropertyDescriptor(prototype, "features")?.get;
  Object.defineProperty(prototype, "features", { configurable: true, get() {
    return new Set([...features?.call(this)].filter((name) => name !== "timestamp-query"));
  } });
};

/**
 * An init script that changes the worker's script, which the page makes a Blob of.
 * @param {{ before?: string, after?: string, instead?: [pattern: RegExp, words: string] }} change
 */
export const changedWorker = ({ before = "", after = "", instead: [pattern, words] = [/(?!)/, ""] }) => `globalThis.Blob = class extends Blob {
  constructor(parts = [], options = {}) {
    super(options.type !== "text/javascript" ? parts : [${JSON.stringify(before)}, ...parts.map((part) => part.replace(${pattern}, ${JSON.stringify(words)})),
      ${JSON.stringify(`\n${after}`)}], options);
  }
};`;
/** Where the worker hands a command to its engine: the first group is the engine, the second the command's number, the third the command. */
export const HANDLE = /await (\w+)\.handle\((\w+),\s*(\w+)\)/;

/** What the page's policy of trusted types lets through: nothing but the addresses of its own workers. @param {Page} page @returns {Promise<string[]>} */
export const letThrough = (page) => page.evaluate(() => {
  const { trustedTypes } = /** @type {{ trustedTypes?: { createPolicy(name: string, rules: object): unknown } }} */ (globalThis);
  const url = URL.createObjectURL(new Blob(["postMessage(1)"], { type: "text/javascript" }));
  /** @type {[string, () => unknown][]} */
  const attempts = [
    ["a worker", () => new Worker(url)],
    ["markup", () => { document.createElement("div").innerHTML = "<b>x</b>"; }],
    ["a script's text", () => { document.createElement("script").text = "1"; }],
    ["a script's address", () => { document.createElement("script").src = url; }],
    ["a policy of another name", () => trustedTypes?.createPolicy("other", {})],
    ["a second policy of the same name", () => trustedTypes?.createPolicy("engine", {})],
  ];
  return attempts.filter(([, attempt]) => {
    try {
      attempt();
      return true;
    } catch {
      return false;
    }
  }).map(([name]) => name);
});
