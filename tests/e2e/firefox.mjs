// Firefox as a distribution packages it, through Marionette, its own remote control: Playwright's needs a patched build.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "./browser.mjs";
import { remote } from "./remote.mjs";

/** The browser's executable; none where there is none. @returns {string | null} */
export const firefox = () => [process.env["FIREFOX"] ?? "", "/usr/bin/firefox-esr", "/usr/bin/firefox"].find((path) => path !== "" && existsSync(path)) ?? null;

/** @param {string} executable */
export async function launchFirefox(executable) {
  const profile = mkdtempSync(join(tmpdir(), "firefox-"));
  // Any free port, which it writes down; and no request of the browser's own.
  writeFileSync(join(profile, "user.js"), ['"marionette.port", 0', '"app.update.enabled", false', '"datareporting.policy.dataSubmissionEnabled", false',
    '"browser.shell.checkDefaultBrowser", false', '"network.captive-portal-service.enabled", false', '"network.connectivity-service.enabled", false']
    .map((words) => `user_pref(${words});`).join("\n"));
  const process = spawn(executable, ["-headless", "-no-remote", "-marionette", "-profile", profile, "about:blank"], { stdio: "ignore" });
  const note = join(profile, "MarionetteActivePort");
  await until("Firefox", () => existsSync(note), { timeout: 60_000 });
  const socket = connect(Number(readFileSync(note, "utf8")), "127.0.0.1");

  /** @type {Map<number, { done: (value: unknown) => void, failed: (error: Error) => void }>} */
  const asked = new Map();
  let lastId = 0;
  let buffer = Buffer.alloc(0);
  await new Promise((ready) => {
    socket.on("data", (chunk) => {
      buffer = Buffer.concat([buffer, chunk]);
      for (;;) {
        const colon = buffer.indexOf(":");
        const length = Number(buffer.subarray(0, Math.max(0, colon)).toString("utf8"));
        if (colon < 0 || buffer.length < colon + 1 + length) return;
        const message = JSON.parse(buffer.subarray(colon + 1, colon + 1 + length).toString("utf8"));
        buffer = buffer.subarray(colon + 1 + length);
        if (!Array.isArray(message)) {
          ready(undefined);
          continue;
        }
        const [, id, error, value] = message;
        const question = asked.get(id);
        asked.delete(id);
        if (error) question?.failed(new Error(`${error.error}: ${error.message}`));
        else question?.done(value);
      }
    });
  });

  /** @param {string} name @param {object} [parameters] @returns {Promise<unknown>} */
  const command = (name, parameters = {}) => new Promise((done, failed) => {
    lastId += 1;
    asked.set(lastId, { done, failed });
    const text = JSON.stringify([0, lastId, `WebDriver:${name}`, parameters]);
    socket.write(`${Buffer.from(text).length}:${text}`);
  });
  const session = await command("NewSession", { capabilities: { alwaysMatch: {} } });
  const { capabilities } = /** @type {{ capabilities: { browserVersion: string } }} */ (session);
  await command("SetTimeouts", { script: 30_000 });

  return remote({
    version: `Firefox ${capabilities.browserVersion}`,
    async execute(script, values) {
      const answer = await command("ExecuteScript", { script, args: values });
      return /** @type {{ value: unknown }} */ (answer).value;
    },
    goto: (url) => command("Navigate", { url }),
    async close() {
      const gone = new Promise((done) => { process.on("exit", () => done(undefined)); });
      socket.end();
      process.kill();
      await gone;
      rmSync(profile, { recursive: true });
    },
  });
}
