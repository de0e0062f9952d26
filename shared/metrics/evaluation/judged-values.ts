// Numbers of evaluation.json, and how sure they are.
import { z } from 'zod';

/** A number that may be undefined (one class only, zero variance): null, and `reason` says why. */
export const value = z.number().nullable();

export const interval = z.strictObject({
  value,
  low: value,
  high: value,
  reason: z.string().optional(),
});

export type Interval = z.output<typeof interval>;
