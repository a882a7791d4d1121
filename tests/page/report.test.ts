// What goes wrong in the page's own code: who is told, and what stands in the report.

import { engine } from "./world.js";
import assert from "node:assert/strict";
import test from "node:test";
import { tellOfErrors } from "../../www/app/guard.js";
import { deviceFlow } from "../../www/flows/device.js";
import { keepLog, lastLines, reportOf, thrown } from "../../www/io/report.js";
import { tab } from "./desk.js";

test("errors that nobody has caught, and refusals that nobody awaits, are told", () => {
  const page = new EventTarget();
  const told: unknown[] = [];
  tellOfErrors(page, (error) => told.push(error));
  const error = new Error("a loose end");
  page.dispatchEvent(Object.assign(new Event("error"), { error, message: "Uncaught" }));
  // A script of another origin, or one that throws nothing.
  page.dispatchEvent(Object.assign(new Event("error"), { error: null, message: "Script error." }));
  page.dispatchEvent(Object.assign(new Event("unhandledrejection"), { reason: "no" }));
  assert.deepEqual(told, [error, "Script error.", "no"]);
});

test("a report has version, device, what was thrown and the last lines of the console, and no more of them than one can read", () => {
  const written: string[] = [];
  const page = { error: (...parts: unknown[]) => { written.push(parts.join(" ")); }, warn() {}, info() {}, log() {} };
  keepLog(page);
  for (let line = 0; line < 100; line += 1) page.error("line", line);
  assert.equal(written.length, 100, "what is kept is written too");
  assert.equal(lastLines().length, 40);
  assert.equal(lastLines().at(-1), "error: line 99");
  const report = reportOf({ version: "1.2", device: "CPU", time: 0, code: "view start", ...thrown(new Error("no ink")) });
  assert.deepEqual(report.split("\n").slice(0, 7), ["Fool the Sign 1.2", "Device: CPU", "Browser: Node", "Time: 1970-01-01T00:00:00.000Z", "Code: view start",
    "Message: no ink", "Last log lines:"]);
  assert.match(report, /error: line 99\nError: no ink\n/);
  for (const odd of [null, undefined, "text", 7, { message: 3 }]) assert.equal(typeof thrown(odd).message, "string");
});

test("the page's own failure is one crash with a report; a second one does not hide the first", async () => {
  const page = tab("failing");
  await page.start(engine());
  const device = deviceFlow(page.desk);
  device.pageFailed(new Error("first"));
  device.pageFailed(new Error("second"));
  const { crash } = page.store.get();
  assert.equal(crash?.of, "page");
  assert.match(crash?.report ?? "", /Device: CPU.*\n.*Code: page\nMessage: first\n/s);
  page.client.end();
});
