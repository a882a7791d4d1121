// WebKit as Debian packages it (WebKitGTK's MiniBrowser), through its driver, which speaks the W3C's WebDriver. It has no mode without a
// display, so there is one in memory where there is none.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { until } from "./browser.mjs";
import { remote } from "./remote.mjs";

/** @param {string} named by a variable @param {string} path */
const found = (named, path) => [named, path].find((one) => one !== "" && existsSync(one)) ?? null;

/** The browser's driver; none where there is none, or nothing to show it on. @returns {string | null} */
export const webkit = () => (screen() ? found(process.env["WEBKIT_DRIVER"] ?? "", "/usr/bin/WebKitWebDriver") : null);
const screen = () => process.env["DISPLAY"] || found("", "/usr/bin/Xvfb");

/** A display in memory, with the first number that is free. */
async function display() {
  const shown = spawn("/usr/bin/Xvfb", ["-displayfd", "1", "-screen", "0", "1280x1000x24", "-nolisten", "tcp"], { stdio: ["ignore", "pipe", "ignore"] });
  let number = "";
  for await (const chunk of shown.stdout) {
    number += Buffer.from(chunk).toString("utf8");
    if (number.includes("\n")) break;
  }
  return { name: `:${number.trim()}`, end: () => shown.kill() };
}

/** A port that nobody listens on. @returns {Promise<number>} */
const freePort = () => new Promise((done) => {
  const server = createServer(() => {});
  server.listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

/** @param {string} driver @param {Record<string, string>} variables e.g. the system's language */
export async function launchWebkit(driver, variables = {}) {
  const own = process.env["DISPLAY"] ? null : await display();
  const port = await freePort();
  const environment = { ...process.env, NO_AT_BRIDGE: "1", ...(own ? { DISPLAY: own.name } : {}), ...variables };
  const started = spawn(driver, [`--port=${port}`], { stdio: "ignore", env: environment });
  /** @param {"GET" | "POST" | "DELETE"} method @param {string} path @param {object} [body] @returns {Promise<unknown>} */
  async function call(method, path, body) {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  }
  await until("WebKit's driver", () => call("GET", "/status").catch(() => false), { timeout: 30_000 });
  const session = /** @type {{ sessionId: string, capabilities: { browserVersion: string } }} */ (await call("POST", "/session", { capabilities: {} }));
  const path = `/session/${session.sessionId}`;
  await call("POST", `${path}/timeouts`, { script: 30_000, pageLoad: 60_000 });
  return remote({
    version: `WebKitGTK ${session.capabilities.browserVersion}`,
    execute: (script, values) => call("POST", `${path}/execute/sync`, { script, args: values }),
    goto: (url) => call("POST", `${path}/url`, { url }),
    async close() {
      const gone = new Promise((done) => { started.on("exit", () => done(undefined)); });
      await call("DELETE", path);
      started.kill();
      await gone;
      own?.end();
    },
  });
}
