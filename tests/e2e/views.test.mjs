// What the views promise whatever they show: a change of language disturbs nothing, an error is told where one is, a view that
// breaks takes nothing with it, chosen things can be told in the system's own colours, and the focus is never hidden.

import assert from "node:assert/strict";
import test from "node:test";
import { visit } from "./browser.mjs";
import { browser, site } from "./stage.mjs";

/** @param {string} [query] @param {Partial<import("./browser.mjs").VisitOptions>} [options] */
async function opened(query = "", options = {}) {
  const loop = await (await visit(browser, site, { query: `?device=cpu${query}`, shipped: true, ...options })).ready();
  if (options.shipped !== false) await loop.until("the network that comes with the page", async () => await loop.data("subject-verdict", "trained") === "true");
  return loop;
}
/** @param {import("./browser.mjs").Loop} loop */
const focused = (loop) => loop.page.evaluate(() => {
  const { activeElement } = document;
  return activeElement === document.body ? "body" : /** @type {HTMLElement | null} */ (activeElement)?.dataset["testid"] ?? activeElement?.id ?? "";
});

test("a change of language keeps what is open, where one is, and the dialog it was made in; the teacher's link follows", async () => {
  const loop = await opened();
  await loop.go("lesson");
  await loop.click("lesson-tab-3");
  await loop.click("lesson-targeted-yes");
  await loop.unfold("attack-more");
  await loop.go("lesson");
  await loop.click("settings-open");
  await loop.unfold("teach-more");
  await loop.at("set-language").focus();
  await loop.at("set-language").selectOption("de");
  await loop.until("the dialog speaks German", async () => /Einstellungen/.test((await loop.at("settings").locator("h2").textContent()) ?? ""));
  assert.equal(await focused(loop), "set-language", "the focus stays where it was");
  await loop.at("teach-hide-museum").check();
  await loop.until("the link says both", async () => /lang=de.*hide=museum|hide=museum.*lang=de/.test(await loop.at("teach-link").inputValue()));
  await loop.click("settings-close");
  await loop.until("it closes", async () => await loop.at("settings").count() === 0);
  assert.ok(await loop.at("lesson-targeted").isVisible(), "the step is the same");
  assert.ok(await loop.at("lesson-targeted-yes").isChecked());
  assert.ok(await loop.at("attack-more").evaluate((summary) => /** @type {HTMLDetailsElement} */ (summary.parentElement).open), "what was unfolded stays so");
  assert.match(await loop.page.title(), /Lektion|Lernen|Kurs|·/);
  await loop.close();
});

test("an error of a panel that is not on the screen is told on the one that is", async () => {
  const loop = await opened("&batch=512&images=64", { shipped: false });
  await loop.click("start-go");
  const { words } = await loop.error();
  assert.match(words, /^\p{Lu}.*\.$/u);
  const shown = loop.page.locator('[data-testid="error-message"]:visible');
  assert.equal(await shown.count(), 1, "once, and where one looks");
  assert.ok(await loop.at("error-close").isVisible());
  await loop.go("train");
  await loop.until("it is in its panel there", async () => await loop.page.locator('#place-train [data-testid="error-message"]:visible').count() === 1);
  assert.equal(await shown.count(), 1);
  await loop.go("lesson");
  await loop.click("error-close");
  await loop.until("it is gone", async () => await shown.count() === 0);
  await loop.close();
});

test("a view that throws leaves a report in its place, and the rest goes on", async () => {
  const init = () => {
    const { putImageData } = CanvasRenderingContext2D.prototype;
    // Only the pictures of examples break, and only until they are repaired.
    Object.assign(globalThis, { broken: true });
    CanvasRenderingContext2D.prototype.putImageData = function put(/** @type {unknown[]} */ ...rest) {
      if (/** @type {Beside} */ (globalThis).broken && this.canvas.closest("[data-testid=gallery]")) throw new Error("no ink");
      return Reflect.apply(putImageData, this, rest);
    };
  };
  const loop = await opened("", { init: [init], allow: [/no ink/] });
  await loop.go("data");
  await loop.until("the view says so", () => loop.at("view-crash").isVisible());
  assert.match((await loop.at("report").textContent()) ?? "",
    /^Fool the Sign \d.*\nDevice: CPU.*\nBrowser: .*Chrom.*\nTime: .*\nCode: view examples\nMessage: no ink\nLast log lines:\n.*no ink/s);
  await loop.pick(3);
  await loop.page.evaluate(() => { Object.assign(globalThis, { broken: false }); });
  await loop.at("view-crash").getByRole("button").first().click();
  await loop.until("it is drawn again", async () => await loop.number("gallery") > 0);
  assert.equal(await loop.at("view-crash").count(), 0);
  await loop.close();
});

test("a dialog that throws is its own report, on the screen; the one below it goes on, and nothing waits for its answer", async () => {
  const init = () => {
    const { showModal } = HTMLDialogElement.prototype;
    HTMLDialogElement.prototype.showModal = function show() {
      if (this.dataset["testid"] === "confirm") throw new Error("no question");
      showModal.call(this);
    };
  };
  const loop = await opened("", { init: [init], allow: [/no question/] });
  await loop.setAll({ "train-epochs": 50, "train-validation-images": 43 });
  await loop.start("train");
  await loop.reaches("train", "running");
  await loop.click("settings-open");
  await loop.at("device-select").selectOption("gpu");
  await loop.until("the report", () => loop.at("dialog-crash").isVisible());
  assert.match((await loop.at("report").textContent()) ?? "", /Code: view dialog\nMessage: no question/);
  assert.ok(await loop.at("settings").isVisible());
  await loop.click("dialog-crash-close");
  await loop.until("it closes", async () => await loop.at("dialog-crash").count() === 0);
  await loop.until("the choice is what it was", async () => await loop.at("device-select").inputValue() === "cpu");
  await loop.click("settings-close");
  assert.equal((await loop.job("train")).state, "running");
  await loop.close();
});

test("what the page's own code throws, and what nobody awaits, is told with a report: version, device, the last lines of the log", async () => {
  for (const how of ["thrown", "refused"]) {
    const loop = await opened("", { allow: [/loose end/, /the line before/] });
    await loop.page.evaluate((how) => {
      console.warn("the line before");
      if (how === "thrown") setTimeout(() => { throw new Error("a loose end"); }, 0);
      else void Promise.reject(new Error("a loose end"));
    }, how);
    await loop.until("the report", () => loop.at("crash").isVisible());
    const report = (await loop.at("crash-report").textContent()) ?? "";
    assert.match(report, /^Fool the Sign \d.*\nDevice: CPU.*\n.*Code: page\nMessage: a loose end\nLast log lines:\n.*the line before.*a loose end/s);
    await loop.pick(3);
    await loop.close();
  }
});

test("in the system's own colours one sees what is chosen, where one is, and how far a job is", async () => {
  const loop = await opened();
  await loop.page.emulateMedia({ forcedColors: "active" });
  await loop.go("attack");
  await loop.frames();
  /** @param {string} selector @param {"backgroundColor" | "borderTopColor"} what */
  const colour = (selector, what) => loop.page.locator(selector).first().evaluate((element, what) => getComputedStyle(element)[what], what);
  assert.notEqual(await colour('[data-testid="goal"] input:checked + label', "backgroundColor"),
    await colour('[data-testid="goal"] input:not(:checked) + label', "backgroundColor"));
  assert.notEqual(await colour('[data-testid="nav-attack"]', "backgroundColor"), await colour('[data-testid="nav-data"]', "backgroundColor"));
  assert.notEqual(await colour('[data-testid="original-top"] .bar-fill', "backgroundColor"),
    await colour('[data-testid="original-top"] .bar-track', "backgroundColor"));
  await loop.go("data");
  assert.notEqual(await colour('[data-testid="legend"] [aria-selected="true"]', "borderTopColor"),
    await colour('[data-testid="legend"] [aria-selected="false"]', "borderTopColor"));
  await loop.close();
});

test("on the smallest screen, and so at 400 % zoom, the focus is never hidden under anything, in any place", async () => {
  const loop = await opened("", { viewport: { width: 320, height: 256 } });
  /** @type {string[]} */
  const hidden = [];
  for (const place of ["start", "data", "train", "attack", "defend", "measure", "sticker", "lesson", "museum", "glossary"]) {
    await loop.go(place);
    await loop.page.evaluate((place) => {
      const section = document.getElementById(`place-${place}`);
      for (const details of section?.querySelectorAll("details") ?? []) details.open = true;
      section?.querySelector("h1")?.focus();
    }, place);
    for (let presses = 0; presses < 150; presses += 1) {
      await loop.page.keyboard.press("Tab");
      const under = await loop.page.evaluate((place) => {
        const here = document.activeElement;
        if (!here?.closest(`#place-${place}`)) return null;
        const box = here.getBoundingClientRect();
        // Its beginning has to be seen; of what is taller than the window, something. Radios lie under their labels.
        const tall = box.height > innerHeight;
        const [x, y] = [Math.max(0, box.left) + Math.min(box.width, 40) / 2, tall ? innerHeight / 2 : box.top + Math.min(box.height, 24) / 2];
        const seen = document.elementsFromPoint(x, y);
        const name = here.getAttribute("data-testid") ?? here.className;
        const label = here instanceof HTMLInputElement ? Array.from(here.labels ?? []) : [];
        const first = seen[0];
        if (box.width <= 1) return "";
        if (!first) return `${name} at ${x.toFixed(0)}, ${y.toFixed(0)} is not on the screen`;
        const mine = here.contains(first) || first.contains(here) || label.some((one) => one.contains(first));
        return mine ? "" : `${name} at ${y.toFixed(0)} is under ${first.className || first.tagName}`;
      }, place);
      if (under === null) break;
      if (under) hidden.push(`${place}: ${under}`);
    }
  }
  assert.deepEqual(hidden, []);
  await loop.close();
});

test("the words of the navigation do not touch one another, however narrow the screen, in either language", async () => {
  for (const language of ["en", "de"]) {
    const loop = await opened(`&lang=${language}`, { viewport: { width: 320, height: 568 }, shipped: false });
    for (const width of [320, 360, 390, 768, 1024, 1280]) {
      await loop.page.setViewportSize({ width, height: 740 });
      await loop.frames();
      const words = await loop.page.locator(".nav-label").evaluateAll((all) => all.map((label) => {
        const range = document.createRange();
        range.selectNodeContents(label);
        const { left, right } = range.getBoundingClientRect();
        return { left, right };
      }));
      assert.equal(words.length, 5);
      for (const [index, { right }] of words.slice(0, -1).entries()) {
        const room = (words[index + 1]?.left ?? 0) - right;
        assert.ok(room >= 4, `${language}, ${width} px: ${room.toFixed(1)} px after the word ${index + 1}`);
      }
      assert.ok((words[0]?.left ?? -1) >= 0 && (words.at(-1)?.right ?? Infinity) <= width, `${language}, ${width} px`);
    }
    await loop.close();
  }
});

test("what a figure is called says what it is, by keyboard and by touch", async () => {
  const loop = await opened();
  await loop.attack("fgsm", { "attack-epsilon": 4 });
  const name = await loop.reveal("outcome-linf-what");
  const help = loop.page.locator(`[id="${await name.getAttribute("aria-controls")}"]`);
  assert.equal(await help.isVisible(), false);
  await name.focus();
  await loop.page.keyboard.press("Enter");
  await loop.until("it is said", () => help.isVisible());
  assert.equal(await name.getAttribute("aria-expanded"), "true");
  await loop.page.keyboard.press("Enter");
  await loop.until("it is folded away", async () => !await help.isVisible());
  await loop.close();
});

test("a setting that had to be changed is tied to its note; switches say that they are switches", async () => {
  const loop = await opened();
  await loop.set("train-epochs", "1000000");
  const input = loop.at("set-train-epochs");
  assert.equal(await input.getAttribute("aria-invalid"), "true");
  const ids = ((await input.getAttribute("aria-describedby")) ?? "").split(" ");
  const words = await Promise.all(ids.map((id) => loop.page.locator(`[id="${id}"]`).textContent()));
  assert.ok(words.some((one) => /allowed/.test(one ?? "")), String(words));
  assert.equal(await loop.at("set-train-augment").getAttribute("role"), "switch");
  await loop.close();
});

test("the chart of an attack is saved with all of it inside: negative margins, and series of one point", async () => {
  const loop = await opened();
  await loop.attack("cw", { "cw-searches": 1, "cw-steps": 20 });
  const svg = (await loop.saved("frame-chart-svg")).bytes.toString("utf8");
  const lines = Array.from(svg.matchAll(/<polyline points="([^"]+)"/g), ([, points = ""]) => points.split(" ").map((point) => Number(point.split(",")[1])));
  assert.ok(lines.length >= 2, svg.slice(0, 300));
  const axis = Array.from(svg.matchAll(/<line x1="64" x2="700" y1="([\d.]+)"/g), ([, y]) => Number(y));
  for (const y of lines.flat()) assert.ok(y >= Math.min(...axis) - 1 && y <= Math.max(...axis) + 1, `${y} of ${axis}`);
  await loop.attack("fgsm", { "attack-epsilon": 4 });
  assert.match((await loop.saved("frame-chart-svg")).bytes.toString("utf8"), /<circle /, "one point is seen");
  for (const place of ["train", "measure"]) {
    const names = await loop.page.locator(`#place-${place} .chart-exports button`).evaluateAll((all) => all.map((button) => button.getAttribute("aria-label")));
    assert.ok(names.length >= 6 && new Set(names).size === names.length, `buttons of several charts have names of their own: ${names}`);
  }
  await loop.close();
});

test("numbers are written as the language does", async () => {
  const loop = await opened("&lang=de&epochs=4000&lr=0.0000001");
  const notes = await loop.at("link-notes").locator("li").allTextContents();
  assert.ok(notes.some((note) => /0,000001/.test(note)), String(notes));
  await loop.close();
});
