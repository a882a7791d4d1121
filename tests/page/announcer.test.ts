// What is said to people who do not see the page: by one voice, and of a series of attacks only that it runs and what came of it.

import { engine, quiet } from "./world.js";
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { attackFlow } from "../../www/flows/attack.js";
import { pictureFlow } from "../../www/flows/picture.js";
import { say } from "../../www/words/say.js";
import { tab } from "./desk.js";

test("the page has one voice, and errors, which interrupt", () => {
  const files = readdirSync("www", { recursive: true }).map((name) => join("www", String(name))).filter((name) => /\.(tsx?|html)$/.test(name));
  const voices = files.flatMap((path) => Array.from(readFileSync(path, "utf8").matchAll(/role="(?:status|log)"|aria-live/g), () => path));
  assert.deepEqual([...new Set(voices)], ["www/index.html"]);
});

/** A desk at which an attack can be begun, and everything that is said from then on. */
async function heard(one = engine()) {
  const page = tab(`voice ${Math.random()}`);
  await page.start(one);
  const picture = pictureFlow(page.desk);
  await picture.draw();
  const said: string[] = [];
  let last = page.store.get().announcement;
  page.store.state.subscribe(({ announcement }) => {
    if (announcement !== last) said.push(say(announcement));
    last = announcement;
  });
  return { page, said, one, attack: attackFlow(page.desk, picture) };
}

test("six strengths that are not enough are one announcement and one result", async () => {
  const { said, one, attack, page } = await heard(engine({ succeeds: false }));
  await attack.turnInto(3);
  assert.equal(one.asked("attack").length, 6);
  assert.deepEqual(said, ["Attack: running.", "The attack did not succeed."]);
  page.client.end();
});

test("one that is enough says so; and so does an attack that is no series", async () => {
  const { said, attack, page } = await heard();
  await attack.turnInto(3);
  assert.deepEqual(said, ["Attack: running.", "The attack succeeded."]);
  said.length = 0;
  attack.attack();
  await quiet();
  assert.deepEqual(said, ["Attack: running.", "The attack succeeded."]);
  page.client.end();
});

test("the attacks of a step of the lesson are not told one by one; those of the museum are", async () => {
  const { said, attack, page } = await heard();
  await attack.run(page.store.get().settings, "lesson");
  assert.deepEqual(said, []);
  await attack.run(page.store.get().settings, "museum");
  assert.deepEqual(said, ["Attack: running.", "The attack succeeded."]);
  page.client.end();
});
