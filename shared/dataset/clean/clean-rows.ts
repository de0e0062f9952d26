import type { FeatureConfig } from '../../config/sections/features-section.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import { findEqualRows } from '../identity/equal-rows.ts';
import { hashRows } from '../identity/row-hash.ts';
import { possibleTwins } from '../identity/row-identity.ts';
import { missingTest } from '../table/missing-rows.ts';
import { type Column, columnOf, type Table, takeRows } from '../table/table.ts';
import type { Cleaning } from './cleaning.ts';

/** Drops rows that equal an earlier row in every column. */
export function dropDuplicates(cleaning: Cleaning, table: Table): void {
  const { keep, log, identity, changed } = cleaning;
  const names = [...table.columns.keys()].sort();
  const twins = possibleTwins(identity, names, changed);
  const { first } = findEqualRows(hashRows(twins ? takeRows(table, twins) : table, names));
  const note = log.rule({ rule: 'duplicate', effect: 'dropped' });
  for (let i = 0; i < first.length; i++) {
    const row = twins?.[i] ?? i;
    if (first[i] === i || keep[row] === 0) continue;
    keep[row] = 0;
    note(row, null);
  }
}

/**
 * Drops rows without a value, or refuses them, as `missing` says; fills nothing in.
 *
 * @throws ConfigurationError with the first row without a value, when they are refused.
 */
export function applyMissingPolicy(
  { keep, filtered, log, places }: Cleaning,
  name: string,
  column: Column,
  { missing }: FeatureConfig,
): void {
  if (missing !== 'drop' && missing !== 'fail') return;
  const note = log.rule({ rule: 'missing-value', effect: 'dropped', column: name });
  const isMissing = missingTest(column);
  for (let row = 0; row < keep.length; row++) {
    if (keep[row] === 0 || !isMissing(row)) continue;
    if (missing === 'fail') {
      throw new ConfigurationError(
        `${places.describe(row)}: ${name} is missing, and features.${name}.missing is fail: fix the data, or choose ${column.type === 'category' ? 'mode, level' : 'median, mean, mode'}, drop or a constant`,
      );
    }
    keep[row] = 0;
    filtered[row] = 1;
    note(row, null);
  }
}

/**
 * Drops rows without a target, or refuses them.
 *
 * @throws ConfigurationError with the first row without a target, when they are refused.
 */
export function applyMissingTarget({ keep, filtered, log, places, config }: Cleaning, table: Table): void {
  const isMissing = missingTest(columnOf(table, config.target));
  const note = log.rule({ rule: 'missing-target', effect: 'dropped', column: config.target });
  for (let row = 0; row < table.rows; row++) {
    if (!isMissing(row)) continue;
    // Nothing can be judged on it.
    filtered[row] = 0;
    if (keep[row] === 0) continue;
    if (config.prepare['missing-target'] === 'fail') {
      throw new ConfigurationError(
        `${places.describe(row)}: the target ${config.target} is missing, and prepare.missing-target is fail: fix the data, or choose drop`,
      );
    }
    keep[row] = 0;
    note(row, null);
  }
}
