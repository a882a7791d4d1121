// The page's one voice for people who do not see it: `#status`, the only live region beside errors, which interrupt. While a dialog is
// open the rest of the page is not there for a screen reader, so the voice goes along into it.

import { effect, signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";

const spoken = signal<() => string>(() => "");

/** Says something, in the language of the moment. Nothing is said of empty words. */
export function speak(words: () => string): void {
  if (words() !== "") spoken.value = words;
}

/** From now on it is heard. Once in the page. */
export function followVoice(): void {
  effect(() => {
    const voice = document.getElementById("status");
    // The same words said again are a change too: the text is another one then.
    if (voice) voice.textContent = spoken.value();
  });
}

/** Moves the voice into a dialog; what is returned brings it back to where it was. */
export function lendVoice(dialog: HTMLElement): () => void {
  const voice = document.getElementById("status");
  const home = voice?.parentElement;
  if (!voice || !home) return () => {};
  dialog.append(voice);
  // A dialog below this one may have been closed in the meantime.
  return () => (home.isConnected ? home : document.body).append(voice);
}

/** Says what a view shows, whenever one of `of` has changed. */
export function useVoice(words: () => string, of: readonly unknown[]): void {
  useEffect(() => speak(words), [...of]);
}

/** What came of something that a person did: shown beside it, and said. */
export function useSaid(): [said: string, tell: (words: () => string) => void] {
  const [said, setSaid] = useState<() => string>(() => () => "");
  const tell = (words: () => string) => {
    setSaid(() => words);
    speak(words);
  };
  return [said(), tell];
}
