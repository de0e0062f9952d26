// What `missing`, `invalid` and `duplicates` do to rows and values, and the log of it.
import type { Column, Table } from '../table/table.ts';
import { applyMissingPolicy, applyMissingTarget, dropDuplicates } from './clean-rows.ts';
import { applyRange, applyValues, removeInfinities, removeMarkers, trimColumn } from './clean-values.ts';
import type { Cleaning, CleaningInput } from './cleaning.ts';

/** A cleaned table and which of its rows stay. */
export interface Cleaned extends Pick<Cleaning, 'keep' | 'filtered' | 'changed'> {
  readonly table: Table;
}

/**
 * Cleans typed rows, in this order: for each column spaces around texts, numbers that are not finite or mean missing, the range, the
 * allowed values; then rows equal to an earlier one; rows without a value of a feature whose policy is `drop` or
 * `fail`; rows without a target. Filling in of missing values is the recipe's work.
 *
 * @throws ConfigurationError for values that a policy of `fail` refuses, and rules that do not fit a column's type.
 */
export function cleanTable(table: Table, input: CleaningInput): Cleaned {
  const { cleaning, result } = cleanFeatures(table, input);
  applyMissingTarget(cleaning, result);
  return cleanedOf(cleaning, result);
}

/** As {@link cleanTable}, of rows whose target may be missing, or not be known yet: they stay. */
export function cleanUnlabelled(table: Table, input: CleaningInput): Cleaned {
  const { cleaning, result } = cleanFeatures(table, input);
  return cleanedOf(cleaning, result);
}

function cleanedOf({ keep, filtered, changed }: Cleaning, table: Table): Cleaned {
  return { table, keep, filtered, changed };
}

function cleanFeatures(table: Table, input: CleaningInput): { cleaning: Cleaning; result: Table } {
  const { config } = input;
  const keep = new Uint8Array(table.rows).fill(1);
  const cleaning: Cleaning = { ...input, keep, filtered: new Uint8Array(table.rows), changed: new Set() };
  const columns = new Map<string, Column>();
  for (const [name, column] of table.columns) {
    const cleaned = cleanColumn(cleaning, name, column);
    if (cleaned !== column) cleaning.changed.add(name);
    columns.set(name, cleaned);
  }
  const result = { rows: table.rows, columns };
  if (config.prepare.duplicates === 'drop') dropDuplicates(cleaning, result);
  for (const [name, feature] of Object.entries(config.features)) {
    const column = columns.get(name);
    // Columns that prepare.derive makes are the recipe's.
    if (column) applyMissingPolicy(cleaning, name, column, feature);
  }
  return { cleaning, result };
}

function cleanColumn(cleaning: Cleaning, name: string, column: Column): Column {
  const { config } = cleaning;
  let cleaned = column;
  if (cleaned.type === 'category' && config.prepare.trim) cleaned = trimColumn(cleaning, name, cleaned);
  if (cleaned.type === 'number') {
    cleaned = removeMarkers(cleaning, name, removeInfinities(cleaning, name, cleaned));
  }
  const feature = config.features[name];
  if (!feature) return cleaned;
  return applyValues(cleaning, name, applyRange(cleaning, name, cleaned, feature), feature);
}
