import type { FeatureConfig } from '../config/prepare-section.ts';
import type { Config } from '../config/schema.ts';
import { ConfigurationError, quote } from '../platform/errors.ts';
import type { ChangeLog } from './change-log.ts';
import { placeOf } from './infer-types.ts';
import type { SourcePart } from './origin.ts';
import { countOccurrences, hashRows } from './row-id.ts';
import {
  type CategoryColumn,
  type Column,
  columnOf,
  type NumberColumn,
  type Table,
  valueAt,
} from './table.ts';

/** A cleaned table and which of its rows stay. */
export interface Cleaned {
  readonly table: Table;
  /** 1 stays; 0 dropped. */
  readonly keep: Uint8Array;
  /** Rows dropped by a filter on features (not duplicates, not a missing target): a model must still face such rows. */
  readonly filtered: Uint8Array;
}

interface Cleaning {
  readonly config: Config;
  readonly log: ChangeLog;
  readonly parts: readonly SourcePart[];
  /** The row's number in the source, for messages and examples. */
  readonly sourceRow: (row: number) => number;
  readonly keep: Uint8Array;
  readonly filtered: Uint8Array;
}

/**
 * Cleans typed rows, in this order: spaces around texts, numbers that are not finite, ranges and allowed values,
 * rows equal to an earlier one, missing values of features whose policy is `drop` or `fail`, missing targets.
 * Filling in of missing values is the recipe's work.
 */
export function cleanTable(
  table: Table,
  config: Config,
  log: ChangeLog,
  parts: readonly SourcePart[],
  rows: Uint32Array | undefined,
): Cleaned {
  const keep = new Uint8Array(table.rows).fill(1);
  const filtered = new Uint8Array(table.rows);
  const sourceRow = rows ? (row: number): number => rows[row]! : (row: number): number => row;
  const cleaning: Cleaning = { config, log, parts, sourceRow, keep, filtered };
  const columns = new Map<string, Column>();
  for (const [name, column] of table.columns) {
    let cleaned = column;
    if (cleaned.type === 'category' && config.prepare.trim) cleaned = trimColumn(cleaning, name, cleaned);
    if (cleaned.type === 'number') cleaned = removeInfinities(cleaning, name, cleaned);
    const feature = config.features[name];
    if (feature?.range) cleaned = applyRange(cleaning, name, cleaned, feature);
    if (feature?.values) cleaned = applyValues(cleaning, name, cleaned, feature);
    columns.set(name, cleaned);
  }
  const result = { rows: table.rows, columns };
  if (config.prepare.duplicates === 'drop') dropDuplicates(cleaning, result);
  for (const [name, feature] of Object.entries(config.features))
    applyMissingPolicy(cleaning, result, name, feature);
  applyMissingTarget(cleaning, result);
  return { table: result, keep, filtered };
}

function trimColumn({ log, sourceRow }: Cleaning, name: string, column: CategoryColumn): CategoryColumn {
  const trimmed = column.dictionary.map((text) => text.trim());
  if (trimmed.every((text, code) => text === column.dictionary[code])) return column;
  const dictionary = [...new Set(trimmed)];
  const codeOf = new Map(dictionary.map((text, code) => [text, code]));
  const mapped = trimmed.map((text) => codeOf.get(text)!);
  const changed = trimmed.map((text, code) => text !== column.dictionary[code]);
  const codes = column.codes.map((code, row) => {
    if (code < 0) return -1;
    if (changed[code])
      log.add({ rule: 'trim', effect: 'changed', column: name }, sourceRow(row), column.dictionary[code]!);
    return mapped[code]!;
  });
  return { type: 'category', codes, dictionary };
}

function removeInfinities({ log, sourceRow }: Cleaning, name: string, column: NumberColumn): NumberColumn {
  let values = column.values;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (value !== Number.POSITIVE_INFINITY && value !== Number.NEGATIVE_INFINITY) continue;
    log.add({ rule: 'non-finite', effect: 'set-missing', column: name }, sourceRow(row), value);
    if (values === column.values) values = values.slice();
    values[row] = Number.NaN;
  }
  return values === column.values ? column : { type: 'number', values };
}

function applyRange(cleaning: Cleaning, name: string, column: Column, feature: FeatureConfig): Column {
  const [low, high] = feature.range!;
  if (column.type !== 'number') {
    throw new ConfigurationError(
      `features.${name}.range: column ${quote(name)} is a ${column.type}; a range is for numbers`,
    );
  }
  const least = low ?? Number.NEGATIVE_INFINITY;
  const most = high ?? Number.POSITIVE_INFINITY;
  const allowed = `${low ?? 'any'} to ${high ?? 'any'}`;
  let values = column.values;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (!(value < least || value > most)) continue;
    if (values === column.values) values = values.slice();
    if (feature.invalid === 'clip') {
      cleaning.log.add(
        { rule: 'out-of-range', effect: 'clipped', column: name },
        cleaning.sourceRow(row),
        value,
      );
      values[row] = value < least ? least : most;
    } else if (reject(cleaning, feature.invalid, 'out-of-range', name, row, value, allowed)) {
      values[row] = Number.NaN;
    }
  }
  return values === column.values ? column : { type: 'number', values };
}

function applyValues(cleaning: Cleaning, name: string, column: Column, feature: FeatureConfig): Column {
  if (column.type !== 'category') {
    throw new ConfigurationError(
      `features.${name}.values: column ${quote(name)} is a ${column.type}; allowed values are for categories: declare type: category`,
    );
  }
  const allowed = new Set(feature.values);
  const good = column.dictionary.map((text) => allowed.has(text));
  if (good.every(Boolean)) return column;
  const codes = column.codes.slice();
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    if (code < 0 || good[code]) continue;
    if (
      reject(
        cleaning,
        feature.invalid,
        'not-allowed',
        name,
        row,
        column.dictionary[code]!,
        [...allowed].join(', '),
      )
    ) {
      codes[row] = -1;
    }
  }
  return { ...column, codes };
}

/** Applies the policy to a value that is not allowed; true when it becomes missing. */
function reject(
  cleaning: Cleaning,
  policy: FeatureConfig['invalid'],
  rule: 'out-of-range' | 'not-allowed',
  name: string,
  row: number,
  value: string | number,
  allowed: string,
): boolean {
  const at = cleaning.sourceRow(row);
  if (policy === 'fail' || policy === 'clip') {
    throw new ConfigurationError(
      `${placeOf(cleaning.parts, at)}: ${name} is ${quote(value)}; allowed: ${allowed}${policy === 'clip' ? ' (clip is for ranges of numbers)' : ''}. Mend the data, or choose features.${name}.invalid: missing, drop or clip`,
    );
  }
  cleaning.log.add({ rule, effect: policy === 'drop' ? 'dropped' : 'set-missing', column: name }, at, value);
  if (policy === 'drop') {
    cleaning.keep[row] = 0;
    cleaning.filtered[row] = 1;
  }
  // A row that is dropped still has to be predicted when champion and challenger are compared: without this value.
  return true;
}

function dropDuplicates({ keep, log, sourceRow }: Cleaning, table: Table): void {
  const { high, low } = hashRows(table, [...table.columns.keys()].sort());
  const occurrences = countOccurrences(high, low);
  for (let row = 0; row < table.rows; row++) {
    if (occurrences[row] === 0 || keep[row] === 0) continue;
    keep[row] = 0;
    log.add({ rule: 'duplicate', effect: 'dropped' }, sourceRow(row), null);
  }
}

function applyMissingPolicy(cleaning: Cleaning, table: Table, name: string, feature: FeatureConfig): void {
  if (feature.missing !== 'drop' && feature.missing !== 'fail') return;
  const column = table.columns.get(name);
  if (!column) return; // a derived column: the recipe knows it
  for (let row = 0; row < table.rows; row++) {
    if (cleaning.keep[row] === 0 || valueAt(column, row) !== null) continue;
    if (feature.missing === 'fail') {
      throw new ConfigurationError(
        `${placeOf(cleaning.parts, cleaning.sourceRow(row))}: ${name} is missing, and features.${name}.missing is fail: mend the data, or choose median, mean, mode, level, drop or a constant`,
      );
    }
    cleaning.keep[row] = 0;
    cleaning.filtered[row] = 1;
    cleaning.log.add(
      { rule: 'missing-value', effect: 'dropped', column: name },
      cleaning.sourceRow(row),
      null,
    );
  }
}

function applyMissingTarget(cleaning: Cleaning, table: Table): void {
  const { config, keep, filtered, log, sourceRow, parts } = cleaning;
  const column = columnOf(table, config.target);
  for (let row = 0; row < table.rows; row++) {
    if (valueAt(column, row) !== null) continue;
    filtered[row] = 0;
    if (keep[row] === 0) continue;
    if (config.prepare['missing-target'] === 'fail') {
      throw new ConfigurationError(
        `${placeOf(parts, sourceRow(row))}: the target ${config.target} is missing, and prepare.missing-target is fail: mend the data, or choose drop`,
      );
    }
    keep[row] = 0;
    log.add({ rule: 'missing-target', effect: 'dropped', column: config.target }, sourceRow(row), null);
  }
}
