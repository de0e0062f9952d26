// What a first model has learnt: its gain over the naive model, as a gate judges it.
import type { Config } from '../config/sections/schema.ts';
import { defaultPrimary } from '../metrics/descriptors/descriptors.ts';
import type { Evaluation } from '../metrics/evaluation/evaluation.ts';
import type { GateResult } from '../metrics/evaluation/gate-result.ts';

/**
 * What a model gains over the naive one on the primary metric, positive being better, resample by resample: what both find
 * hard cancels. The metric's own interval cannot say it: of an error with rare large values it may reach beyond the naive
 * model's value, and the model be better in every resample.
 */
export type NaiveGain = Pick<GateResult, 'measured' | 'low' | 'high'>;

/** Rules under which the primary metric is compared with the naive model, and nothing else. */
export function rulesAgainstNaive({ task, validate }: Pick<Config, 'task' | 'validate'>): Config['validate'] {
  const primary = validate.primary ?? defaultPrimary(task);
  const metric = typeof primary === 'string' ? { metric: primary } : primary;
  const gate = { ...metric, baseline: { 'better-by-at-least': { amount: 0, relative: false } } };
  return { ...validate, gates: [gate] };
}

/** The gain, of an evaluation under `rulesAgainstNaive`; undefined where it has no interval. */
export function naiveGainOf({ gates }: Pick<Evaluation, 'gates'>): NaiveGain | undefined {
  return gates.find(({ kind, low }) => kind === 'baseline-better-by-at-least' && low !== null);
}
