// Lets Node run the page's TypeScript: `node --import ./tests/typescript.mjs …`. As esbuild and tsc do, it takes `./x.js` for
// `./x.ts` or `./x.tsx` where there is no x.js. Can go when the oldest Node that is used strips types, .tsx too.

import { existsSync, readFileSync } from "node:fs";
import { register } from "node:module";
import { fileURLToPath } from "node:url";

/** @type {typeof import("esbuild") | null} */
let esbuild = null;

/** @param {string} specifier @param {{ parentURL?: string }} context @param {Function} next */
export async function resolve(specifier, context, next) {
  // What the build puts into the page.
  if (specifier === "./built.js") return next(new URL("./page/built.ts", import.meta.url).href, context);
  if (/^\.\.?\/.*\.js$/.test(specifier) && context.parentURL) {
    const plain = new URL(specifier, context.parentURL);
    if (!existsSync(fileURLToPath(plain))) {
      for (const end of [".ts", ".tsx"]) {
        const url = new URL(plain.href.replace(/\.js$/, end));
        if (existsSync(fileURLToPath(url))) return next(url.href, context);
      }
    }
  }
  return next(specifier, context);
}

/** @param {string} url @param {object} context @param {Function} next */
export async function load(url, context, next) {
  if (!/\.tsx?$/.test(url)) return next(url, context);
  esbuild ??= await import("esbuild");
  const path = fileURLToPath(url);
  const { code } = await esbuild.transform(readFileSync(path, "utf8"), {
    loader: path.endsWith("x") ? "tsx" : "ts", format: "esm", target: "es2022", jsx: "automatic", jsxImportSource: "preact", sourcemap: "inline",
      sourcefile: path,
  });
  return { format: "module", source: code, shortCircuit: true };
}

// The file is both: what `--import` runs, and the hooks that it registers in Node's own thread for them.
if (!import.meta.url.includes("?hooks")) register(`${import.meta.url}?hooks`);
