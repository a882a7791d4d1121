// Charts: their scales, what of their lines is drawn, and their files. The same for the screen and for paper, so that nothing is drawn
// outside of its frame.

import "./world.js";
import assert from "node:assert/strict";
import test from "node:test";
import { scales } from "../../www/ui/chart/drawing.js";
import { plotCsv } from "../../www/ui/chart/export.js";
import { apart, hasPoints, nearest, styleOf, ticks, visible, xRange, yRange, type Plot } from "../../www/ui/chart/plot.js";

const plot = (values: (number | null)[][], options: Partial<Plot> = {}): Plot => ({
  title: "", x: "", xs: values[0]?.map((_, index) => index) ?? [], series: values.map((one, index) => ({ label: String(index), values: one })), share: false,
  own: false, ...options,
});

test("every value lies within the scale of its series, and a scale is never empty", () => {
  const cases: [name: string, values: (number | null)[][]][] = [
    ["losses", [[4, 2, 1], [3, null, 0.5]]], ["negative margins", [[5, -3, -7]]], ["nothing yet", [[]]], ["no series", []], ["all missing", [[null, null]]],
    ["zeros", [[0, 0]]], ["one point", [[2]]], ["huge and tiny", [[1e9], [1e-9]]],
    ["more values than a call has arguments", [Array.from({ length: 300_000 }, (_, i) => i)]],
  ];
  for (const own of [false, true]) for (const [name, values] of cases) {
    const shown = plot(values, { own });
    values.forEach((one, index) => {
      const [low, high] = yRange(shown, index);
      assert.ok(high > low, name);
      for (const value of one) assert.ok(value === null || (value >= low && value <= high), `${name}: ${value} of ${low} to ${high}`);
    });
    const [left, right] = xRange(shown);
    assert.ok(right > left && shown.xs.every((x) => x >= left && x <= right), name);
  }
});

test("shares go from 0 to 1 whatever is shown; series of their own do not disturb one another", () => {
  assert.deepEqual(yRange(plot([[0.2], [0.9]], { share: true }), 1), [0, 1]);
  const own = plot([[-5, 1], [1000, 2000]], { own: true });
  assert.ok(yRange(own, 0)[1] < 2);
  assert.deepEqual(yRange(own, 0)[0], -5);
  assert.ok(yRange(own, 1)[1] > 2000);
});

test("a series of one value is a point, others are lines unless they say otherwise; styles differ", () => {
  assert.ok(hasPoints({ label: "", values: [null, 3, null] }));
  assert.ok(!hasPoints({ label: "", values: [1, 3] }));
  assert.ok(!hasPoints({ label: "", values: [3], points: false }));
  assert.ok(hasPoints({ label: "", values: [1, 2], ranges: [null, [1, 2]] }));
  const styles = Array.from({ length: 6 }, (_, index) => JSON.stringify(styleOf({ label: "", values: [] }, index)));
  assert.equal(new Set(styles).size, styles.length);
});

test("a line of a hundred thousand points is drawn by as many as there are columns of pixels, and keeps its ends and its peaks", () => {
  const xs = Array.from({ length: 100_000 }, (_, index) => index);
  const values = xs.map((x) => Math.sin(x / 50) * 100);
  [values[50_020], values[50_021]] = [400, -400];
  const seen = visible(xs, values, (x) => x / 200, (y) => y);
  assert.ok(seen.length <= 4 * 502, String(seen.length));
  assert.deepEqual([seen[0], seen.at(-1)], [{ x: 0, y: 0 }, { x: 99_999 / 200, y: values[99_999] }]);
  assert.ok(seen.some(({ y }) => y === 400) && seen.some(({ y }) => y === -400));
  assert.ok(seen.every((point, index) => point.x >= (seen[index - 1]?.x ?? 0)), "in their order");
  const drawn = (places: number[], of: (number | null)[]) => visible(places, of, (x) => x, (y) => y);
  assert.deepEqual(drawn([], []), []);
  assert.deepEqual(drawn([0, 5, 10, 10.2], [1, null, 5, 5]), [{ x: 0, y: 1 }, { x: 10, y: 5 }, { x: 10.2, y: 5 }]);
  assert.ok(apart(seen, 4).length <= seen.length);
  assert.deepEqual(apart([{ x: 0, y: 0 }, { x: 1, y: 0 }, { x: 1, y: 9 }], 4), [{ x: 0, y: 0 }, { x: 1, y: 9 }]);
});

test("numbers beside an axis are round, within it, and as many as there is room for", () => {
  assert.deepEqual(ticks([0, 1], 5), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  assert.deepEqual(ticks([-7, 5.25], 4), [-5, 0, 5]);
  assert.deepEqual(ticks([0, 0.3], 3), [0, 0.1, 0.2, 0.3]);
  for (const range of [[0, 1e-6], [0, 1e9], [-3.7, 4.2], [0, 6]] as const) {
    const found = ticks([...range], 4);
    assert.ok(found.length >= 2 && found.length <= 6 && found.every((value) => value >= range[0] && value <= range[1] * (1 + 1e-9)), `${range}: ${found}`);
  }
});

test("what is under the pointer is the nearest value, and the scales lead there and back", () => {
  assert.equal(nearest([], 1), -1);
  assert.deepEqual([-1, 0.4, 0.6, 7, 99].map((x) => nearest([0, 1, 5, 8], x)), [0, 0, 1, 3, 3]);
  const shown = plot([[4, -2, 1]]);
  const box = { left: 50, top: 10, right: 400, bottom: 150 };
  const scale = scales(shown, box);
  assert.ok(Math.abs(scale.value(scale.x(1.5)) - 1.5) < 1e-9);
  for (const value of [4, -2, 1]) assert.ok(scale.y(0)(value) >= box.top && scale.y(0)(value) <= box.bottom);
});

test("series with places of their own have rows of their own in the file of numbers, in order", () => {
  const own = { ...plot([]), x: "clean", series: [
    { label: "l1", values: [0, 1], xs: [0, 0.5] }, { label: "l2", values: [0.2, 0.9], xs: [0.1, 0.6] },
  ] };
  assert.equal(plotCsv(own), "clean,l1,l2\r\n0,0,\r\n0.1,,0.2\r\n0.5,1,\r\n0.6,,0.9\r\n");
  assert.deepEqual(xRange(own), [0, 1]);
  const shared = { ...plot([[0.5, null]]), x: "ε", series: [{ label: "lenet", values: [0.5, null], ranges: [[0.4, 0.6] as [number, number], null] }] };
  assert.match(plotCsv({ ...shared, xs: [0, 1] }), /^ε,lenet,"?lenet, lower limit"?,"?lenet, upper limit"?\r\n0,0\.5,0\.4,0\.6\r\n1,,,\r\n$/);
});
