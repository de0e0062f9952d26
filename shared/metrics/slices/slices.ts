// Parts of the rows, by the values of a column, and the metric on each.

import type { ValidateConfig } from '../../config/sections/validate-section.ts';
import { columnLength } from '../../dataset/table/table.ts';
import { ConfigurationError, quote } from '../../platform/errors.ts';
import { LargeMap } from '../../platform/large-map.ts';
import type { Random } from '../../platform/random.ts';
import { didYouMean, listNames } from '../../text/nearest-name.ts';
import { type MetricKey, metricKey } from '../descriptors/metric-key.ts';
import type { Interval } from '../evaluation/judged-values.ts';
import type { SliceResult } from '../evaluation/metric-result.ts';
import { estimatesOf } from '../intervals/estimates.ts';
import { measuredTogether } from '../intervals/measured.ts';
import type { MetricValue } from '../metric/metric-value.ts';
import { metricOf } from '../registry/registry.ts';
import { judgedRows } from '../rows/judged-rows.ts';
import type { Predictions } from '../rows/predictions.ts';
import { takePredictions } from '../rows/subset.ts';
import { besideChampion, type SliceChampion } from './beside-champion.ts';
import { type SliceColumn, type SliceGroup, sliceGroups } from './slice-groups.ts';

/** What is sliced, and by what. */
export interface SlicesInput {
  readonly predictions: Predictions;
  readonly columns: readonly SliceColumn[];
  readonly primary: MetricKey;
  readonly validate: ValidateConfig;
  readonly champion?: SliceChampion;
  readonly random: Random;
  /** The stream by which the metrics of all rows are resampled: a slice of all rows has their intervals. */
  readonly whole: Random;
}

/**
 * The primary metric, and the metrics that gates name, in every slice. Each slice's rows are resampled by themselves:
 * the interval is for slices of this size. The same rows, whatever they are a slice of, have the same interval.
 *
 * @throws ConfigurationError when `validate.slices` or a gate names a column that is not there.
 */
export function judgeSlices(input: SlicesInput): SliceResult[] {
  const { columns, validate, predictions } = input;
  const wanted = wantedColumns(columns, validate);
  const champion = championPlaces(input);
  const streamOf = streamsOfRows(input);
  return wanted.flatMap((column) => {
    const rows = columnLength(column.column);
    if (rows !== predictions.actual.length) {
      throw new RangeError(
        `the slice column ${column.name} has ${rows} rows, the predictions ${predictions.actual.length}`,
      );
    }
    return sliceGroups(column.column).flatMap((group) => {
      const random = streamOf(group.rows, `${column.name}/${group.label}`);
      return judgeSlice({ ...input, random }, column.name, group, champion);
    });
  });
}

/** The columns that `validate.slices` and gates name or, without `validate.slices`, all. */
function wantedColumns(columns: readonly SliceColumn[], validate: ValidateConfig): SliceColumn[] {
  const names = columns.map(({ name }) => name);
  const gated = validate.gates.map((gate, i) => [`validate.gates[${i}].slice`, gate.slice] as const);
  const listed = (validate.slices ?? []).map((slice, i) => [`validate.slices[${i}]`, slice] as const);
  for (const [path, name] of [...gated, ...listed]) {
    if (name === undefined || names.includes(name)) continue;
    throw new ConfigurationError(
      `${path}: cannot slice by ${quote(name)}, which is not a column beside the predictions` +
        `${didYouMean(name, names)}; there ${names.length === 0 ? 'are none' : `is ${listNames(names)}`}`,
    );
  }
  if (!validate.slices) return [...columns];
  const wanted = new Set([...validate.slices, ...gated.map(([, name]) => name)]);
  return columns.filter(({ name }) => wanted.has(name));
}

/** A stream for each set of rows: that of all rows, that of an earlier slice of the same ones, or one by name. */
function streamsOfRows({
  predictions,
  random,
  whole,
}: SlicesInput): (rows: Uint32Array, name: string) => Random {
  const known: { readonly rows: Uint32Array; readonly stream: Random }[] = [];
  return (rows, name) => {
    if (rows.length === predictions.actual.length) return whole;
    const same = known.find(
      (one) => one.rows.length === rows.length && one.rows.every((row, i) => row === rows[i]),
    );
    const stream = same?.stream ?? random.fork(name);
    if (!same) known.push({ rows, stream });
    return stream;
  };
}

function judgeSlice(
  { predictions, validate, primary, random, champion }: SlicesInput,
  column: string,
  { label, rows, bounds }: SliceGroup,
  placeOf: ((row: number) => number | undefined) | undefined,
): SliceResult[] {
  const gated = validate.gates.filter((gate) => gate.slice === column).map((gate) => metricKey(gate));
  const metrics = [...new Set([primary, ...gated])];
  const judged = rows.length >= validate['min-slice-rows'];
  // Of too few rows only the value is shown: their interval would say nothing. One row is always drawn alike.
  const resampled = judged && rows.length > 1;
  const own = judgedRows(takePredictions(predictions, rows));
  const estimates = estimatesOf({
    metrics: metrics.map((name) => ({ metric: metricOf(name), rows: own })),
    settings: validate.bootstrap,
    least: resampled ? rows.length : rows.length + 1,
    random,
  });
  const intervals = judged
    ? measuredTogether(estimates, validate.bootstrap)
    : estimates.map(({ value }) => withoutInterval(value));
  const settings = { metrics, settings: validate.bootstrap };
  const beside = champion && besideChampion(own, { rows, champion, placeOf, judged, ...settings });
  return metrics.map((metric, i): SliceResult => {
    return {
      ...{ column, label, ...bounds, rows: rows.length, judged, metric },
      ...intervals[i]!,
      ...beside?.[i],
    };
  });
}

function withoutInterval(value: MetricValue): Interval {
  return 'value' in value
    ? { value: value.value, low: null, high: null }
    : { value: null, low: null, high: null, reason: value.undefined };
}

/** Where a judged row is among the champion's rows. */
function championPlaces({ champion }: SlicesInput): ((row: number) => number | undefined) | undefined {
  if (!champion) return undefined;
  const { rows } = champion;
  if (!rows) return (row) => row;
  const places = new LargeMap<number, number>();
  for (let place = 0; place < rows.length; place++) places.set(rows[place]!, place);
  return (row) => places.get(row);
}
