// What the page says where its program does not run. The page's first script has these words too, so there are few of them.

export const WORDS = {
  "fallback.slow": "The page’s program has not arrived yet. It will start as soon as it does; if nothing happens, reload the page.",
  "fallback.gone":
    "The page’s program is no longer where the page expects it: the page has probably just been updated. Reload it in a minute, or close it " +
    "and open it again.",
  "fallback.altered":
    "The page’s program was changed on its way here, so the browser refused to run it. A proxy, a filter or an extension may be altering " +
    "files. Try without it, or on another internet connection.",
  "fallback.unreachable":
    "The page’s program could not be downloaded: you are offline, or something blocks it. Check your internet connection and reload the page.",
  "fallback.old": "This browser is too old for this page. It needs Chrome or Edge 123, Firefox 121, Safari 17.5, or a later version.",
  "fallback.failed": "The page could not start: {0}. Reload it; if that does not help, try another browser, or a window without extensions.",
  "fallback.cut": "This file is not complete: its end is missing. Download or copy it again.",
  "fallback.no-wasm":
    "This browser does not run WebAssembly, which the page computes with. Lockdown Mode on an iPhone, iPad or Mac switches it off: allow this " +
    "page in its settings. Otherwise use Chrome or Edge 123, Firefox 121, Safari 17.5, or a later version.",
  "fallback.no-simd":
    "The page computes with WebAssembly SIMD, which this browser does not offer on this device. Current browsers have it on every processor " +
    "made since about 2010: update the browser, or use another device.",
  "fallback.no-worker":
    "This browser does not start workers, and the page computes in one. Use Chrome or Edge 123, Firefox 121, Safari 17.5, or a later version.",
  "fallback.framed": "This page is shown inside another one that does not let it start its program. Open it in a tab of its own.",
  "fallback.reload": "Reload the page",
  "fallback.own-tab": "Open in its own tab",
};
