import type { Random } from '../platform/random.ts';
import type { Evaluation } from './evaluation.ts';
import type { ClassificationPredictions, Predictions, RegressionPredictions } from './predictions.ts';
import { sortedQuantile } from './quantile.ts';

type Details = Pick<Evaluation, 'perClass' | 'confusion' | 'calibration' | 'roc' | 'scatter' | 'residuals'>;

const scatterLimit = 500;
const rocLimit = 200;
const calibrationBins = 10;
const residualShares = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99];

/** What the charts of a report are drawn from. */
export function detailsOf(predictions: Predictions, random: Random): Details {
  return predictions.task === 'regression'
    ? regressionDetails(predictions, random)
    : classificationDetails(predictions);
}

function regressionDetails({ actual, predicted }: RegressionPredictions, random: Random): Details {
  const rows = Uint32Array.from({ length: actual.length }, (_, row) => row);
  const chosen = rows.length > scatterLimit ? random.shuffle(rows).subarray(0, scatterLimit).sort() : rows;
  const residuals = actual.map((value, row) => value - predicted[row]!).sort();
  return {
    scatter: [...chosen].map((row): [number, number] => [actual[row]!, predicted[row]!]),
    residuals: {
      probabilities: [...residualShares],
      quantiles: residualShares.map((share) => sortedQuantile(residuals, share)),
    },
  };
}

function classificationDetails(predictions: ClassificationPredictions): Details {
  const { classes, actual, predicted, probabilities } = predictions;
  const confusion = classes.map(() => new Array<number>(classes.length).fill(0));
  for (let row = 0; row < actual.length; row++) confusion[actual[row]!]![predicted[row]!]!++;
  const perClass = classes.map((label, k) => {
    const hits = confusion[k]![k]!;
    const support = confusion[k]!.reduce((sum, count) => sum + count, 0);
    const named = confusion.reduce((sum, counts) => sum + counts[k]!, 0);
    const ratio = (a: number, b: number): number | null => (b === 0 ? null : a / b);
    return {
      class: label,
      rows: support,
      precision: ratio(hits, named),
      recall: ratio(hits, support),
      f1: ratio(2 * hits, support + named),
    };
  });
  if (classes.length !== 2 || !probabilities) return { confusion, perClass };
  const scores = Float64Array.from(actual, (_, row) => probabilities[row * 2 + 1]!);
  return { confusion, perClass, calibration: calibrationOf(scores, actual), ...rocOf(scores, actual) };
}

function calibrationOf(scores: Float64Array, actual: Int32Array): NonNullable<Details['calibration']> {
  const bins = Array.from({ length: calibrationBins }, () => ({ predicted: 0, observed: 0, rows: 0 }));
  for (let row = 0; row < scores.length; row++) {
    const bin = bins[Math.min(calibrationBins - 1, Math.floor(scores[row]! * calibrationBins))]!;
    bin.predicted += scores[row]!;
    bin.observed += actual[row]!;
    bin.rows++;
  }
  return bins
    .filter((bin) => bin.rows > 0)
    .map(({ predicted, observed, rows }) => ({
      predicted: predicted / rows,
      observed: observed / rows,
      rows,
    }));
}

function rocOf(scores: Float64Array, actual: Int32Array): Pick<Details, 'roc'> {
  const order = Uint32Array.from(scores, (_, row) => row).sort((a, b) => scores[b]! - scores[a]!);
  const positives = actual.reduce((sum, code) => sum + code, 0);
  const negatives = actual.length - positives;
  if (positives === 0 || negatives === 0) return {};
  const points: [number, number][] = [[0, 0]];
  let hits = 0;
  let alarms = 0;
  for (const [i, row] of order.entries()) {
    if (actual[row] === 1) hits++;
    else alarms++;
    const next = order[i + 1];
    if (next === undefined || scores[next]! < scores[row]!)
      points.push([alarms / negatives, hits / positives]);
  }
  if (points.length <= rocLimit) return { roc: points };
  const step = (points.length - 1) / (rocLimit - 1);
  return { roc: Array.from({ length: rocLimit }, (_, i) => points[Math.round(i * step)]!) };
}
