// The clipboard, which not every browser gives in every place.

/** @param {string} words @returns {Promise<boolean>} whether it was copied */
export async function copyText(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return false;
  }
}
