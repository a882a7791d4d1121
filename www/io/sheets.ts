// The same on sheets of A4, at true size: what is larger than a sheet is put together from several.

import type { Picture } from "../engine/protocol.js";
import { widthOf, wrapped } from "./letters.js";
import { patches, type Patch } from "./paper.js";
import { A4, filled, pdf, placed, shown, stroked, within, written, type Colour } from "./pdf.js";

/** In millimetres: no printer prints up to the edge; by how much neighbours show the same; what is said below needs its room. */
export const [MARGIN, OVERLAP, FOOT] = [10, 10, 34];
/** Of the drawing, on one sheet. */
export const ROOM = { width: A4.width - 2 * MARGIN, height: A4.height - 2 * MARGIN - FOOT };

const GREY: Colour = [120, 120, 120];
const WHITE: Colour = [255, 255, 255];
/** Of a mark, from its middle, and where along a seam they are. */
const [MARK, MARKS] = [3, [0.2, 0.8]];
/** Of letters: of the number of the sheet, of what is said. */
const [LARGE, SMALL, LINE] = [5, 2.5, 3.3];
/** The map of the sheets, at most. */
const MAP = { width: 22, height: 20 };

interface Box { left: number; top: number; width: number; height: number }
/** A sheet, and where in the drawing its corner is. */
interface Tile { column: number; row: number; left: number; top: number }

/** Where sheets begin along one side; a single one has its part in the middle. */
function beginnings(from: number, length: number, room: number): number[] {
  if (length <= room) return [from - (room - length) / 2];
  const step = room - OVERLAP;
  return Array.from({ length: Math.ceil((length - OVERLAP) / step) }, (_, at) => from + at * step);
}

/** Sheets for a part of the drawing. @param used whether there is something to be seen in a part */
export function tiles(box: Box, used: (part: Box) => boolean): { tiles: Tile[]; columns: number; rows: number } {
  const lefts = beginnings(box.left, box.width, ROOM.width);
  const tops = beginnings(box.top, box.height, ROOM.height);
  const all = tops.flatMap((top, row) => lefts.map((left, column) => ({ column, row, left, top })));
  return { tiles: all.filter(({ left, top }) => used({ left, top, ...ROOM })), columns: lefts.length, rows: tops.length };
}

/** What is around some patches, in places of the drawing. */
function around(found: readonly Patch[]): Box {
  const left = Math.min(...found.map(({ x }) => x));
  const top = Math.min(...found.map(({ y }) => y));
  return { left, top, width: Math.max(...found.map(({ x, width }) => x + width)) - left, height: Math.max(...found.map(({ y }) => y + 1)) - top };
}

/** The edges of what is covered, along which one cuts: white on white would not be seen. */
function outline({ width, height, rgba }: Picture): (readonly [readonly [number, number], readonly [number, number]])[] {
  const there = (x: number, y: number) => x >= 0 && y >= 0 && x < width && y < height && (rgba[4 * (y * width + x) + 3] ?? 0) > 0;
  const places = Array.from({ length: width * height }, (_, at) => [at % width, Math.floor(at / width)] as const);
  return places.filter(([x, y]) => there(x, y)).flatMap(([x, y]) => [
    ...(there(x, y - 1) ? [] : [[[x, y], [x + 1, y]] as const]), ...(there(x, y + 1) ? [] : [[[x, y + 1], [x + 1, y + 1]] as const]),
    ...(there(x - 1, y) ? [] : [[[x, y], [x, y + 1]] as const]), ...(there(x + 1, y) ? [] : [[[x + 1, y], [x + 1, y + 1]] as const]),
  ]);
}

/** As spreadsheets number: A1 is the first, B1 the one to its right. */
const nameOf = (column: number, row: number): string => `${String.fromCharCode(65 + column)}${row + 1}`;

/** A mark that both neighbours have. */
function cross(x: number, y: number): string {
  const lines = [[[x - MARK, y], [x + MARK, y]], [[x, y - MARK], [x, y + MARK]]] as const;
  return `${stroked(lines, { width: 0.6, ink: WHITE })} ${stroked(lines, { width: 0.15 })}`;
}

export interface Print {
  layer: Picture;
  /** The drawing of the sign, as large as the layer; none for the sticker alone. */
  sign: { side: number; jpeg: Uint8Array } | null;
  /** Of the sign, in centimetres. */
  diameter: number;
  title: string;
  /** What it is not for. */
  warning: string;
  /** What it is. */
  said: string;
  /** How to print it, beside the ruler. */
  scale: string;
  /** How to put several sheets together. */
  join: string;
  /** "B2 of C3" */
  place(here: string, last: string): string;
}

function marks(tile: Tile, has: (column: number, row: number) => boolean): string[] {
  const { column, row } = tile;
  const [right, bottom] = [MARGIN + ROOM.width, MARGIN + ROOM.height];
  const along = (from: number, length: number) => MARKS.map((part) => from + part * length);
  const upright = (x: number) => along(MARGIN, ROOM.height).map((y) => cross(x, y));
  const level = (y: number) => along(MARGIN, ROOM.width).map((x) => cross(x, y));
  const cut = (x: number, y: number) => stroked([[[MARGIN, MARGIN], [x, y]]], { width: 0.2, ink: GREY, dash: [2, 1.5] });
  return [
    ...(has(column - 1, row) ? [cut(MARGIN, bottom), ...upright(MARGIN + OVERLAP / 2)] : []),
    ...(has(column, row - 1) ? [cut(right, MARGIN), ...level(MARGIN + OVERLAP / 2)] : []),
    ...(has(column + 1, row) ? upright(right - OVERLAP / 2) : []),
    ...(has(column, row + 1) ? level(bottom - OVERLAP / 2) : []),
  ];
}

/** Ten centimetres, by which one sees whether the printer has kept the size. */
function ruler(x: number, y: number, words: string): string[] {
  const ticks = Array.from({ length: 11 }, (_, at) => [[x + 10 * at, y], [x + 10 * at, y - (at % 5 === 0 ? 3 : 1.8)]] as const);
  const labels = ([[0, "0"], [5, "5"], [10, "10 cm"]] as const).map(([at, label]) => written(label, x + 10 * at - (at > 0 ? 0.7 : 0), y + 3, SMALL));
  return [stroked([[[x, y], [x + 100, y]], ...ticks], { width: 0.25 }), ...labels, written(words, x, y + 3 + LINE * 1.1, SMALL)];
}

/** Which of the sheets it is. */
function map(tile: Tile, all: readonly Tile[], columns: number, rows: number): string[] {
  const [across, down] = [A4.width, A4.height];
  const scale = Math.min(MAP.width / (columns * across), MAP.height / (rows * down));
  const [left, top] = [A4.width - MARGIN - columns * across * scale, A4.height - MARGIN - rows * down * scale];
  return all.map((one) => {
    const [x, y, width, height] = [left + one.column * across * scale, top + one.row * down * scale, across * scale, down * scale];
    const edges = stroked([[[x, y], [x + width, y]], [[x + width, y], [x + width, y + height]], [[x + width, y + height], [x, y + height]],
      [[x, y + height], [x, y]]], { width: 0.15 });
    return `${one === tile ? `${filled(x, y, width, height, GREY)} ` : ""}${edges}`;
  });
}

export function sheets({ layer, sign, diameter, title, warning, said, scale: how, join, place }: Print): Uint8Array<ArrayBuffer> {
  const side = 10 * diameter;
  const scale = side / layer.width;
  const found = patches(layer);
  const inside = around(found);
  const box = sign ? { left: 0, top: 0, width: side, height: side }
    : { left: inside.left * scale, top: inside.top * scale, width: inside.width * scale, height: inside.height * scale };
  const covers = (part: Box) => found.some(({ x, y, width }) => x * scale < part.left + part.width && (x + width) * scale > part.left
    && y * scale < part.top + part.height && (y + 1) * scale > part.top);
  const { tiles: all, columns, rows } = tiles(box, (part) => sign !== null || covers(part));
  const squares = found.map(({ x, y, width, height, colour }) => filled(x, y, width, height, colour));
  const edges = sign ? [] : [stroked(outline(layer), { width: 0.15 / scale, ink: GREY })];
  const has = (column: number, row: number) => all.some((one) => one.column === column && one.row === row);
  const several = all.length > 1;
  const foot = A4.height - MARGIN - FOOT;
  const pages = all.map((tile) => {
    const [x, y] = [MARGIN - tile.left, MARGIN - tile.top];
    const number = place(nameOf(tile.column, tile.row), nameOf(columns - 1, rows - 1));
    const lines = wrapped([said, several ? join : ""].filter(Boolean).join(" "), A4.width - 2 * MARGIN - MAP.width - 6, (line) => widthOf(line, SMALL));
    return [
      within(MARGIN, MARGIN, ROOM.width, ROOM.height, [...(sign ? [shown(x, y, side)] : []), placed("Sticker", x, y, scale)]),
      ...marks(tile, has),
      ...ruler(MARGIN, foot + 6, how),
      written(warning, MARGIN, foot + 18, SMALL, { bold: true }),
      ...lines.map((line, at) => written(line, MARGIN, foot + 18 + LINE * (at + 1), SMALL)),
      ...(several ? [written(number, A4.width - MARGIN - widthOf(number, LARGE), foot + 7, LARGE, { bold: true }), ...map(tile, all, columns, rows)] : []),
    ].join("\n");
  });
  return pdf({ title, pages, parts: [{ name: "Sticker", side: layer.width, drawing: [...squares, ...edges].join("\n") }], photo: sign });
}
