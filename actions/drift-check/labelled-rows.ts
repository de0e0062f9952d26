import type { Config } from '../../shared/config/schema.ts';
import { monitorWindow } from '../../shared/dataset/monitor-window.ts';
import { arrivedRows, cleanArrived } from '../../shared/dataset/monitored-rows.ts';
import type { SourceTable } from '../../shared/dataset/origin.ts';
import { type DatasetSchema, featureColumns } from '../../shared/dataset/schema.ts';
import { type Table, takeColumn, takeRows, valueAt } from '../../shared/dataset/table.ts';
import { type TimeColumn, timesOf } from '../../shared/dataset/window.ts';
import type { Predictions } from '../../shared/metrics/predictions.ts';
import type { Predictor } from '../../shared/model/predictor.ts';
import type { Pipeline } from '../prepare/collect.ts';
import { predictionsOf } from '../validate/predictions.ts';
import type { CurrentRows } from './current-rows.ts';
import type { Reference } from './reference.ts';

/** Rows newer than the production model's data whose truth has come. */
export interface LabelledRows {
  readonly table: Table;
  readonly predictions: Predictions;
  readonly times?: TimeColumn;
  /** Rows whose truth has not come yet. */
  readonly unlabelled: number;
}

/**
 * All rows since the production model's data whose label has come by now, those of earlier checks too: labels are often
 * late. Where another source is watched and has no labels, those of `data.source` count.
 *
 * @returns undefined when no row has one, or the model cannot predict them.
 */
export function labelledRows(
  { loaded }: Pick<Pipeline, 'loaded'>,
  {
    reference,
    current,
    data,
  }: { readonly reference: Reference; readonly current: CurrentRows; readonly data: SourceTable | undefined },
): LabelledRows | undefined {
  const { config } = loaded;
  const { production, schema } = reference;
  if (!production) return undefined;
  if (config.monitor.source !== undefined) {
    const watched = labelled(current.table, undefined, { schema, predictor: production.predictor });
    if (watched) return watched;
  }
  if (!data || config.data.time === undefined || !reference.window) return undefined;
  const since = rowsSince(data, config.data.time, { reference, config });
  return since && labelled(since.table, since.times, { schema, predictor: production.predictor });
}

/** Whether a table has all features, each of its type. */
export function canPredict(table: Table, schema: DatasetSchema): boolean {
  return featureColumns(schema).every(({ name, type }) => table.columns.get(name)?.type === type);
}

function rowsSince(
  data: SourceTable,
  time: string,
  { reference, config }: { readonly reference: Reference; readonly config: Config },
): { readonly table: Table; readonly times?: TimeColumn } | undefined {
  const arrived = arrivedRows(data, reference.schema, { config, time });
  if (!arrived.times || reference.window?.column !== time) return undefined;
  const { rows } = monitorWindow(arrived.times, time, {
    ended: [reference.window.until],
    window: { 'after-lock': true, again: true },
  });
  const table = cleanArrived(arrived, rows, config);
  const column = table.columns.get(time);
  return { table, ...(column ? { times: timesOf(column, time) } : {}) };
}

function labelled(
  table: Table,
  times: TimeColumn | undefined,
  { schema, predictor }: { readonly schema: DatasetSchema; readonly predictor: Predictor },
): LabelledRows | undefined {
  const labels = table.columns.get(schema.target);
  const wanted = schema.columns.find(({ name }) => name === schema.target)?.type;
  if (!labels || labels.type !== wanted) return undefined;
  if (!canPredict(table, schema)) return undefined;
  const known = Uint32Array.from({ length: table.rows }, (_, row) => row).filter((row) => {
    const value = valueAt(labels, row);
    return value !== null && (schema.classes === undefined || schema.classes.includes(String(value)));
  });
  if (known.length === 0) return undefined;
  const rows = takeRows(table, known);
  return {
    table: rows,
    predictions: predictionsOf(predictor, rows, schema),
    unlabelled: table.rows - known.length,
    ...(times ? { times: takeColumn(times, known) as TimeColumn } : {}),
  };
}
