// What evaluation.json says of a gate.
import { z } from 'zod';
import { consequences, doubts } from '../../config/sections/inconclusive-policy.ts';
import { value } from './judged-values.ts';

export const gateResult = z.strictObject({
  /** Index in validate.gates, from 0: finds the line in ciclo.yml. */
  index: z.int(),
  metric: z.string(),
  kind: z.enum([
    'min',
    'max',
    'champion-worse-by-at-most',
    'champion-better-by-at-least',
    'train-gap',
    'baseline-better-by-at-least',
  ]),
  /** Of a champion gate: with which model, default the champion. */
  of: z.literal('anchor').optional(),
  slice: z.strictObject({ column: z.string(), label: z.string() }).optional(),
  /** What was declared, as a person says it: `rmse at most 4`. */
  declared: z.string(),
  /**
   * The bound in the measured quantity's own units. Measured is, by kind: the metric (min, max); how much worse it is,
   * positive being worse (worse-by-at-most, train-gap: holds at or below the bound); the gain, positive being better
   * (better-by-at-least: holds at or above it).
   */
  bound: value,
  measured: value,
  low: value,
  high: value,
  /** Of a bound that is a share: the share, and the size that it is a share of. */
  relative: z.strictObject({ bound: z.number(), of: z.number() }).optional(),
  outcome: z.enum(['pass', 'fail', 'inconclusive', 'not-applicable']),
  /**
   * Of an inconclusive gate: the value itself lies within the bound or beyond it, or there is no interval to tell by; absent
   * in evaluations of earlier versions.
   */
  doubt: z.enum(doubts).optional(),
  /** Of an inconclusive gate: what it means for the verdict under `inconclusive`; absent in those of earlier versions. */
  means: z.enum(consequences).optional(),
  /** One sentence: why this outcome. */
  message: z.string(),
  /** What the gate can tell on so many rows; absent where nothing was measured. */
  tells: z
    .strictObject({
      rows: z.int(),
      /** Where a model's true quantity, in the units of `measured`, must lie for the gate to fail it with probability `power`. */
      at: z.number(),
      power: z.number(),
      /** Of champion gates: the probability that a model as good as the champion fails. */
      failsEqual: z.number().optional(),
    })
    .optional(),
});

export type GateResult = z.output<typeof gateResult>;
