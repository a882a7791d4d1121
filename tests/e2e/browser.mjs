// Starts Chromium, and a page object that does what a person does, so that the tests read like a visit.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

export { HANDLE, WITHOUT_TIMESTAMPS, WITHOUT_WEBGPU, changedWorker, letThrough } from "./init.mjs";

/** @import { Browser, BrowserContext, Locator, Page } from "playwright-core" */
/** @import { Site } from "./server.mjs" */

const FLAGS = ["--no-sandbox", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"];
const SOFTWARE_GPU = ["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"];

/**
 * @param {{ gpu?: boolean, hosts?: string, flags?: string[] }} [options] `gpu`: with a software WebGPU adapter; `hosts`: rules for names
 * @returns {Promise<Browser>}
 */
export function launch({ gpu = false, hosts = "", flags = [] } = {}) {
  const executablePath = process.env["CHROMIUM"] || "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: [...FLAGS, ...(gpu ? SOFTWARE_GPU : []), ...(hosts ? [`--host-resolver-rules=${hosts}`] : []), ...flags] });
}

/**
 * Asks again and again, because the page's policy forbids the eval that Playwright's own waiting needs. The patience is that of a machine
 * with more to do than this: several browsers at once, and a graphics device in software.
 * @template T
 * @param {string} what for the message when it does not come
 * @param {() => T | Promise<T>} ask
 * @param {{ timeout?: number, every?: number, state?: () => Promise<unknown> }} [options]
 * @returns {Promise<NonNullable<T>>} the first answer that is neither false nor null nor undefined nor 0
 */
export async function until(what, ask, { timeout = 60_000, every = 50, state } = {}) {
  const end = Date.now() + timeout;
  for (;;) {
    const answer = await ask();
    if (answer) return /** @type {NonNullable<T>} */ (answer);
    if (Date.now() > end) {
      const seen = state ? ` The page: ${JSON.stringify(await state().catch(String))}` : "";
      throw new Error(`Waited ${timeout / 1000} s in vain: ${what}.${seen}`);
    }
    await new Promise((resolve) => { setTimeout(resolve, every); });
  }
}

/** What Chromium says by itself where there is no graphics device. */
const OF_THE_BROWSER = [/^warning: No available adapters\./, /^warning: Service Worker registration blocked by Playwright/];

/**
 * @typedef {object} VisitOptions
 * @property {string} [query] of the address, with its question mark
 * @property {{ width: number, height: number }} [viewport]
 * @property {"light" | "dark"} [scheme]
 * @property {boolean} [touch] a phone
 * @property {((() => unknown) | string)[]} [init] scripts that run before the page's own
 * @property {boolean} [offline] whether the page may install its service worker
 * @property {boolean} [shipped] with the network that comes with the page; without it one starts untrained
 * @property {RegExp[]} [allow] messages on the console that this visit is expected to produce
 */

/** @typedef {Record<string, number | string | boolean>} Controls test id without `set-` → value */
/**
 * @typedef {{ success: boolean, success8bit: boolean, l0: number, l2: number, linf: number, before: number, after: number, purified: string,
 *   attack: string }} Outcome
 */

/** @param {Browser} browser @param {Site} site @param {VisitOptions} [options] */
export async function visit(browser, site, options = {}) {
  const { query = "", viewport = { width: 1280, height: 900 }, scheme = "light", touch = false } = options;
  const { init = [], allow = [], offline = false, shipped = false } = options;
  const context = await browser.newContext({ viewport, colorScheme: scheme, hasTouch: touch, isMobile: touch, serviceWorkers: offline ? "allow" : "block" });
  for (const script of init) await context.addInitScript(typeof script === "string" ? { content: script } : script);
  if (!shipped && !offline) await context.route("**/weights/lenet*.safetensors", (route) => route.fulfill({ status: 404, body: "" }));
  const page = await context.newPage();
  const loop = new Loop(page, context, site, shipped || offline ? allow : [...allow, /weights\/lenet/]);
  await page.goto(site.url + query);
  return loop;
}

/** The whole loop on one page. */
export class Loop {
  /** @type {string[]} */
  complaints = [];
  /** @type {{ method: string, url: string }[]} */
  requests = [];
  /** Files that the browser did not use, because they were not what was built. */
  refusals = 0;

  /** @param {Page} page @param {BrowserContext} context @param {Site} site @param {RegExp[]} allow */
  constructor(page, context, site, allow) {
    this.page = page;
    this.context = context;
    this.site = site;
    this.allow = [...OF_THE_BROWSER, ...allow];
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") this.complain(`${message.type()}: ${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => this.complain(`page error: ${error.stack ?? error.message}`));
    context.on("request", (request) => this.requests.push({ method: request.method(), url: request.url() }));
    page.on("websocket", (socket) => this.requests.push({ method: "WEBSOCKET", url: socket.url() }));
  }

  /** @param {string} words */
  complain(words) {
    if (/integrity/.test(words)) this.refusals += 1;
    if (!this.allow.some((pattern) => pattern.test(words))) this.complaints.push(words);
  }

  /** Leaves, after looking at what the visit left behind: nothing on the console, no request to anywhere else, no upload. */
  async close() {
    await this.context.close();
    assert.deepEqual(this.complaints, [], "messages on the console");
    this.keptToItself();
  }

  keptToItself() {
    const away = this.requests.filter(({ url }) => !url.startsWith(this.site.url) && !/^(blob|data):/.test(url));
    assert.deepEqual(away, [], "requests to elsewhere");
    assert.deepEqual(this.requests.filter(({ method }) => method !== "GET"), [], "requests that could carry something away");
    assert.deepEqual(this.site.log.filter(({ method, path }) => method !== "GET" || path.startsWith("outside")), [],
      "requests outside the page's folder, or uploads");
  }

  /** @param {string} testid @returns {Locator} */
  at(testid) {
    return this.page.locator(`[data-testid="${testid}"]`);
  }
  /** A data attribute, which the page keeps for tests and styles. @param {string} testid @param {string} [name] @returns {Promise<string>} */
  async data(testid, name = "value") {
    return (await this.at(testid).getAttribute(`data-${name}`)) ?? "";
  }
  /** @param {string} testid @param {string} [name] @returns {Promise<number>} NaN where there is none */
  async number(testid, name = "value") {
    const words = await this.data(testid, name);
    return words === "" ? NaN : Number(words);
  }
  /** Goes where it is, and unfolds what it is folded into. @param {string} testid @returns {Promise<Locator>} */
  async reveal(testid) {
    const locator = this.at(testid);
    const place = await locator.evaluate((element) => {
      for (let up = element.parentElement; up; up = up.parentElement) {
        if (up instanceof HTMLDetailsElement && !up.querySelector(":scope > summary")?.contains(element)) up.open = true;
      }
      const own = /** @type {HTMLElement | null} */ (element.closest(".place"));
      return own?.hidden ? own.dataset["place"] ?? "" : "";
    });
    if (place) await this.go(place);
    await this.asks(locator);
    return locator;
  }
  /** Of several questions, one at a time is on the screen: that which it belongs to is asked. @param {Locator} locator */
  async asks(locator) {
    const tab = await locator.evaluate((element) => element.closest('[role="tabpanel"][hidden]')?.getAttribute("aria-labelledby") ?? "");
    if (tab) await this.page.locator(`#${tab}`).click();
  }
  /** @param {string} place */
  async go(place) {
    const link = this.at(`nav-${place}`);
    if (await link.count() > 0) await link.click();
    else await this.page.evaluate((place) => { location.hash = place; }, place);
    await this.frames();
  }
  /** Whether it is there for the eye, in its place. @param {string} testid */
  async sees(testid) {
    const locator = this.at(testid);
    const place = await locator.evaluate((element) => {
      const own = /** @type {HTMLElement | null} */ (element.closest(".place"));
      return own?.hidden ? own.dataset["place"] ?? "" : "";
    });
    if (place) await this.go(place);
    await this.asks(locator);
    return locator.isVisible();
  }
  /** @param {string} testid */
  async lacks(testid) {
    return !await this.sees(testid);
  }
  /** @param {string} testid */
  async click(testid) {
    await (await this.reveal(testid)).click();
  }

  /** What a failed wait shows. */
  state = async () => ({
    device: await this.data("device-chip", "device"), phase: await this.data("device-chip", "phase"), reason: await this.at("device-reason").textContent(),
    job: await this.at("running-job").textContent(), errors: await this.errors(), crash: await this.at("crash-message").textContent(), console: this.complaints,
  });
  /** @template T @param {string} what @param {() => T | Promise<T>} ask @param {number} [timeout] */
  until(what, ask, timeout) {
    return until(what, ask, { ...(timeout === undefined ? {} : { timeout }), state: this.state });
  }

  /** Until the engine runs and the first picture is there. @param {number} [timeout] */
  async ready(timeout = 60_000) {
    await this.until("the first picture", async () => await this.data("device-chip", "phase") === "ready"
      && await this.data("subject-canvas", "filled") === "true", timeout);
    return this;
  }
  async device() {
    return { kind: await this.data("device-chip", "device"), phase: await this.data("device-chip", "phase"),
      reason: (await this.at("device-reason").textContent()) ?? "" };
  }

  /** Uses a control as a person would, and leaves it. @param {string} key e.g. `train-epochs` @param {number | string | boolean} value */
  async set(key, value) {
    const control = await this.reveal(`set-${key}`);
    const kind = await control.evaluate((element) => (element instanceof HTMLSelectElement ? "select" : /** @type {HTMLInputElement} */ (element).type));
    if (kind === "select") await control.selectOption(String(value));
    else if (kind === "checkbox") await control.setChecked(value === true);
    else await control.fill(String(value));
    await control.blur();
  }
  /** @param {Controls} controls */
  async setAll(controls) {
    for (const [key, value] of Object.entries(controls)) await this.set(key, value);
  }
  /** @param {string} key @returns {Promise<string>} */
  shown(key) {
    return this.at(`set-${key}`).inputValue();
  }

  /** @typedef {"data" | "train" | "purify" | "attack" | "matrix" | "curve" | "check" | "roc" | "sticker"} Prefix */
  /** @param {Prefix} prefix */
  async job(prefix) {
    return { state: await this.data(`${prefix}-progress`, "state"), done: await this.number(`${prefix}-progress`, "done"),
      share: await this.number(`${prefix}-progress`) };
  }
  /** @param {Prefix} prefix */
  async start(prefix) {
    const training = prefix === "train" || prefix === "purify";
    await this.click(`${prefix}-${training ? "start" : "run"}`);
    if (!training) return;
    // A training of the same model that was interrupted is given up for this one.
    await this.frames();
    if (await this.at("confirm-yes").isVisible()) await this.click("confirm-yes");
  }
  /** @param {Prefix} prefix @param {string} state @param {number} [timeout] */
  async reaches(prefix, state, timeout = 60_000) {
    await this.until(`${prefix} is ${state}`, async () => (await this.job(prefix)).state === state, timeout);
  }
  /** Starts and waits for the end. @param {Exclude<Prefix, "attack">} prefix @param {Controls} [controls] @param {number} [timeout] */
  async run(prefix, controls = {}, timeout = 90_000) {
    await this.setAll(controls);
    // The state of the run before is shown until this one begins, and a short one is over before the page has drawn it.
    const started = () => this.at(`${prefix}-progress`).getAttribute("data-started");
    const before = await started();
    await this.start(prefix);
    await this.until(`${prefix} begins`, async () => await started() !== before, 20_000);
    await this.reaches(prefix, "finished", timeout);
  }
  /** @param {string} testid of a summary */
  async unfold(testid) {
    await (await this.reveal(testid)).evaluate((element) => { if (element.parentElement instanceof HTMLDetailsElement) element.parentElement.open = true; });
  }
  /** @param {string} testid of a table that is folded away */
  async unfoldTable(testid) {
    await this.reveal(testid);
  }
  /** Ticks exactly these boxes. @param {string} testid of the group @param {string[]} wanted */
  async tick(testid, wanted) {
    const group = await this.reveal(testid);
    for (const box of await group.locator('input[type="checkbox"]').all()) await box.setChecked(wanted.includes(await box.inputValue()));
    await this.frames();
  }
  /** What a click saves. @param {string} testid @returns {Promise<{ name: string, bytes: Buffer }>} */
  async saved(testid) {
    const [download] = await Promise.all([this.page.waitForEvent("download"), this.click(testid)]);
    const path = await download.path();
    return { name: download.suggestedFilename(), bytes: readFileSync(path) };
  }
  /**
   * Measures the table of results with few signs.
   * @param {{ attacks: string[], defenses?: string[], knowledge?: string[] }} what
   * @param {Controls} [controls]
   * @param {number} [timeout]
   */
  async measure({ attacks, defenses = ["none"], knowledge = ["oblivious", "adaptive"] }, controls = {}, timeout = 90_000) {
    await this.tick("matrix-attacks", attacks);
    await this.tick("matrix-defenses", defenses);
    await this.tick("matrix-knowledge", knowledge);
    await this.run("matrix", controls, timeout);
    await this.until("the table is done", async () => await this.data("matrix", "state") === "done");
  }
  /** Until what was changed has been drawn. */
  frames() {
    return this.page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
  }

  /**
   * Attacks the subject and reads what is shown.
   * @param {string} kind
   * @param {Controls} controls
   * @param {{ target?: number, timeout?: number }} [options]
   * @returns {Promise<Outcome>}
   */
  async attack(kind, controls, { target, timeout = 90_000 } = {}) {
    await this.set("attack-kind", kind);
    await this.frames();
    if (kind !== "deepfool") await (await this.reveal(`goal-${target === undefined ? "untargeted" : "targeted"}`)).check();
    if (target !== undefined) await (await this.reveal("target-class")).selectOption(String(target));
    await this.setAll(controls);
    await this.start("attack");
    await this.frames();
    const outcome = this.page.locator(".outcome");
    await this.until("the outcome", async () => await outcome.getAttribute("data-state") === "done" && (await this.job("attack")).state === "finished",
      timeout);
    return {
      success: await this.data("outcome-success") === "true", success8bit: await this.data("outcome-8bit") === "true",
      l0: await this.number("outcome-l0"), l2: await this.number("outcome-l2"), linf: await this.number("outcome-linf"),
      before: await this.number("original-top"), after: await this.number("adversarial-top"), purified: await this.data("purified-top"),
      attack: (await outcome.getAttribute("data-attack")) ?? "",
    };
  }

  /** Takes a drawn sign from the legend. @param {number} index */
  async pick(index) {
    const before = await this.paints("subject-canvas");
    await this.click(`legend-${index}`);
    await this.until(`sign ${index}`, async () => await this.number("subject-name") === index && await this.paints("subject-canvas") !== before);
  }
  /** The network's first answer to the subject, and whether it is right. */
  async answer() {
    return { label: await this.number("subject-name"), read: await this.number("subject-top") };
  }
  /** A sign that the network reads correctly, which it may have to look for. @returns {Promise<number>} its class */
  async signItKnows() {
    for (let tries = 0; tries < 30; tries += 1) {
      const { label, read } = await this.answer();
      if (label === read) return label;
      const before = await this.paints("subject-canvas");
      await this.click("another-picture");
      await this.until("another picture", async () => await this.paints("subject-canvas") !== before);
    }
    throw new Error("the network knows none of 30 pictures");
  }
  /** What a canvas shows, in a form that can be compared. @param {string} testid @returns {Promise<string>} */
  paints(testid) {
    return this.at(testid).evaluate((canvas) => /** @type {HTMLCanvasElement} */ (canvas).toDataURL());
  }

  /** @param {{ name: string, bytes: Uint8Array, type?: string }} file */
  async choose({ name, bytes, type = "" }) {
    await this.at("upload-input").setInputFiles({ name, mimeType: type, buffer: Buffer.from(bytes) });
  }
  /**
   * Drops or pastes a file, through the events that the browser would send.
   * @param {"drop" | "paste"} how
   * @param {{ name: string, bytes: Uint8Array, type?: string }} file
   */
  async give(how, { name, bytes, type = "image/png" }) {
    await this.page.evaluate(([how, name, type, bytes]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(bytes)], name, { type }));
      if (how === "paste") {
        document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true, cancelable: true }));
        return;
      }
      for (const event of ["dragenter", "dragover", "drop"]) {
        document.body.dispatchEvent(new DragEvent(event, { dataTransfer: transfer, bubbles: true, cancelable: true }));
      }
    }, /** @type {const} */ ([how, name, type, Array.from(bytes)]));
  }
  async cropSquare() {
    return { x: await this.number("crop-box", "x"), y: await this.number("crop-box", "y"), size: await this.number("crop-box", "size") };
  }
  /** Waits for the editor, uses the square as it is, waits for the subject. */
  async useCrop() {
    await this.until("the photo editor", () => this.sees("photo-editor"));
    const before = await this.paints("subject-canvas");
    await this.click("crop-apply");
    await this.until("the photo as the subject", async () => await this.data("subject-name") === "" && await this.paints("subject-canvas") !== before);
  }

  /** Messages that are shown. @returns {Promise<{ code: string, words: string, place: string }[]>} */
  errors() {
    return this.page.evaluate(() => Array.from(document.querySelectorAll('[data-testid="error-message"]:not([hidden])'), (element) => {
      const { code = "", place = "" } = /** @type {HTMLElement} */ (element).dataset;
      return { code, place, words: element.textContent ?? "" };
    }));
  }
  /** @param {number} [timeout] */
  error(timeout) {
    return this.until("a message", async () => (await this.errors())[0], timeout);
  }
}
