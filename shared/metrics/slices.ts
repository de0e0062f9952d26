import type { MetricName, ValidateConfig } from '../config/validate-section.ts';
import type { Random } from '../platform/random.ts';
import { bootstrap } from './bootstrap.ts';
import type { SliceResult } from './evaluation.ts';
import { judgedRows } from './judged-rows.ts';
import { measured } from './measured.ts';
import type { Predictions } from './predictions.ts';
import { metricOf } from './registry.ts';
import { checkSliceLength, type SliceColumn, sliceGroups } from './slice-groups.ts';
import { takePredictions } from './subset.ts';

/** What is sliced, and by what. */
export interface SlicesInput {
  readonly predictions: Predictions;
  readonly columns: readonly SliceColumn[];
  readonly primary: MetricName;
  readonly validate: ValidateConfig;
  /** The champion's predictions of rows of `predictions`. */
  readonly champion?: { readonly predictions: Predictions; readonly rows?: Uint32Array };
  readonly random: Random;
}

/** The primary metric, and the metrics that gates name, in every slice; each slice is bootstrapped by itself. */
export function judgeSlices(input: SlicesInput): SliceResult[] {
  return input.columns.flatMap((column) => judgeColumn(input, column));
}

function judgeColumn(input: SlicesInput, column: SliceColumn): SliceResult[] {
  const { predictions, validate, primary, random } = input;
  checkSliceLength(column, predictions.actual.length);
  const gated = validate.gates.filter((gate) => gate.slice === column.name).map((gate) => gate.metric);
  const metrics = [...new Set([primary, ...gated])];
  return sliceGroups(column.column).flatMap(({ label, rows }) => {
    const subset = judgedRows(takePredictions(predictions, rows));
    const estimates = bootstrap({
      rows: rows.length,
      metrics: metrics.map((name) => metricOf(name).weigh(subset)),
      settings: validate.bootstrap,
      random: random.fork(`${column.name}/${label}`),
    });
    const theirs = championRows(input, rows);
    return metrics.map((metric, i): SliceResult => {
      const { reason: _reason, ...result } = measured(estimates[i]!, validate.bootstrap);
      const judged = rows.length >= validate['min-slice-rows'];
      const value = theirs && metricOf(metric).compute(theirs);
      return {
        column: column.name,
        label,
        rows: rows.length,
        judged,
        metric,
        ...result,
        ...(value === undefined ? {} : { champion: 'value' in value ? value.value : null }),
      };
    });
  });
}

/** The champion's predictions of a slice, when it made any for all of its rows. */
function championRows({ champion, predictions }: SlicesInput, rows: Uint32Array): Predictions | undefined {
  if (!champion) return undefined;
  if (!champion.rows || champion.rows.length === predictions.actual.length) {
    return champion.predictions.actual.length === predictions.actual.length
      ? takePredictions(champion.predictions, rows)
      : undefined;
  }
  const place = new Map([...champion.rows].map((row, i) => [row, i]));
  const places = [...rows].map((row) => place.get(row));
  return places.every((at) => at !== undefined)
    ? takePredictions(champion.predictions, Uint32Array.from(places as number[]))
    : undefined;
}
