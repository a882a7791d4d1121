// What nearly every file of tests needs: a server of the page and a browser, there before its first line and gone after its last test.
// Each file runs in a process of its own.

import { after } from "node:test";
import { launch } from "./browser.mjs";
import { serve } from "./server.mjs";

export const [site, browser] = await Promise.all([serve(), launch()]);

after(async () => {
  await browser.close();
  await site.close();
});
