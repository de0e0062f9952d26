import { labelKey } from '../../../shared/config/sections/label-key.ts';
import type { Config } from '../../../shared/config/sections/schema.ts';
import {
  type JoinedLabels,
  joinLabels,
  type LabelCounts,
} from '../../../shared/dataset/identity/join-labels.ts';
import type { ArrivedRows } from '../../../shared/dataset/monitored-rows.ts';
import type { DatasetSchema } from '../../../shared/dataset/schema/schema.ts';
import type { SourceTable } from '../../../shared/dataset/table/origin.ts';
import { createRowPlaces } from '../../../shared/dataset/table/row-place.ts';
import {
  type Column,
  type ColumnType,
  type Table,
  takeColumn,
  takeRows,
} from '../../../shared/dataset/table/table.ts';
import type { TimeColumn } from '../../../shared/dataset/time/window.ts';
import { lenientColumn } from '../../../shared/dataset/types/lenient-column.ts';
import { ConfigurationError, quote } from '../../../shared/platform/errors.ts';

/** Where labels come from that rows did not have when they arrived. */
export interface LabelSource {
  readonly source: SourceTable;
  /** Rows of it that may count: none that the model in production was made with. Default all. */
  readonly rows?: Uint32Array;
  /** `monitor.labels`, or `data.source`, for messages. */
  readonly name: string;
  /** Asked for by the configuration: what does not fit is an error, and no reason to go without labels. */
  readonly declared: boolean;
}

/** How many labels were joined, and by which columns. */
export interface LabelsJoined extends LabelCounts {
  readonly key: readonly string[];
  /** Labels that are not a value of the target's type, and count as missing; one of them. */
  readonly unread: { readonly count: number; readonly type: ColumnType; readonly example?: string };
}

/** Some of the rows that arrived, with the labels that have come for them by now. */
export interface RowsWithLabels {
  readonly arrived: ArrivedRows;
  /** Absent where there was nothing to join by. */
  readonly joined?: LabelsJoined;
}

/**
 * Gives rows the labels that came for their keys.
 *
 * @param rows of `arrived`, as the source has them: the columns of the key may be none of the model's.
 * @throws ConfigurationError when the configuration asks for labels, and either side lacks a column of the key or the labels lack
 * the target, or have another type than the model predicts.
 */
export function withLateLabels(
  { arrived, rows, raw }: { readonly arrived: ArrivedRows; readonly rows: Uint32Array; readonly raw: Table },
  { config, schema, labels }: { config: Config; schema: DatasetSchema; labels: LabelSource | undefined },
): RowsWithLabels {
  const chosen = {
    ...arrived,
    table: takeRows(arrived.table, rows),
    ...(arrived.times ? { times: takeColumn(arrived.times, rows) as TimeColumn } : {}),
  };
  const key = labelKey(config);
  if (!labels || key.length === 0) return { arrived: chosen };
  const given = labels.rows ? takeRows(labels.source.table, labels.rows) : labels.source.table;
  const lacking = whatLacks({ key, target: schema.target }, { raw, given, labels, config });
  if (lacking !== undefined) {
    if (labels.declared) throw new ConfigurationError(lacking);
    return { arrived: chosen };
  }
  const { column: target, unread } = targetOf(given.columns.get(schema.target)!, schema, labels);
  const own = chosen.table.columns.get(schema.target);
  const { labels: filled, ...counts } = joinLabels(
    withTarget(takeRows(keyColumns(raw, key), rows), schema, own?.type === target.type ? own : undefined),
    withTarget(keyColumns(given, key), schema, target),
    { key, target: schema.target },
  );
  return { arrived: withLabels(chosen, schema, filled), joined: { ...counts, key, unread } };
}

function keyColumns({ rows, columns }: Table, key: readonly string[]): Table {
  return { rows, columns: new Map(key.map((name) => [name, columns.get(name)!])) };
}

function withTarget(table: Table, { target }: DatasetSchema, column: Column | undefined): Table {
  return column ? { ...table, columns: new Map([...table.columns, [target, column]]) } : table;
}

function withLabels(
  arrived: ArrivedRows,
  { target }: DatasetSchema,
  labels: JoinedLabels['labels'],
): ArrivedRows {
  const { table, retyped } = arrived;
  return {
    ...arrived,
    table: { ...table, columns: new Map([...table.columns, [target, labels]]) },
    retyped: retyped.filter((name) => name !== target),
  };
}

/** Labels as the model predicts them: a few values of another type are missing. */
function targetOf(
  column: Column,
  { target, columns }: DatasetSchema,
  { source, name }: LabelSource,
): { readonly column: Column; readonly unread: LabelsJoined['unread'] } {
  const { type, format } = columns.find((own) => own.name === target)!;
  const read = lenientColumn(column, { name: target, type, format, places: createRowPlaces(source.parts) });
  if (read.typed) {
    const example = read.example === undefined ? {} : { example: read.example };
    return { column: read.column, unread: { count: read.strays, type, ...example } };
  }
  throw new ConfigurationError(
    `the labels of ${name} cannot be read: its column ${quote(target)} holds ${column.type} values where the model predicts a ${type}; give it the values that the model was trained on`,
  );
}

/** Says which column is missing where; undefined when all are there. */
function whatLacks(
  { key, target }: { readonly key: readonly string[]; readonly target: string },
  { raw, given, labels, config }: { raw: Table; given: Table; labels: LabelSource; config: Config },
): string | undefined {
  const from = config.monitor.key === undefined ? 'data.key' : 'monitor.key';
  const watched = config.monitor.source ? 'monitor.source' : 'data.source';
  for (const [table, name, needed] of [
    [raw, watched, key],
    [given, labels.name, [...key, target]],
  ] as const) {
    const missing = needed.filter((column) => !table.columns.has(column));
    if (missing.length === 0) continue;
    const isTarget = missing[0] === target;
    const what = isTarget ? 'the target' : `which ${from} names`;
    const advice = isTarget
      ? 'give the labels that name'
      : 'add it, or name what both sides have in monitor.key';
    return `labels cannot be joined to their rows: ${name} has no column ${missing.map(quote).join(', ')} (${what}); ${advice}; its columns are ${[...table.columns.keys()].join(', ')}`;
  }
  return undefined;
}
