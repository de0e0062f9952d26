import type { MetricResult, SliceResult } from '../../metrics/evaluation/metric-result.ts';
import type { CandidateReport, EpochReport } from '../../model/report/training-report.ts';
import { createRandom } from '../../platform/random.ts';

/** A metric with an interval around its value. */
export function sampleMetric(
  name: string,
  value: number,
  width: number,
  overrides: Partial<MetricResult> = {},
): MetricResult {
  return {
    name,
    value,
    low: value - width * 0.48,
    high: value + width * 0.52,
    better: 'lower',
    ...overrides,
  };
}

/** The champion's value beside a metric's, and the gain over it. */
export function sampleChampion(
  value: number,
  gain: readonly [value: number, low: number, high: number],
  better: 'lower' | 'higher',
): NonNullable<MetricResult['champion']> {
  const [middle, low, high] = gain;
  const difference =
    better === 'higher' ? { value: middle, low, high } : { value: -middle, low: -high, high: -low };
  return { value, difference, gain: { value: middle, low, high } };
}

/** A slice with an interval around its value. */
export function sampleSlice(
  at: readonly [column: string, label: string],
  rows: number,
  [value, low, high]: readonly [number, number, number],
  overrides: Partial<SliceResult> = {},
): SliceResult {
  const judged = rows >= 10;
  const { champion, metric = 'rmse' } = overrides;
  return {
    column: at[0],
    label: at[1],
    rows,
    judged,
    metric,
    value,
    low,
    high,
    ...(judged && typeof champion === 'number'
      ? { gain: pairedGain(metric === 'rmse' ? champion - value : value - champion, 0.4 * (high - low)) }
      : {}),
    ...overrides,
  };
}

/** Of pairs of predictions, which err alike: narrower than the interval of the value. */
function pairedGain(value: number, half: number) {
  const rounded = (end: number): number => Number(end.toFixed(4));
  return { value: rounded(value), low: rounded(value - half), high: rounded(value + half) };
}

/** A candidate whose losses fall and then, on validation, rise again a little. */
export function sampleCandidate(
  name: string,
  shape: {
    readonly epochs: number;
    readonly best: number;
    readonly floor: number;
    readonly validation: number;
  },
  overrides: Partial<CandidateReport> = {},
): CandidateReport {
  const random = createRandom(name);
  const history: EpochReport[] = Array.from({ length: shape.epochs }, (_, i) => {
    const epoch = i + 1;
    const fall = Math.exp(-epoch / (shape.best / 4));
    const overfit = Math.max(0, epoch - shape.best) * shape.floor * 0.006;
    return {
      epoch,
      loss: shape.floor * 0.82 + fall * 1.1,
      validationLoss:
        shape.floor +
        fall * 1.2 +
        overfit +
        random.next() * shape.floor * 0.05 * Number(epoch !== shape.best),
      learningRate: 0.003 * 0.5 * (1 + Math.cos((Math.PI * i) / shape.epochs)),
    };
  });
  return {
    name,
    type: name === 'linear' ? 'linear' : 'neural-network',
    options: { 'learning-rate': 0.003, 'batch-size': 32, patience: 20, l2: 0.0001 },
    parameters: 1057,
    epochs: shape.epochs,
    bestEpoch: shape.best,
    stopped: 'patience',
    validation: shape.validation,
    history,
    ...overrides,
  };
}
