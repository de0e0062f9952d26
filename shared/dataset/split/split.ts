// Which rows train, validate and test.
import { ConfigurationError } from '../../platform/errors.ts';
import { finishHash, mixWord } from '../../platform/hash.ts';
import { byCount, counted } from '../../text/counts.ts';
import { declaredShare } from '../../text/percent.ts';
import { orderStatistics } from '../statistics/order-statistics.ts';

/** Begins the hash of a place, apart from all others. */
const start = 0x51ed270b;

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
  return finishHash(mixWord(mixWord(start, seed), word)) / 4294967296;
}

/**
 * Sides by a seeded hash: equal words lie on one side, and a row stays where it is as others come and go.
 *
 * @param words hashes of the keys, or of the groups.
 */
export function splitByHash(words: Uint32Array, seed: number, shares: SplitShares): Sides {
  const sides = new Uint8Array(words.length);
  const seeded = mixWord(start, seed);
  const validationEnd = shares.test + shares.validation;
  for (let row = 0; row < words.length; row++) {
    const position = finishHash(mixWord(seeded, words[row]!)) / 4294967296;
    sides[row] = position < shares.test ? 2 : position < validationEnd ? 1 : 0;
  }
  return sides;
}

/**
 * Sides by time: the newest share of the rows is the test, those before it the validation. Rows of equal time never
 * straddle: those at a boundary go to the earlier side, so that a side may be smaller than its share.
 *
 * @param times at least one, none missing.
 */
export function splitByTime(times: Float64Array, shares: SplitShares): Sides {
  const rows = times.length;
  const test = Math.round(rows * shares.test);
  const held = Math.max(test, Math.round(rows * (shares.test + shares.validation)));
  const [lastTraining, lastValidation] = [held, test].map((later) =>
    later < rows ? orderStatistics(times, [rows - 1 - later])[0]! : Number.NEGATIVE_INFINITY,
  );
  const sides = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const time = times[row]!;
    sides[row] = time > lastValidation! ? 2 : time > lastTraining! ? 1 : 0;
  }
  return sides;
}

/**
 * Refuses a split with an empty side.
 *
 * @param distinct how many different keys, groups or times the rows have; asked only when a side is empty.
 * @throws ConfigurationError that says which side is empty and what helps.
 */
export function checkSides(sides: Sides, { shares, by, fewest }: SplitRule, distinct: () => number): void {
  const counts = [0, 0, 0];
  for (let row = 0; row < sides.length; row++) counts[sides[row]!]!++;
  const empty = sideNames.filter((_, side) => counts[side] === 0);
  if (empty.length === 0) return;
  const found = sideNames.map((name, side) => `${name} ${counts[side]}`).join(', ');
  if (sides.length < fewest) {
    throw new ConfigurationError(
      `split: no row is left for ${empty.join(' and ')} (${found}): ${counted(sides.length, 'row')} ${byCount(sides.length, 'is', 'are')} too few to train a model and to judge it on rows that it has not seen. At least ${fewest} are needed (prepare.checks.min-rows), and a few hundred show much more. Bring more rows`,
    );
  }
  throw new ConfigurationError(
    `split: no row is left for ${empty.join(' and ')} (${found}): ${sides.length} rows with ${distinct()} different ${by}s, of which test takes ${declaredShare(shares.test)} and validation ${declaredShare(shares.validation)}. ${remedies[by]}`,
  );
}

/** How rows are divided. */
export interface SplitRule {
  readonly shares: SplitShares;
  readonly by: SplitBy;
  /** Fewer rows are too few, however they are divided: `prepare.checks.min-rows`. */
  readonly fewest: number;
}

/** What the rows are divided by. */
type SplitBy = 'key' | 'group' | 'time';

const remedies: Readonly<Record<SplitBy, string>> = {
  key: 'Bring more rows, raise the share, or choose a data.key that tells more rows apart',
  group: 'Bring rows of more groups, raise the share, or choose a finer data.group',
  time: 'Bring rows of more times, raise the share, or use split.by: hash',
};
