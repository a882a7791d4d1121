// The page's scripts and styles, made small by esbuild. All of them are classic scripts, because modules do not run from a
// file; so the folder and the single file run the same code.

import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";

const WWW = fileURLToPath(new URL("../../www/", import.meta.url));

/** The minified libraries have lost their own lines. */
const NOTICE = "/*! The licences of the libraries in here are in notices.txt, and in the page itself. */";

/** @type {import("esbuild").BuildOptions} */
const COMMON = {
  bundle: true, minify: true, write: false, format: "iife", target: "es2022", jsx: "automatic", jsxImportSource: "preact", legalComments: "inline",
  logLevel: "warning", absWorkingDir: WWW,
};

/** @param {import("esbuild").BuildOptions} options @returns {Promise<string>} */
async function bundle(options) {
  const { outputFiles } = await build({ ...COMMON, ...options });
  return outputFiles?.[0]?.text ?? "";
}

/** The worker's script, and of each engine what wasm-bindgen wrote, which defines a global. @param {Record<"cpu" | "gpu", string>} glue */
export async function scripts(glue) {
  /** @param {string} code */
  const small = async (code) => (await transform(code, { minify: true, target: "es2022" })).code;
  const [worker, cpu, gpu] = await Promise.all([bundle({ entryPoints: ["engine/worker.ts"] }), small(glue.cpu), small(glue.gpu)]);
  return { worker, glue: { cpu, gpu } };
}

/** The script that stands in the page itself and runs in any browser. @returns {Promise<string>} */
export async function fallback() {
  // Constants at the top become variables when modules are joined; whatever else is newer than it may be stops the second pass.
  const joined = await bundle({ entryPoints: ["app/fallback.ts"], target: "es5", supported: { "const-and-let": true } });
  return (await transform(joined, { minify: true, target: "es5" })).code.trim();
}

/** Gives engine/assets.ts what engine/built.d.ts exports. @param {Record<string, unknown>} constants @returns {import("esbuild").Plugin} */
const built = (constants) => ({ name: "files", setup(build) {
  const contents = Object.entries(constants).map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`).join("\n");
  build.onResolve({ filter: /\/built\.js$/ }, ({ path, importer }) => (importer.endsWith("assets.ts") ? { path, namespace: "built" } : undefined));
  build.onLoad({ filter: /.*/, namespace: "built" }, () => ({ contents }));
} });

/** Every word of a language, in the order of the English ones: www/words/i18n.ts gives them their keys. @returns {Promise<Record<"de", string[]>>} */
export async function words() {
  const contents = 'export { EN } from "./words/en/index.ts"; export { DE } from "./words/de/index.ts";';
  const { outputFiles } = await build({ ...COMMON, format: "esm", stdin: { contents, resolveDir: WWW, loader: "ts" } });
  const { EN, DE } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles?.[0]?.text ?? "").toString("base64")}`);
  return { de: Object.keys(EN).map((key) => DE[key]) };
}

/** The page's script. @param {Record<string, unknown>} constants what engine/built.d.ts exports @returns {Promise<string>} */
export function page(constants) {
  return bundle({ entryPoints: ["app/main.ts"], banner: { js: NOTICE }, plugins: [built(constants)] });
}

/** Every file that the page's scripts are made of. @param {Record<string, unknown>} constants @returns {Promise<string[]>} */
export async function inputs(constants) {
  const entryPoints = ["app/main.ts", "app/fallback.ts", "engine/worker.ts", "sw.ts"];
  const { metafile } = await build({ ...COMMON, entryPoints, outdir: ".", metafile: true, plugins: [built(constants)] });
  return Object.keys(metafile?.inputs ?? {});
}

/** @param {Record<string, string>} files @param {string} version @returns {Promise<string>} */
export function serviceWorker(files, version) {
  return bundle({ entryPoints: ["sw.ts"], define: { FILES: JSON.stringify(files), VERSION: JSON.stringify(version) } });
}

/** @param {string} style @returns {Promise<string>} */
export const minifyStyle = async (style) => (await transform(style, { loader: "css", minify: true, target: "es2022", legalComments: "none" })).code;
