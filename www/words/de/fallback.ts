// What the page says where its program does not run, in German.

import type { WORDS as EN } from "../en/fallback.js";

export const WORDS: Record<keyof typeof EN, string> = {
  "fallback.slow": "Das Programm der Seite ist noch nicht da. Es startet, sobald es geladen ist; wenn nichts geschieht, lade die Seite neu.",
  "fallback.gone":
    "Das Programm der Seite ist nicht mehr dort, wo die Seite es sucht: Wahrscheinlich wurde sie gerade aktualisiert. Lade sie in einer Minute " +
    "neu, oder schließe und öffne sie.",
  "fallback.altered":
    "Das Programm der Seite wurde auf dem Weg hierher verändert; darum führt der Browser es nicht aus. Vielleicht ändert ein Proxy, ein Filter " +
    "oder eine Erweiterung die Dateien. Versuche es ohne, oder über eine andere Internetverbindung.",
  "fallback.unreachable":
    "Das Programm der Seite ließ sich nicht laden: Du bist offline, oder etwas sperrt es. Prüfe deine Internetverbindung und lade die Seite " +
    "neu.",
  "fallback.old": "Dieser Browser ist zu alt für diese Seite. Sie braucht Chrome oder Edge 123, Firefox 121, Safari 17.5 oder neuer.",
  "fallback.failed": "Die Seite konnte nicht starten: {0}. Lade sie neu; wenn das nicht hilft, nimm einen anderen Browser oder ein Fenster ohne Erweiterungen.",
  "fallback.cut": "Diese Datei ist nicht vollständig: Ihr Ende fehlt. Lade oder kopiere sie noch einmal.",
  "fallback.no-wasm":
    "Dieser Browser führt kein WebAssembly aus, womit die Seite rechnet. Der Blockierungsmodus von iPhone, iPad und Mac schaltet es ab: " +
    "Erlaube diese Seite in seinen Einstellungen. Sonst nimm Chrome oder Edge 123, Firefox 121, Safari 17.5 oder neuer.",
  "fallback.no-simd":
    "Die Seite rechnet mit WebAssembly SIMD, das dieser Browser auf diesem Gerät nicht bietet. Aktuelle Browser haben es auf jedem Prozessor " +
    "seit etwa 2010: Aktualisiere den Browser oder nimm ein anderes Gerät.",
  "fallback.no-worker":
    "Dieser Browser startet keine Worker, und die Seite rechnet in einem. Nimm Chrome oder Edge 123, Firefox 121, Safari 17.5 oder neuer.",
  "fallback.framed": "Diese Seite wird in einer anderen gezeigt, die ihr Programm nicht starten lässt. Öffne sie in einem eigenen Tab.",
  "fallback.reload": "Seite neu laden",
  "fallback.own-tab": "Im eigenen Tab öffnen",
};
