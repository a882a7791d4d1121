// The clipboard, which not every browser gives in every place.

/** Tells whether it was copied. */
export async function copyText(words: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return false;
  }
}
