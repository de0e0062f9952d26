import type { Config } from '../../../shared/config/sections/schema.ts';
import { type ArrivedRows, arrivedRows, cleanArrived } from '../../../shared/dataset/monitored-rows.ts';
import { type DatasetSchema, featureColumns } from '../../../shared/dataset/schema/schema.ts';
import type { SourceTable } from '../../../shared/dataset/table/origin.ts';
import { type Table, takeColumn, takeRows, valueAt } from '../../../shared/dataset/table/table.ts';
import { monitorWindow } from '../../../shared/dataset/time/monitor-window.ts';
import { asTimes, type TimeColumn } from '../../../shared/dataset/time/window.ts';
import type { Predictions } from '../../../shared/metrics/rows/predictions.ts';
import type { Predictor } from '../../../shared/model/predictor/predictor.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import { predictionsOf } from '../../validate/predictions.ts';
import type { CurrentRows } from './current-rows.ts';
import { type LabelSource, type LabelsJoined, withLateLabels } from './late-labels.ts';
import type { Reference } from './reference.ts';

/** Rows newer than the production model's data whose truth has come. */
export interface LabelledRows {
  readonly table: Table;
  readonly predictions: Predictions;
  readonly times?: TimeColumn;
  /** Rows whose truth has not come yet. */
  readonly unlabelled: number;
}

/** Where labels are looked for. */
export interface LabelInputs {
  readonly reference: Reference;
  readonly current: CurrentRows;
  /** `data.source`. */
  readonly data: SourceTable | undefined;
  /** `monitor.source`. */
  readonly monitored?: SourceTable | undefined;
  /** `monitor.labels`. */
  readonly labels?: SourceTable | undefined;
}

/** The labels that have come by now. */
export interface ArrivedLabels {
  /** Absent when no row has one, or the model cannot predict them. */
  readonly labelled?: LabelledRows;
  /** How many labels were joined to rows; absent where none were. */
  readonly joined?: LabelsJoined;
}

/**
 * All rows since the production model's data whose label has come by now, those of earlier checks too: labels are often
 * late. Where rows come without, those of `monitor.labels` or `data.source` are joined to them by key; where another source is
 * watched and no row of it has a label, the new rows of `data.source` count.
 *
 * @throws ConfigurationError when `ciclo.yml` asks for labels to be joined, and they cannot be.
 */
export async function labelledRows(
  { loaded }: Pick<Pipeline, 'loaded'>,
  inputs: LabelInputs,
): Promise<ArrivedLabels> {
  const { config } = loaded;
  const { reference, current, data, monitored, labels } = inputs;
  const { production, schema } = reference;
  if (!production) return {};
  const model = { schema, predictor: production.predictor };
  const time = config.data.time;
  const since =
    data && time !== undefined && reference.window ? newRows(data, time, { reference, config }) : undefined;
  const own = labels && { source: labels, name: 'monitor.labels', declared: true };
  if (monitored) {
    const watched = withLateLabels(
      { arrived: current.arrived, rows: rowsOfVersion(monitored, current, inputs), raw: monitored.table },
      { config, schema, labels: config.monitor.labels ? own : newLabels(data, since, config) },
    );
    const labelled = await labelledOf(watched.arrived, config, model);
    const joined = watched.joined ? { joined: watched.joined } : {};
    if (labelled) return { labelled, ...joined };
    if (config.monitor.labels || !since) return joined;
  }
  if (!data || !since) return {};
  const { arrived, joined } = withLateLabels(
    { ...since, raw: data.table },
    { config, schema, labels: monitored ? undefined : own },
  );
  const labelled = await labelledOf(arrived, config, model);
  return { ...(labelled ? { labelled } : {}), ...(joined ? { joined } : {}) };
}

interface NewRows {
  readonly arrived: ArrivedRows;
  readonly rows: Uint32Array;
}

/** Rows of `data.source` that are newer than the production model's data. */
function newRows(
  data: SourceTable,
  time: string,
  { reference, config }: { readonly reference: Reference; readonly config: Config },
): NewRows | undefined {
  const arrived = arrivedRows(data, reference.schema, { config, time });
  if (!arrived.times || reference.window?.column !== time) return undefined;
  const { rows } = monitorWindow(arrived.times, time, {
    ended: [reference.window.until],
    window: { 'after-lock': true, again: true },
  });
  return { arrived, rows };
}

/** Labels of `data.source` for rows that are watched elsewhere: only of its new rows, since the model was trained on the others. */
function newLabels(
  data: SourceTable | undefined,
  since: NewRows | undefined,
  { monitor }: Config,
): LabelSource | undefined {
  return (
    data &&
    since && { source: data, rows: since.rows, name: 'data.source', declared: monitor.key !== undefined }
  );
}

/**
 * All rows that are watched since the model is in production, also those of earlier checks: of a prediction log those that it
 * answered, else those after its data.
 */
function rowsOfVersion(
  { table }: SourceTable,
  { arrived, time }: CurrentRows,
  { reference }: LabelInputs,
): Uint32Array {
  const digest = table.columns.get('_digest');
  const all = Uint32Array.from({ length: table.rows }, (_, row) => row);
  if (digest) return all.filter((row) => valueAt(digest, row) === reference.production!.digest);
  if (!arrived.times || reference.window?.column !== time) return all;
  const ended = [reference.window!.until];
  return monitorWindow(arrived.times, time!, { ended, window: { 'after-lock': true, again: true } }).rows;
}

/** Labelled rows of some that arrived, cleaned; with their times where no row was left out in cleaning. */
async function labelledOf(
  arrived: ArrivedRows,
  config: Config,
  model: { readonly schema: DatasetSchema; readonly predictor: Predictor },
): Promise<LabelledRows | undefined> {
  const all = Uint32Array.from({ length: arrived.table.rows }, (_, row) => row);
  const table = cleanArrived(arrived, all, config);
  const column = config.data.time === undefined ? undefined : table.columns.get(config.data.time);
  // The time of a request is not a column of the model's, and one that is written in another way now is no time there: what was
  // read of it is known where cleaning left no row out.
  const times = asTimes(column) ?? arrived.times;
  return labelled(table, times?.values.length === table.rows ? times : undefined, model);
}

/** Whether a table has all features, each of its type. */
export function canPredict(table: Table, schema: DatasetSchema): boolean {
  return featureColumns(schema).every(({ name, type }) => table.columns.get(name)?.type === type);
}

async function labelled(
  table: Table,
  times: TimeColumn | undefined,
  { schema, predictor }: { readonly schema: DatasetSchema; readonly predictor: Predictor },
): Promise<LabelledRows | undefined> {
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
    predictions: await predictionsOf(predictor, rows, schema),
    unlabelled: table.rows - known.length,
    ...(times ? { times: takeColumn(times, known) as TimeColumn } : {}),
  };
}
