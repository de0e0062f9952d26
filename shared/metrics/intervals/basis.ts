import type { Random } from '../../platform/random.ts';
import type { Sampling } from '../metric/sampling.ts';
import type { ResampleHook } from './resample-loop.ts';

/** A metric on rows, as its interval is made. */
export interface Part {
  /** Of the rows or, where they are very many, of some of them. */
  readonly sampling: Sampling;
  /** On all rows. */
  readonly value: number;
}

/** What an interval by the metric is computed from: metrics on the same rows, and a quantity made of their values. */
export interface Basis {
  readonly parts: readonly Part[];
  /** The quantity, of the parts' values. */
  readonly of: (values: readonly number[]) => number;
  readonly resamples: number;
  /** The same for all quantities on the same rows: equal resamples. */
  readonly random: Random;
  readonly hook?: ResampleHook | undefined;
  /** Share of the rows that is resampled; 1 but of very many. */
  readonly share: number;
}
