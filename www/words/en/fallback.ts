// What the page says where its program does not run. The page's first script has these words too, so there are few of them.

export const WORDS = {
  "fallback.slow": "The page’s program has not arrived yet. It will start as soon as it is there; if nothing happens, reload the page.",
  "fallback.gone": "The page’s program is no longer where this page looks for it: the page has probably just been updated. Reload it in a minute, or close "
    + "it and open it again.",
  "fallback.altered": "The page’s program did not arrive as it was made, so the browser refused it. Something on the way changes files: a proxy, a filter, "
    + "or an extension. Try it without that, or on another network.",
  "fallback.unreachable": "The page’s program could not be fetched: there is no connection, or something on the way blocks it. Check the network and reload "
    + "the page.",
  "fallback.old": "This browser is too old for this page. It needs Chrome or Edge 123, Firefox 121, Safari 17.5, or a later version.",
  "fallback.failed": "The page could not start: {0}. Reload it; if that does not help, try another browser, or a window without extensions.",
  "fallback.cut": "This file is not complete: its end is missing. Download or copy it again.",
  "fallback.no-wasm": "This browser runs no WebAssembly, and the networks are computed with it. Lockdown Mode of an iPhone, iPad or Mac switches it off: "
    + "allow this page in its settings. Otherwise take Chrome or Edge 123, Firefox 121, Safari 17.5, or a later version.",
  "fallback.no-simd": "The networks are computed with instructions (WebAssembly SIMD) that this device does not give the browser. A current browser has them "
    + "on every processor made since about 2010: update the browser, or take another device.",
  "fallback.no-worker": "This browser starts no workers, and the networks are computed in one. Take Chrome or Edge 123, Firefox 121, Safari 17.5, or a later "
    + "version.",
  "fallback.framed": "This page is shown inside another one, which does not let it start its program. Open it in a tab of its own.",
  "fallback.reload": "Reload the page",
  "fallback.own-tab": "Open in its own tab",
};
