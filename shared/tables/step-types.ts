import { countMissing } from '../dataset/table/missing-rows.ts';
import type { RowPlaces } from '../dataset/table/row-place.ts';
import { type Column, columnLength } from '../dataset/table/table.ts';
import type { TimeColumn } from '../dataset/time/window.ts';
import { type TypedColumn, typeColumn } from '../dataset/types/infer-types.ts';
import { lenientColumn } from '../dataset/types/lenient-column.ts';
import { trimmedTexts } from '../dataset/types/trimmed-texts.ts';
import { ConfigurationError } from '../platform/errors.ts';
import type { Logger } from '../platform/logger.ts';
import { byCount, counted } from '../text/counts.ts';
import type { SourceColumn } from './column-trail.ts';
import type { SourceRows } from './source-rows.ts';
import type { SourceView } from './source-view.ts';
import { type StepSite, stepError, workColumn } from './step-site.ts';
import { emptyColumn, type WorkColumn, type WorkTable, withColumns } from './work-table.ts';

/** What gives columns their types. */
export interface StepTypes {
  readonly views: ReadonlyMap<string, SourceView>;
  readonly rows: SourceRows;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  /** Take a few values for missing that are not of a frozen type: a row that arrives may break nothing. */
  readonly lenient: boolean;
  /** Receives the type of each column that a step went by. */
  found(column: SourceColumn, typed: TypedColumn): void;
}

/**
 * A table with the named columns of their types: declared, frozen or inferred as those of a single source are. Columns that
 * no step needs stay as the source holds them, so that a later row which breaks one is no error of the steps.
 *
 * @throws ConfigurationError naming step, source and column.
 */
export function withTypes(
  site: StepSite,
  table: WorkTable,
  names: Iterable<string>,
  types: StepTypes,
): WorkTable {
  return withColumns(
    table,
    [...names].map((name) => [name, typedColumn(site, table, name, types)] as const),
  );
}

/** One column of its type. */
export function typedColumn(site: StepSite, table: WorkTable, name: string, types: StepTypes): WorkColumn {
  const part = workColumn(site, table, name);
  if (part.typed || !part.read) return part;
  const { source, name: written } = part.read;
  const view = types.views.get(source)!;
  const frame = part.frame === undefined ? undefined : table.frames[part.frame];
  const places = types.rows.places(frame, source);
  try {
    const typed = typeColumn(written, part.column, { ...view, places, logger: types.logger });
    types.found(part.read, typed);
    return { ...part, column: seenBySteps(typed.column, view), typed: true };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const few = types.lenient ? withoutStrays(site, part, view, places) : undefined;
    if (few) {
      types.logger.warn(few.words);
      return { ...part, column: seenBySteps(few.column, view), typed: true };
    }
    const message = error.message
      .replaceAll(`features.${written}`, `data.sources.${source}.types.${written}`)
      .replaceAll('features: { ', `data.sources.${source}.types: { `);
    throw stepError(site, `of source ${source}, ${message}`);
  }
}

/** Spaces around texts go when rows are cleaned, which is later: a key with one equals one without. */
function seenBySteps(column: Column, { config }: SourceView): Column {
  if (column.type !== 'category' || !config.prepare.trim) return column;
  return trimmedTexts(column)?.column ?? column;
}

/** A column of its frozen type, where only a few values are not; the lock says whether they are among its rows. */
function withoutStrays(
  site: StepSite,
  { read, column }: WorkColumn,
  { lock }: SourceView,
  places: RowPlaces,
): { readonly column: Column; readonly words: string } | undefined {
  const { source, name } = read!;
  const type = lock?.types[name];
  if (type === undefined) return undefined;
  const lenient = lenientColumn(column, { name, type, format: lock?.formats?.[name], places });
  if (!lenient.typed) return undefined;
  const words = `${site.name}: ${counted(lenient.strays, 'value')} of ${source}.${name} ${byCount(lenient.strays, 'is', 'are')} not a ${type}, as ciclo.lock froze it, and ${byCount(lenient.strays, 'counts', 'count')} as missing`;
  return { column: lenient.column, words };
}

/**
 * Columns of two tables whose values are to be compared. One without any value equals nothing, whatever its type.
 *
 * @throws ConfigurationError where they are of different types.
 */
export function comparedColumns(
  site: StepSite,
  [table, other]: readonly [WorkTable, WorkTable],
  pairs: readonly (readonly [string, string])[],
  types: StepTypes,
): { readonly own: readonly Column[]; readonly theirs: readonly Column[] } {
  const columns = pairs.map(([own, theirs]): [Column, Column] => {
    const a = typedColumn(site, table, own, types);
    const b = typedColumn(site, other, theirs, types);
    const alike = ofOneType(a.column, b.column);
    if (alike) return alike;
    throw unlike(site, [table.name, own, a], [other.name, theirs, b]);
  });
  return { own: columns.map(([a]) => a), theirs: columns.map(([, b]) => b) };
}

/** Two columns of one type; one without any value is of the other's. Undefined of different types. */
function ofOneType(a: Column, b: Column): [Column, Column] | undefined {
  if (a.type === b.type) return [a, b];
  if (isEmpty(a)) return [emptyColumn(b.type, columnLength(a)), b];
  return isEmpty(b) ? [a, emptyColumn(a.type, columnLength(b))] : undefined;
}

function isEmpty(column: Column): boolean {
  return countMissing(column) === columnLength(column);
}

type Side = readonly [table: string, name: string, column: WorkColumn];

function unlike(site: StepSite, a: Side, b: Side): Error {
  const words = ([table, name, { column }]: Side): string => `${table}.${name} is a ${column.type}`;
  const text = [a, b].find(([, , { column }]) => column.type === 'category') ?? a;
  const other = text === a ? b : a;
  const [, , { read }] = other;
  const advice = read
    ? `declare data.sources.${read.source}.types: { ${read.name}: ${text[2].column.type} }`
    : `derive it in the other type`;
  return stepError(
    site,
    `${words(a)} and ${words(b)}, so no value of one equals one of the other; ${advice}`,
  );
}

/** The times of a column. @throws ConfigurationError for texts and booleans. */
export function stepTimes(site: StepSite, table: WorkTable, name: string, types: StepTypes): TimeColumn {
  const part = typedColumn(site, table, name, types);
  return asTimes(site, [table.name, name, part], part.column);
}

function asTimes(site: StepSite, [table, name, { read }]: Side, column: Column): TimeColumn {
  if (column.type === 'number' || column.type === 'date') return column;
  if (isEmpty(column))
    return { type: 'number', values: new Float64Array(columnLength(column)).fill(Number.NaN) };
  const advice = read ? `: declare data.sources.${read.source}.types: { ${read.name}: date }` : '';
  throw stepError(site, `${table}.${name} is a ${column.type}; a time is a number or a date${advice}`);
}

/** The times of two columns that are to be compared. @throws ConfigurationError for others, and for dates and numbers. */
export function comparedTimes(
  site: StepSite,
  [table, other]: readonly [WorkTable, WorkTable],
  [own, theirs]: readonly [string, string],
  types: StepTypes,
): { readonly own: TimeColumn; readonly theirs: TimeColumn } {
  const a = typedColumn(site, table, own, types);
  const b = typedColumn(site, other, theirs, types);
  const [x, y] = ofOneType(a.column, b.column) ?? [a.column, b.column];
  const times = {
    own: asTimes(site, [table.name, own, a], x),
    theirs: asTimes(site, [other.name, theirs, b], y),
  };
  if (times.own.type === times.theirs.type) return times;
  throw stepError(
    site,
    `${table.name}.${own} is a ${x.type} and ${other.name}.${theirs} a ${y.type}; to be compared both must be dates, or both numbers`,
  );
}

/** A span of time in the unit of two columns of time. @throws ConfigurationError where it is written for another. */
export function spanIn(
  site: StepSite,
  key: string,
  span: { readonly milliseconds: number } | { readonly units: number },
  { type }: TimeColumn,
): number {
  if (type === 'date' && 'milliseconds' in span) return span.milliseconds;
  if (type === 'number' && 'units' in span) return span.units;
  throw stepError(
    site,
    type === 'date'
      ? `${key} is a number, and the times are dates: write a span of time such as 30d`
      : `${key} is a span of time, and the times are numbers: write a number in their unit`,
  );
}
