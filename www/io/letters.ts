// How wide words are on paper: those of Helvetica, which every reader of PDF has, so that no font has to come along.

/** Of the printable letters of ASCII, from the space on, in thousandths of their size: Adobe's metrics of Helvetica. */
const WIDTHS = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584,
  556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278,
  469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260,
  334, 584,
];
/** Of any other: dashes, quotation marks and letters with accents are no wider, but for capitals. */
const OTHER = 611;

/** In the unit of `size`. */
export const widthOf = (words: string, size: number): number =>
  Array.from(words).reduce((sum, letter) => sum + (WIDTHS[(letter.codePointAt(0) ?? 0) - 32] ?? OTHER), 0) * size / 1000;

/** As lines that are no wider, broken between words; a word that is wider has a line of its own. @param measure how wide words are */
export function wrapped(words: string, width: number, measure: (words: string) => number): string[] {
  const lines: string[] = [];
  for (const word of words.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && measure(`${last} ${word}`) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
