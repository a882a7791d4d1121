// The curves of a training: a point at each report, thinned when there are too many to draw.

import { emptyCurve } from "./store.js";
import type { Curve, TrainingEvent, ValidationEvent } from "./types.js";

const MOST_POINTS = 3000;
/** The columns beside the epochs. */
export const COLUMNS = ["loss", "validationLoss", "accuracy", "validationAccuracy", "attacked", "purifiedClean"] as const;

const copy = (curve: Curve): Curve => ({
  ...curve, x: [...curve.x], loss: [...curve.loss], validationLoss: [...curve.validationLoss], accuracy: [...curve.accuracy],
  validationAccuracy: [...curve.validationAccuracy], attacked: [...curve.attacked], purifiedClean: [...curve.purifiedClean],
});

/** Row for this epoch; a new one at the end unless the last is the same. */
function rowAt(curve: Curve, x: number): number {
  const last = curve.x.length - 1;
  if (last >= 0 && x - (curve.x[last] ?? 0) < 1e-6) return last;
  curve.x.push(x);
  for (const name of COLUMNS) curve[name].push(null);
  return curve.x.length - 1;
}

const lastOf = (values: (number | null)[]): number | null => {
  for (let i = values.length - 1; i >= 0; i -= 1) if (values[i] != null) return values[i] ?? null;
  return null;
};

/** Drops every other point between validations when there are too many to draw. */
function thin(curve: Curve): Curve {
  if (curve.x.length <= MOST_POINTS) return curve;
  const keep = curve.x.map((_, i) => i % 2 === 1 || curve.validationLoss[i] !== null || i === curve.x.length - 1);
  const kept = copy(curve);
  kept.x = curve.x.filter((_, i) => keep[i]);
  for (const name of COLUMNS) kept[name] = curve[name].filter((_, i) => keep[i]);
  return kept;
}

export function withTraining(before: Curve, event: TrainingEvent): Curve {
  const curve = copy(before);
  const i = rowAt(curve, curve.offset + event.epoch);
  curve.loss[i] = event.loss;
  curve.accuracy[i] = event.accuracy ?? null;
  return thin(curve);
}

export function withValidation(before: Curve, event: ValidationEvent): Curve {
  const curve = copy(before);
  const x = curve.offset + event.epoch;
  const i = rowAt(curve, x);
  curve.validationLoss[i] = event.loss;
  curve.validationAccuracy[i] = event.accuracy.value;
  curve.attacked[i] = event.attacked?.value ?? event.robust?.value ?? null;
  curve.purifiedClean[i] = event.purified_clean?.value ?? null;
  curve.rows = [...curve.rows, { ...event, x, trainingLoss: lastOf(curve.loss), trainingAccuracy: lastOf(curve.accuracy) }];
  return thin(curve);
}

/** A further run: goes on where the last one ended. */
export const goingOn = (curve: Curve): Curve => ({ ...curve, offset: curve.x.at(-1) ?? 0 });

/** Where a step of the last run lies, as far as its validations tell. */
export const epochAt = ({ rows, offset }: Curve, step: number): number =>
  rows.filter((row) => row.x > offset && row.step <= step).at(-1)?.epoch ?? 0;

/** A run that goes on from a checkpoint: what came after the checkpoint is drawn again. */
export function cutAt(curve: Curve, epoch: number): Curve {
  const end = curve.offset + epoch + 1e-6;
  const keep = curve.x.map((x) => x <= end);
  const kept = { ...emptyCurve(), offset: curve.offset, rows: curve.rows.filter(({ x }) => x <= end), x: curve.x.filter((_, i) => keep[i]) };
  for (const name of COLUMNS) kept[name] = curve[name].filter((_, i) => keep[i]);
  return kept;
}
