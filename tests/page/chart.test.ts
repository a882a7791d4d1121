// The scales of charts: the same for the screen and for files, so that nothing is drawn outside of its frame.

import assert from "node:assert/strict";
import test from "node:test";
import { hasPoints, styleOf, xRange, yRange, type Plot } from "../../www/ui/chart/plot.js";

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
