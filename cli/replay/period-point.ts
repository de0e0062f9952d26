import type { MonitorOutputs } from '../../actions/drift-check/monitor.ts';
import type { LabelledRows } from '../../actions/drift-check/rows/labelled-rows.ts';
import type { Config } from '../../shared/config/sections/schema.ts';
import { periodsOf } from '../../shared/dataset/time/period.ts';
import { evaluate } from '../../shared/metrics/evaluate.ts';
import type { MetricResult } from '../../shared/metrics/evaluation/metric-result.ts';
import type { Predictions } from '../../shared/metrics/rows/predictions.ts';
import { takePredictions } from '../../shared/metrics/rows/subset.ts';
import { silentLogger } from '../../shared/platform/logger.ts';
import type { ReplayPoint } from '../../shared/report/replay/replay-report.ts';

interface Point {
  readonly point: ReplayPoint;
  readonly metric: Pick<MetricResult, 'name' | 'better'>;
}

/** How the model that was in production did on a period's rows, none of which it was made with. */
export function pointOf(
  { labelled, report }: MonitorOutputs,
  period: string,
  config: Config,
): Point | undefined {
  const rows = labelled && rowsOfPeriod(labelled, period);
  if (!rows || rows.length === 0) return undefined;
  return judgedPoint(takePredictions(labelled.predictions, rows), {
    ...{ pipeline: report.pipeline, config, period },
    model: report.production?.version ?? '',
  });
}

/** The primary metric of some predictions of a period's rows. @param model the version that made them. */
export function judgedPoint(
  predictions: Predictions,
  {
    pipeline,
    config,
    period,
    model,
  }: {
    readonly pipeline: string;
    readonly config: Config;
    readonly period: string;
    readonly model: string;
  },
): Point {
  const evaluation = evaluate(
    {
      ...{ pipeline, predictions },
      task: config.task,
      target: config.target,
      slices: [],
      validate: { ...config.validate, gates: [], slices: [] },
    },
    { logger: silentLogger },
  );
  const metric = evaluation.metrics.find(({ name }) => name === evaluation.primary)!;
  const { value, low, high } = metric;
  return { point: { period, value, low, high, rows: predictions.actual.length, model }, metric };
}

/** The places of a period's rows; none where the rows have no event time. */
export function rowsOfPeriod({ times }: LabelledRows, period: string): Uint32Array {
  if (!times) return new Uint32Array();
  const { codes, names } = periodsOf(times);
  const code = names.indexOf(period);
  return Uint32Array.from({ length: codes.length }, (_, row) => row).filter((row) => codes[row] === code);
}

/** The mean of several periods' values, weighted by their rows; null where no period has a value. */
export function meanOf(points: readonly ReplayPoint[]): number | null {
  const known = points.filter(({ value }) => value !== null);
  const rows = known.reduce((sum, point) => sum + point.rows, 0);
  return rows === 0 ? null : known.reduce((sum, { value, rows: own }) => sum + value! * own, 0) / rows;
}
