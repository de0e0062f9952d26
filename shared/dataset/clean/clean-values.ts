import type { FeatureConfig } from '../../config/sections/features-section.ts';
import { ConfigurationError, quote } from '../../platform/errors.ts';
import { listNames } from '../../text/nearest-name.ts';
import type { CategoryColumn, Column, NumberColumn } from '../table/table.ts';
import { quotedValue } from '../types/column-hints.ts';
import { trimmedTexts } from '../types/trimmed-texts.ts';
import { markerNumbers } from '../values/marker-numbers.ts';
import type { Cleaning } from './cleaning.ts';

/** Takes the spaces around texts away. */
export function trimColumn({ log }: Cleaning, name: string, column: CategoryColumn): CategoryColumn {
  const trimmed = trimmedTexts(column);
  if (!trimmed) return column;
  const { changed } = trimmed;
  const note = log.rule({ rule: 'trim', effect: 'changed', column: name });
  for (let row = 0; row < column.codes.length; row++) {
    const code = column.codes[row]!;
    if (code >= 0 && changed[code] === 1) note(row, column.dictionary[code]!);
  }
  return trimmed.column;
}

/** Makes numbers that are markers missing: what a source reads as a number never was a text. */
export function removeMarkers({ log, config }: Cleaning, name: string, column: NumberColumn): NumberColumn {
  const markers = markerNumbers(config.prepare['missing-markers']);
  if (markers.size === 0) return column;
  const note = log.rule({ rule: 'missing-marker', effect: 'set-missing', column: name });
  const from = column.values;
  let values = from;
  for (let row = 0; row < from.length; row++) {
    const value = from[row]!;
    if (!markers.has(value)) continue;
    note(row, value);
    if (values === from) values = from.slice();
    values[row] = Number.NaN;
  }
  return values === from ? column : { type: 'number', values };
}

/** Makes infinite numbers missing. */
export function removeInfinities({ log }: Cleaning, name: string, column: NumberColumn): NumberColumn {
  const note = log.rule({ rule: 'non-finite', effect: 'set-missing', column: name });
  const from = column.values;
  let values = from;
  for (let row = 0; row < from.length; row++) {
    const value = from[row]!;
    if (value !== Number.POSITIVE_INFINITY && value !== Number.NEGATIVE_INFINITY) continue;
    note(row, value);
    if (values === from) values = from.slice();
    values[row] = Number.NaN;
  }
  return values === from ? column : { type: 'number', values };
}

/**
 * Does to numbers outside the declared range what `invalid` says.
 *
 * @throws ConfigurationError when the column holds no numbers, or a number outside is refused.
 */
export function applyRange(cleaning: Cleaning, name: string, column: Column, feature: FeatureConfig): Column {
  if (!feature.range) return column;
  if (column.type !== 'number') {
    throw new ConfigurationError(
      `features.${name}.range: column ${quote(name)} is a ${column.type}; a range is for numbers`,
    );
  }
  const [low, high] = feature.range;
  const least = low ?? Number.NEGATIVE_INFINITY;
  const most = high ?? Number.POSITIVE_INFINITY;
  const allowed = low === null ? `at most ${high}` : high === null ? `${low} or more` : `${low} to ${high}`;
  const reject =
    feature.invalid === 'clip'
      ? undefined
      : rejection(cleaning, { rule: 'out-of-range', name, policy: feature.invalid, allowed });
  const note = cleaning.log.rule({ rule: 'out-of-range', effect: 'clipped', column: name });
  const from = column.values;
  let values = from;
  for (let row = 0; row < from.length; row++) {
    const value = from[row]!;
    if (!(value < least || value > most)) continue;
    if (values === from) values = from.slice();
    if (reject) reject(row, value);
    else note(row, value);
    values[row] = reject ? Number.NaN : value < least ? least : most;
  }
  return values === from ? column : { type: 'number', values };
}

/**
 * Does to categories that are not allowed what `invalid` says.
 *
 * @throws ConfigurationError when the column holds no categories, is to be clipped, or has another value that is refused.
 */
export function applyValues(
  cleaning: Cleaning,
  name: string,
  column: Column,
  feature: FeatureConfig,
): Column {
  if (!feature.values) return column;
  if (column.type !== 'category') {
    throw new ConfigurationError(
      `features.${name}.values: column ${quote(name)} is a ${column.type}; allowed values are for categories: declare features.${name}.type: category`,
    );
  }
  if (feature.invalid === 'clip') {
    throw new ConfigurationError(
      `features.${name}.invalid: clip is for ranges of numbers; for values choose missing, drop or fail`,
    );
  }
  const allowed = new Set(feature.values);
  const good = Uint8Array.from(column.dictionary, (text) => Number(allowed.has(text)));
  if (!good.includes(0)) return column;
  const words = listNames(feature.values, 10);
  const reject = rejection(cleaning, { rule: 'not-allowed', name, policy: feature.invalid, allowed: words });
  const codes = column.codes.slice();
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    if (code < 0 || good[code] === 1) continue;
    reject(row, column.dictionary[code]!);
    codes[row] = -1;
  }
  return { ...column, codes };
}

interface Rejection {
  readonly rule: 'out-of-range' | 'not-allowed';
  readonly name: string;
  readonly policy: 'missing' | 'drop' | 'fail';
  readonly allowed: string;
}

/**
 * What happens to a value that is not allowed, apart from its becoming missing: a row that is dropped may still have
 * to be predicted when champion and challenger are compared, and then without this value.
 */
function rejection({ log, places, keep, filtered }: Cleaning, { rule, name, policy, allowed }: Rejection) {
  const note = log.rule({ rule, effect: policy === 'drop' ? 'dropped' : 'set-missing', column: name });
  return (row: number, value: string | number): void => {
    if (policy === 'fail') {
      throw new ConfigurationError(
        `${places.describe(row)}: ${name} is ${quotedValue(name, value)}, and features.${name}.invalid is fail; allowed: ${allowed}. Fix the data, or choose missing${rule === 'out-of-range' ? ', drop or clip' : ' or drop'}`,
      );
    }
    if (policy === 'drop') {
      // A row that an earlier rule dropped is counted there.
      if (keep[row] === 0) return;
      keep[row] = 0;
      filtered[row] = 1;
    }
    note(row, value);
  };
}
