// Was die Seite sagt, wo ihr Programm nicht läuft.

import type { WORDS as EN } from "../en/fallback.js";

export const WORDS: Record<keyof typeof EN, string> = {
  "fallback.slow": "Das Programm der Seite ist noch nicht da. Es startet, sobald es geladen ist; wenn nichts geschieht, lade die Seite neu.",
  "fallback.gone": "Das Programm der Seite ist nicht mehr dort, wo diese Seite es sucht: Wahrscheinlich wurde sie gerade erneuert. Lade sie in einer Minute "
    + "neu, oder schließe und öffne sie.",
  "fallback.altered": "Das Programm der Seite kam nicht so an, wie es gemacht wurde, und der Browser hat es abgelehnt. Etwas auf dem Weg verändert Dateien: "
    + "ein Proxy, ein Filter, eine Erweiterung. Versuche es ohne das oder in einem anderen Netz.",
  "fallback.unreachable": "Das Programm der Seite ließ sich nicht laden: Es gibt keine Verbindung, oder etwas auf dem Weg sperrt sie. Prüfe das Netz und "
    + "lade die Seite neu.",
  "fallback.old": "Dieser Browser ist zu alt für diese Seite. Sie braucht Chrome oder Edge 123, Firefox 121, Safari 17.5 oder neuer.",
  "fallback.failed": "Die Seite konnte nicht starten: {0}. Lade sie neu; wenn das nicht hilft, nimm einen anderen Browser oder ein Fenster ohne Erweiterungen.",
  "fallback.cut": "Diese Datei ist nicht vollständig: Ihr Ende fehlt. Lade oder kopiere sie noch einmal.",
  "fallback.no-wasm": "Dieser Browser führt kein WebAssembly aus, und damit werden die Netze berechnet. Der Blockierungsmodus von iPhone, iPad und Mac "
    + "schaltet es ab: Erlaube diese Seite in seinen Einstellungen. Sonst nimm Chrome oder Edge 123, Firefox 121, Safari 17.5 oder neuer.",
  "fallback.no-simd": "Die Netze werden mit Befehlen berechnet (WebAssembly SIMD), die dieses Gerät dem Browser nicht gibt. Ein aktueller Browser hat sie "
    + "auf jedem Prozessor seit etwa 2010: Erneuere den Browser oder nimm ein anderes Gerät.",
  "fallback.no-worker": "Dieser Browser startet keine Worker, und in einem werden die Netze berechnet. Nimm Chrome oder Edge 123, Firefox 121, Safari 17.5 "
    + "oder neuer.",
  "fallback.framed": "Diese Seite wird in einer anderen gezeigt, die ihr Programm nicht starten lässt. Öffne sie in einem eigenen Tab.",
  "fallback.reload": "Seite neu laden",
  "fallback.own-tab": "Im eigenen Tab öffnen",
};
