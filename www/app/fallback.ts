// The page's first script. It stands in index.html itself, runs in browsers of any age, and speaks where the page's program does
// not come, is not what was built, or cannot run: so that nobody looks at an empty page. Only what browsers of 2012 know is used
// here; the build refuses anything else.

import { THEME_KEY } from "../ui/theme-key.js";
import { WORDS as DE } from "../words/de/fallback.js";
import { WORDS as EN } from "../words/en/fallback.js";

type Key = keyof typeof EN;
type Kind = "slow" | "gone" | "altered" | "unreachable" | "old" | "failed" | "cut" | "no-wasm" | "no-simd" | "no-worker" | "framed";

/** For this visit: the script that was tried once more. */
var TRIED = "fool-the-sign tried";
var PATIENCE_MS = 4000;
/** A module that uses one instruction of SIMD. */
var SIMD = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];

var root = document.documentElement;
var shown: Kind | "" = "";

/** As words/i18n.ts chooses it. */
function german(): boolean {
  var asked = /[?&]lang=(en|de)(&|$)/.exec(location.search);
  if (asked) return asked[1] === "de";
  var wanted = navigator.languages || [navigator.language];
  for (var i = 0; i < wanted.length; i += 1) {
    var tag = String(wanted[i]).slice(0, 2);
    if (tag === "en" || tag === "de") return tag === "de";
  }
  return false;
}
function words(key: Key): string {
  return (german() ? DE : EN)[key];
}

/** The colours that the visitor has chosen are there before anything is seen. */
function colours() {
  try {
    var theme = localStorage.getItem(THEME_KEY);
    if (theme === "light" || theme === "dark") root.setAttribute("data-theme", theme);
  } catch (_) { /* Storage is refused. */ }
}
colours();

function draw(kind: Kind, detail: string) {
  var box = document.getElementById("fallback");
  if (!box) {
    box = document.createElement("div");
    box.id = "fallback";
    box.className = "notice notice-error";
    (document.getElementById("main") || document.body || root).appendChild(box);
  }
  var key: Key = `fallback.${kind}`;
  var sentence = document.createElement("p");
  sentence.textContent = words(key).replace("{0}", detail);
  // What the page's program can say too, it says in the language of the moment.
  if (detail === "") sentence.setAttribute("data-words", key);
  box.textContent = "";
  box.appendChild(sentence);
  box.setAttribute("data-value", kind);
  box.setAttribute("role", "alert");
  box.hidden = false;
  root.lang = german() ? "de" : "en";
  if (kind === "framed") {
    var link = document.createElement("a");
    link.href = location.href;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = words("fallback.own-tab");
    box.appendChild(link);
  } else if (kind !== "old" && kind !== "cut" && kind.slice(0, 3) !== "no-") {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = words("fallback.reload");
    button.onclick = function () { location.reload(); };
    box.appendChild(button);
  }
}

/** Says why there is no page; the first reason stands, unless it was only that one has to wait. */
function show(kind: Kind, detail?: string) {
  if (root.getAttribute("data-built") || (shown !== "" && shown !== "slow")) return;
  shown = kind;
  var said = detail || "";
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", function () { draw(kind, said); });
  else draw(kind, said);
}

/** A frame that keeps the page from its own address: scripts cannot be checked there, and nothing can be kept. */
function framed(): boolean {
  return window.origin === "null" && location.protocol !== "file:";
}

/** Whether a script is tried for the first time in this visit. */
function first(address: string): boolean {
  try {
    if (sessionStorage.getItem(TRIED) === address) return false;
    sessionStorage.setItem(TRIED, address);
    return true;
  } catch (_) {
    return false;
  }
}

/** Loads the page once more, past every cache: the page may be an older one than the script that is there now. */
function again(address: string) {
  var reload = function () { location.reload(); };
  if (!window.fetch) return reload();
  var copy = navigator.serviceWorker ? navigator.serviceWorker.getRegistration() : Promise.resolve(undefined);
  copy.then(function (registration) { return registration && registration.unregister(); })
    .then(function () { return Promise.all([fetch(location.href, { cache: "reload" }), fetch(address, { cache: "reload" })]); })
    .then(reload, reload);
}

function scriptFailed(address: string) {
  if (framed()) show("framed");
  else if (first(address)) again(address);
  else if (!window.fetch) show("gone");
  else fetch(address, { cache: "no-store" }).then(function (answer) { show(answer.ok ? "altered" : "gone"); }, function () { show("unreachable"); });
}

function threw(message: string) {
  if (framed()) show("framed");
  else if (/SyntaxError/.test(message)) show("old");
  else show("failed", message);
}

/** What the engine cannot do without. */
function missing(): "" | "no-wasm" | "no-simd" | "no-worker" {
  if (typeof WebAssembly !== "object") return "no-wasm";
  if (!WebAssembly.validate(new Uint8Array(SIMD))) return "no-simd";
  return typeof Worker === "undefined" ? "no-worker" : "";
}

window.addEventListener("error", function (event) {
  var target = event.target;
  if (target instanceof HTMLScriptElement) scriptFailed(target.src);
  else if (event.message) threw(event.message);
}, true);
window.addEventListener("unhandledrejection", function (event) { threw(String(event.reason)); });
document.addEventListener("DOMContentLoaded", function () {
  // Scripts of the folder have come by now, or failed; the one of the single file stands at its end.
  if (!root.getAttribute("data-began") && !document.querySelector("script[src]")) show("cut");
});
setTimeout(function () {
  if (!root.getAttribute("data-began")) show(framed() ? "framed" : "slow");
}, PATIENCE_MS);

var lacks = missing();
if (lacks) {
  root.setAttribute("data-missing", lacks);
  show(lacks);
}
