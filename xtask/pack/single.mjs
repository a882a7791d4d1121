// The page as one HTML file, opened by double click: script and style inline, engines and weights as base64.

import { createHash } from "node:crypto";

/** @param {string} content */
const hash = (content) => `'sha256-${createHash("sha256").update(content).digest("base64")}'`;

/**
 * @param {object} parts
 * @param {string} parts.html without the tags of styles and of the page's script
 * @param {string} parts.allowed hash of the script that stands in it, as the policy names it
 * @param {string} parts.style
 * @param {string} parts.code
 * @param {Uint8Array} parts.icon an SVG
 * @param {[id: string, bytes: Uint8Array][]} parts.data
 * @returns {string}
 */
export function singleFile({ html, allowed, style, code, icon, data }) {
  // What a line break at either end does to a hash is a trap that one does not need.
  const inline = { style: style.trim(), code: code.trim() };
  if (/<\/(?:style|script)/i.test(inline.style + inline.code)) throw new Error("the inline parts would end too early");
  // Nothing is fetched, so nothing may be: every source is inside.
  const policy = [
    "default-src 'none'", `script-src ${allowed} ${hash(inline.code)} 'wasm-unsafe-eval'`, "require-trusted-types-for 'script'", "trusted-types engine",
    "worker-src blob:", "img-src blob: data:",
    `style-src ${hash(inline.style)}`, "base-uri 'none'", "form-action 'none'",
  ].join("; ");
  const single = html
    .replace(/(<meta http-equiv="Content-Security-Policy" content=")[^"]*(")/, (_, before, after) => before + policy + after)
    .replace(/[ \t]*<link[^>]*\brel="(?:manifest|apple-touch-icon)"[^>]*>\n?/g, "")
    .replace(/<link[^>]*\brel="icon"[^>]*>/, () => `<link rel="icon" href="data:image/svg+xml;base64,${Buffer.from(icon).toString("base64")}">`)
    .replace("</head>", () => `  <style>${inline.style}</style>\n</head>`)
    .replace("</body>", () => [
      ...data.map(([id, bytes]) => `<script type="application/octet-stream" id="${id}">${Buffer.from(bytes).toString("base64")}</script>`),
      `<script>${inline.code}</script>`, "</body>",
    ].join("\n"));
  if (!single.includes(policy) || !single.includes(inline.code) || /\b(?:src|href)="(?!data:|#)/.test(single.slice(0, single.indexOf("<body")))) {
    throw new Error("index.html is not as the single file needs it");
  }
  return single;
}
