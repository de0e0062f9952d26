import type { Config } from '../../config/sections/schema.ts';
import { sharesOf } from '../../config/sections/split-section.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import { LargeSet } from '../../platform/large-map.ts';
import { counted, formatCount } from '../../text/counts.ts';
import type { RowHashes } from '../identity/row-hash.ts';
import type { RowIdentity } from '../identity/row-identity.ts';
import { columnOf, type Table, takeColumn } from '../table/table.ts';
import { timesOf } from '../time/window.ts';
import { checkSides, type Sides, splitByHash, splitByTime } from './split.ts';

/** Rows that are to be divided. */
export interface RowsToDivide {
  /** All rows as they were read: keys and groups are of these, so that rules of cleaning move no row. */
  readonly table: Table;
  /** The same rows, cleaned. */
  readonly cleaned: Table;
  readonly identity: RowIdentity;
  /** Hashes of values that belong together, by the same rule as those of the keys. */
  readonly hashesOf: (names: readonly string[]) => RowHashes;
  readonly config: Config;
  readonly seed: number;
}

/**
 * The sides of the kept rows.
 *
 * @throws ConfigurationError when a side is left without rows, or a row without a time is to be divided by it.
 */
export function splitRows(division: RowsToDivide, kept: Uint32Array): Sides {
  const { config } = division;
  const shares = sharesOf(config.split);
  const times = splitTimes(division, kept);
  const sides = times ? splitByTime(times, shares) : hashSides(division, kept);
  const by = times ? 'time' : config.data.group === undefined ? 'key' : 'group';
  const rule = { shares, by, fewest: config.prepare.checks['min-rows'] } as const;
  checkSides(sides, rule, () => new LargeSet<number>(times ?? hashWords(division, kept)).size);
  return sides;
}

/** Sides by the hash of the group, or else of the key. */
export function hashSides(division: RowsToDivide, rows: Uint32Array): Sides {
  return splitByHash(hashWords(division, rows), division.seed, sharesOf(division.config.split));
}

/** Hashes of the rows' groups, or else of their keys. */
export function hashWords({ hashesOf, identity, config }: RowsToDivide, rows: Uint32Array): Uint32Array {
  const { group } = config.data;
  const { high } = group === undefined ? identity.hashes : hashesOf([group]);
  return rows.length === high.length ? high : rows.map((row) => high[row]!);
}

/** The event times of rows when the split is by time. @throws ConfigurationError when one is missing. */
export function splitTimes({ cleaned, config }: RowsToDivide, rows: Uint32Array): Float64Array | undefined {
  const { time } = config.data;
  if (config.split.by !== 'time' || time === undefined) return undefined;
  const column = columnOf(cleaned, time);
  const { values } = timesOf(takeColumn(column, rows), time);
  let missing = 0;
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i]!)) missing++;
  if (missing === 0) return values;
  throw new ConfigurationError(
    `split.by is time, but ${time} is missing in ${formatCount(missing)} of ${counted(values.length, 'row')}: fix the data, declare features.${time}.missing: drop, or use split.by: hash`,
  );
}
