// A PDF of vector drawings and at most one photo: as much of ISO 32000 as a drawing at true size needs. Lengths are millimetres from the top
// left corner of the page. (The known libraries take half a megabyte, a third of what the whole page may.)

/** Eight bits a channel. */
export type Colour = readonly [number, number, number];
type Point = readonly [x: number, y: number];

/** Of ISO 216, in millimetres. */
export const A4 = { width: 210, height: 297 };
export const INK: Colour = [0, 0, 0];
/** PDF counts in 72nds of an inch. */
const POINTS = 72 / 25.4;
/** The letters of Windows' Latin code page that Unicode has elsewhere, from 0x80 on; `\0` where it has none. */
const LATIN = "€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ";

const number = (value: number): string => String(Number(value.toFixed(4)));
const numbers = (...values: number[]): string => values.map(number).join(" ");
const colour = (bytes: Colour): string => numbers(...bytes.map((byte) => byte / 255));
const hex = (codes: readonly number[], digits: number): string => `<${codes.map((code) => code.toString(16).padStart(digits, "0")).join("")}>`;

/** As Helvetica has the letters; what it lacks is a question mark. */
const latin = (words: string): string => hex(Array.from(words.replaceAll("\u202f", "\u00a0"), (letter) => {
  const code = letter.codePointAt(0) ?? 0;
  const moved = LATIN.indexOf(letter);
  if ((code >= 32 && code < 127) || (code >= 0xa0 && code < 0x100)) return code;
  return moved >= 0 && code > 0 ? 0x80 + moved : 63;
}), 2);

/** In big-endian UTF-16 with its mark, for what is said of the file. */
const utf16 = (words: string): string => hex([0xfeff, ...Array.from({ length: words.length }, (_, at) => words.charCodeAt(at))], 4);

export const filled = (x: number, y: number, width: number, height: number, fill: Colour): string =>
  `${colour(fill)} rg ${numbers(x, y, width, height)} re f`;

/** Lines of one kind. @param dash lengths of a dash and of the gap behind it */
export const stroked = (lines: readonly (readonly [Point, Point])[], { width = 0.2, ink = INK, dash = [] as number[] } = {}): string =>
  `${colour(ink)} RG ${number(width)} w [${numbers(...dash)}] 0 d ${lines.map(([from, to]) => `${numbers(...from)} m ${numbers(...to)} l`).join(" ")} S`;

/** A line of words. @param y of the line they stand on @param size of the letters */
export const written = (words: string, x: number, y: number, size: number, { bold = false } = {}): string =>
  `0 g BT /${bold ? "B" : "R"} ${number(size)} Tf 1 0 0 -1 ${numbers(x, y)} Tm ${latin(words)} Tj ET`;

/** Nothing of it is outside of this. */
export const within = (x: number, y: number, width: number, height: number, parts: string[]): string =>
  `q ${numbers(x, y, width, height)} re W n\n${parts.join("\n")}\nQ`;

/** A part that several pages share, with its corner here. @param scale millimetres of what is one in it */
export const placed = (name: string, x: number, y: number, scale: number): string => `q ${numbers(scale, 0, 0, scale, x, y)} cm /${name} Do Q`;
/** The photo. */
export const shown = (x: number, y: number, side: number): string => `q ${numbers(side, 0, 0, -side, x, y + side)} cm /Photo Do Q`;

export interface Document {
  title: string;
  /** Drawings of A4 pages. */
  pages: string[];
  /** Drawings that pages share: a name, its width and height, and what it is. */
  parts: { name: string; side: number; drawing: string }[];
  /** As JPEG in three colours. */
  photo: { side: number; jpeg: Uint8Array } | null;
}

export function pdf({ title, pages, parts, photo }: Document): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const chunks: Uint8Array[] = [];
  /** Where each object begins, from the first one on. */
  const starts: number[] = [];
  let length = 0;
  const put = (piece: string | Uint8Array) => {
    const bytes = typeof piece === "string" ? encoder.encode(piece) : piece;
    chunks.push(bytes);
    length += bytes.length;
  };
  const object = (head: string, stream?: string | Uint8Array) => {
    starts.push(length);
    put(`${starts.length} 0 obj\n`);
    if (stream === undefined) put(head);
    else {
      const bytes = typeof stream === "string" ? encoder.encode(stream) : stream;
      put(`<< ${head} /Length ${bytes.length} >>\nstream\n`);
      put(bytes);
      put("\nendstream");
    }
    put("\nendobj\n");
  };
  const font = (name: string) => `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`;
  // Objects are told of one another by their numbers: four of the file, then the parts, then the photo, then two a page.
  const firstPart = 5;
  const firstPage = firstPart + parts.length + (photo ? 1 : 0);
  const named = [...parts.map(({ name }, at) => `/${name} ${firstPart + at} 0 R`), ...(photo ? [`/Photo ${firstPart + parts.length} 0 R`] : [])];

  put("%PDF-1.6\n");
  // Says to whatever carries it that it is no text.
  put(Uint8Array.of(37, 0xe2, 0xe3, 0xcf, 0xd3, 10));
  // A reader that heeds it prints at true size without being asked.
  object("<< /Type /Catalog /Pages 2 0 R /ViewerPreferences << /PrintScaling /None >> >>");
  object(`<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, at) => `${firstPage + 2 * at} 0 R`).join(" ")}] >>`);
  object(`<< /Title ${utf16(title)} /Creator (Fool the Sign) >>`);
  object(`<< /Font << /R ${font("Helvetica")} /B ${font("Helvetica-Bold")} >> /XObject << ${named.join(" ")} >> >>`);
  for (const { side, drawing } of parts) object(`/Type /XObject /Subtype /Form /BBox [0 0 ${number(side)} ${number(side)}]`, drawing);
  if (photo) {
    const { side, jpeg } = photo;
    object(`/Type /XObject /Subtype /Image /Width ${side} /Height ${side} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode`, jpeg);
  }
  const [width, height] = [A4.width * POINTS, A4.height * POINTS];
  pages.forEach((drawing, at) => {
    object(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${numbers(width, height)}] /Resources 4 0 R /Contents ${firstPage + 2 * at + 1} 0 R >>`);
    object("", `${numbers(POINTS, 0, 0, -POINTS, 0, height)} cm\n${drawing}`);
  });
  const at = length;
  put(`xref\n0 ${starts.length + 1}\n0000000000 65535 f \n${starts.map((start) => `${String(start).padStart(10, "0")} 00000 n \n`).join("")}`);
  put(`trailer\n<< /Size ${starts.length + 1} /Root 1 0 R /Info 3 0 R >>\nstartxref\n${at}\n%%EOF\n`);

  const file = new Uint8Array(length);
  chunks.reduce((to, chunk) => {
    file.set(chunk, to);
    return to + chunk.length;
  }, 0);
  return file;
}
