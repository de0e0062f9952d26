import { categoryCounts } from '../dataset/statistics/category-counts.ts';
import type { SourceTable } from '../dataset/table/origin.ts';
import type { CategoryColumn } from '../dataset/table/table.ts';
import { ConfigurationError, quote } from '../platform/errors.ts';
import type { Logger } from '../platform/logger.ts';
import { createMissingTest } from './missing.ts';
import type { LabelRules, ReadOptions } from './types.ts';

/** From this share of the rows on a marker may well be a class. */
const suspiciousShare = 0.05;
/** A text that means missing may well be a class of the target, and ciclo.yml does not say which. */
export class LabelMarkerError extends ConfigurationError {
  readonly marker: string;

  constructor(marker: string, message: string) {
    super(message);
    this.marker = marker;
  }
}

/**
 * Decides about markers that are texts of a classifier's target, where they were read as such: a few of them are
 * missing labels; many are a class, which must not vanish.
 *
 * @throws ConfigurationError when a marker is as frequent as a class, and ciclo.yml does not say what it means.
 */
export function withoutLabelMarkers(
  source: SourceTable,
  options: ReadOptions,
  labels: LabelRules,
  logger: Logger,
): SourceTable {
  const column = source.table.columns.get(labels.column);
  if (column?.type !== 'category') return source;
  const isMissing = createMissingTest(options);
  const marked = Uint8Array.from(column.dictionary, (text) => Number(isMissing(text)));
  if (!marked.includes(1)) return source;
  const counts = categoryCounts(column).categories;
  const markers = counts.filter(({ value }) => isMissing(value));
  const classes = counts.filter(({ value }) => !isMissing(value));
  const present = counts.reduce((sum, { count }) => sum + count, 0);
  const rarest = Math.min(...classes.map(({ count }) => count));
  for (const { value, count } of markers) {
    if (labels.strict && classes.length > 0 && (count > suspiciousShare * present || count >= rarest)) {
      throw markerClass(
        labels.column,
        value,
        count,
        source.table.rows,
        classes.map(({ value }) => value),
      );
    }
    logger.warn(
      `target ${quote(labels.column)}: ${count === 1 ? 'one row is' : `${number(count)} rows are`} ${quote(value)} and ` +
        `${count === 1 ? 'counts' : 'count'} as missing (prepare.missing-markers)`,
    );
  }
  const columns = new Map(source.table.columns).set(labels.column, unmarked(column, marked));
  return { ...source, table: { rows: source.table.rows, columns } };
}

function markerClass(
  column: string,
  marker: string,
  count: number,
  rows: number,
  classes: readonly string[],
): LabelMarkerError {
  const others = classes.slice(0, 5).map(quote).join(', ') + (classes.length > 5 ? ', …' : '');
  return new LabelMarkerError(
    marker,
    `target: ${quote(column)} is ${quote(marker)} in ${number(count)} of ${number(rows)} rows, and ` +
      `prepare.missing-markers takes that text for a missing value${others === '' ? '' : `, beside the classes ${others}`}. ` +
      `If it is a class, add\n  prepare: { missing-markers: { except: [${JSON.stringify(marker)}] } }\n` +
      'If these rows have no label and are to be left out, add\n  prepare: { missing-target: drop }',
  );
}

/** The column with marked texts missing, as if they had never been read. */
function unmarked({ codes, dictionary }: CategoryColumn, marked: Uint8Array): CategoryColumn {
  const renumbered = new Int32Array(dictionary.length).fill(-1);
  let next = 0;
  for (let code = 0; code < dictionary.length; code++) if (marked[code] === 0) renumbered[code] = next++;
  return {
    type: 'category',
    codes: codes.map((code) => (code < 0 ? -1 : renumbered[code]!)),
    dictionary: dictionary.filter((_, code) => marked[code] === 0),
  };
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
