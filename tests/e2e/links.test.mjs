// Links as they arrive, through mails, chats and courses; and what of a visitor rides along with one.

import assert from "node:assert/strict";
import test from "node:test";
import { visit } from "./browser.mjs";
import { browser, site } from "./stage.mjs";

for (const [how, query, notes] of /** @type {[string, string, number][]} */ ([
  ["unharmed", "?attack=pgd&eps=4&goal=targeted&target=8#attack", 0],
  ["with &amp; for &", "?attack=pgd&amp;eps=4&amp;goal=targeted&amp;target=8#attack", 0],
  ["encoded once more, its place too", "?attack%3Dpgd%26eps%3D4%26goal%3Dtargeted%26target%3D8%23attack", 0],
  ["with something that is not understood", "?attack=pgd&eps=4&goal=targeted&target=8&strength=9#attack", 1],
])) {
  test(`a link that arrives ${how} opens where it should, as it was sent`, async () => {
    const loop = await (await visit(browser, site, { query })).ready();
    assert.deepEqual([await loop.shown("attack-kind"), await loop.shown("attack-epsilon"), await loop.at("target-class").inputValue()], ["pgd", "4", "8"]);
    assert.ok(await loop.at("attack-run").isVisible(), "it opens at the attack");
    assert.equal(await loop.at("link-notes").locator("li").count(), notes);
    await loop.close();
  });
}

test("a shared link takes neither the sharer's device nor his language along, nor what his teacher has hidden", async () => {
  const loop = await (await visit(browser, site, { query: "?device=cpu&lang=de&hide=museum&attack=pgd#attack" })).ready();
  await loop.click("share-open");
  const link = new URL(await loop.at("share-link").inputValue());
  assert.equal(link.search, "?attack=pgd");
  await loop.close();
});

test("what a teacher has hidden or fixed ends with the visit; the visitor's own choices stay", async () => {
  const loop = await (await visit(browser, site, { query: "?device=cpu&lang=en&hide=museum,own&fix=1" })).ready();
  assert.ok(await loop.at("teacher").isVisible());
  // Kept, as anything that is changed.
  await loop.page.evaluate(() => { location.hash = "attack"; });
  await loop.click("settings-open");
  await loop.set("language", "de");
  await loop.page.keyboard.press("Escape");
  await loop.until("it is kept", () => loop.page.evaluate(() => document.documentElement.lang === "de"));
  await new Promise((later) => { setTimeout(later, 1000); });
  await loop.page.goto("about:blank");
  await loop.page.goto(site.url);
  await loop.ready();
  assert.ok(await loop.at("teacher").isHidden());
  assert.equal(await loop.page.locator("html").getAttribute("data-hide"), "");
  assert.equal(await loop.page.locator("html").getAttribute("lang"), "de");
  await loop.close();
});
