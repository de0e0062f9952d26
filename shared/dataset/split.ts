import { ConfigurationError } from '../platform/errors.ts';
import { finishHash, mixWord } from '../platform/hash.ts';

/** 0 training, 1 validation, 2 test. */
export type Sides = Uint8Array;
export const sideNames = ['train', 'validation', 'test'] as const;

/** Shares of the rows, each in (0, 1), together under 1. */
export interface SplitShares {
  readonly test: number;
  readonly validation: number;
}

/** Where a hashed key lies on [0, 1), given the split's seed: below `test` it is a test row for ever. */
export function positionOf(word: number, seed: number): number {
  return finishHash(mixWord(mixWord(0x51ed270b, seed), word)) / 4294967296;
}

/**
 * Sides by a seeded hash: equal words lie on one side, and a row stays where it is as others come and go.
 *
 * @param words hashes of the keys, or of the groups.
 */
export function splitByHash(words: Uint32Array, seed: number, shares: SplitShares): Sides {
  const sides = new Uint8Array(words.length);
  const validationEnd = shares.test + shares.validation;
  for (let row = 0; row < words.length; row++) {
    const position = positionOf(words[row]!, seed);
    sides[row] = position < shares.test ? 2 : position < validationEnd ? 1 : 0;
  }
  return sides;
}

/**
 * Sides by time: the newest share of the rows is the test, those before it the validation. Rows of equal time never
 * straddle: those at a boundary go to the earlier side.
 *
 * @param times no missing values.
 */
export function splitByTime(times: Float64Array, shares: SplitShares): Sides {
  const sorted = times.slice().sort();
  const rows = sorted.length;
  const boundary = (share: number): number => {
    const at = Math.min(rows - 1, Math.max(0, Math.floor(rows * (1 - share))));
    return sorted[Math.max(0, at - 1)]!;
  };
  const lastTraining = boundary(shares.test + shares.validation);
  const lastValidation = boundary(shares.test);
  const sides = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    sides[row] = times[row]! > lastValidation ? 2 : times[row]! > lastTraining ? 1 : 0;
  }
  return sides;
}

/**
 * Refuses a split with an empty side.
 *
 * @throws ConfigurationError that says which side is empty and what helps.
 */
export function checkSides(sides: Sides, shares: SplitShares, by: 'hash' | 'time'): void {
  const counts = [0, 0, 0];
  for (const side of sides) counts[side]!++;
  const empty = sideNames.filter((_, side) => counts[side] === 0);
  if (empty.length === 0) return;
  const percent = (share: number): string => `${Math.round(share * 100)}%`;
  throw new ConfigurationError(
    `split: no row is left for ${empty.join(' and ')}: ${sides.length} rows, test ${percent(shares.test)}, validation ${percent(shares.validation)}, by ${by} ` +
      `(${sideNames.map((name, side) => `${name} ${counts[side]}`).join(', ')}). ` +
      (by === 'time'
        ? 'Too few distinct times: use split.by: hash, or more data'
        : 'Bring more rows, raise the share, or choose a data.key (and data.group) with more distinct values'),
  );
}
