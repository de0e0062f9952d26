import { codesAgainstRest } from '../../dataset/schema/positive-class.ts';
import type { MetricKey } from '../../metrics/descriptors/metric-key.ts';
import type { CalibrationMap } from '../../metrics/evaluation/prediction-facts.ts';
import { metricOf } from '../../metrics/registry/registry.ts';
import { confusionMatrix } from '../../metrics/rows/confusion.ts';
import type { RowWeights } from '../../metrics/rows/row-weights.ts';
import { blockPlace, calibrated } from '../../metrics/uncertainty/uncertainty-calibration.ts';
import type { Random } from '../../platform/random.ts';
import { expectedArea, expectedPrecision } from './estimated-ranking.ts';
import type { Predicted } from './prediction-column.ts';

type Classified = Extract<Predicted, { readonly classes: readonly string[] }>;
type Block = CalibrationMap['blocks'][number];
type WithProbabilities = Classified & { readonly probabilities: Float64Array };

/** A metric at a weighting of the rows, given each row's chances of the classes (row-major). */
type Expected = (chances: Float64Array, weights: RowWeights) => number;

/**
 * Confidence-based performance estimation: the metric that is expected of rows without labels, when each is of a class with
 * the probability that the model says, calibrated by what such probabilities were worth on the test rows (NannyML: CBPE).
 * Of what the confusion matrix gives, by the expected one.
 *
 * @returns undefined for `ece`, which is zero by assumption.
 */
export function expectedClassMetric(
  predictions: WithProbabilities,
  maps: readonly CalibrationMap[],
  metric: MetricKey,
): ((weights: RowWeights, random?: Random) => number) | undefined {
  const expected = expectedOf(predictions, metric);
  if (!expected) return undefined;
  const chancesOf = calibrator(predictions, maps);
  const known = chancesOf();
  return (weights, random) => expected(random ? chancesOf(random) : known, weights);
}

function expectedOf(predictions: WithProbabilities, metric: MetricKey): Expected | undefined {
  switch (metric) {
    case 'log-loss':
    case 'brier':
      return expectedLoss(predictions, metric);
    case 'roc-auc':
      return overClasses(predictions, expectedArea);
    case 'average-precision':
      return overClasses(predictions, expectedPrecision);
    default:
      return metricOf(metric).reads === 'labels' ? expectedConfusion(predictions, metric) : undefined;
  }
}

/** The chances of the classes by the calibration maps or, drawn, by such as other test rows might have given. */
function calibrator(
  { task, classes, probabilities, predicted }: WithProbabilities,
  maps: readonly CalibrationMap[],
): (random?: Random) => Float64Array {
  const width = classes.length;
  const codes = maps.map(({ class: label }) => classes.indexOf(label));
  const places = maps.map(({ blocks }, m) =>
    Array.from(predicted, (_, row) => blockPlace(blocks, probabilities[row * width + codes[m]!]!)),
  );
  return (random) => {
    const chances = new Float64Array(probabilities.length);
    for (const [m, { blocks }] of maps.entries()) {
      const values = blocks.map((block) => (random ? drawn(block, random) : worthOf(block)));
      for (const [row, place] of places[m]!.entries())
        chances[row * width + codes[m]!] = calibrated(values, place);
    }
    for (let row = 0; row < predicted.length; row++) {
      const [code] = codes;
      if (task === 'binary') chances[row * 2 + 1 - code!] = 1 - chances[row * 2 + code!]!;
      else toSumOne(chances.subarray(row * width, (row + 1) * width), probabilities, row * width);
    }
    return chances;
  };
}

/**
 * What a block's probabilities are worth: (k + ½) / (n + 1). Isotonic regression fits its rows too well: of small blocks it
 * says 0 or 1, and the estimate would be too good (simulated with 200 test rows: log-loss by 10 %, by this less than 2 %).
 */
const worthOf = ({ observed, rows }: Block): number => (observed * rows + 0.5) / (rows + 1);

/** The same as other test rows might have given it. */
function drawn(block: Block, random: Random): number {
  const worth = worthOf(block);
  const value = worth + Math.sqrt((worth * (1 - worth)) / block.rows) * random.normal();
  return Math.min(1, Math.max(0, value));
}

/** Classes are calibrated apart; a row that no class is left for keeps the model's probabilities. */
function toSumOne(chances: Float64Array, probabilities: Float64Array, start: number): void {
  const sum = chances.reduce((total, chance) => total + chance, 0);
  for (let k = 0; k < chances.length; k++)
    chances[k] = sum > 0 ? chances[k]! / sum : probabilities[start + k]!;
}

/** The loss of each row for each class that it may be of. */
function expectedLoss(predictions: WithProbabilities, metric: 'log-loss' | 'brier'): Expected {
  const { probabilities } = predictions;
  const width = predictions.classes.length;
  const codes = codesAgainstRest(predictions);
  const losses = probabilities.map((p, i) => {
    if (metric === 'log-loss') return -Math.log(Math.min(Math.max(p, Number.EPSILON), 1 - Number.EPSILON));
    const [start, own] = [i - (i % width), i % width];
    let sum = 0;
    for (const k of codes) {
      sum += (probabilities[start + k]! - Number(k === own)) ** 2;
    }
    return sum;
  });
  return (chances, { counts, total }) => {
    let sum = 0;
    for (let i = 0; i < losses.length; i++) sum += counts[Math.floor(i / width)]! * chances[i]! * losses[i]!;
    return sum / total;
  };
}

function expectedConfusion(predictions: WithProbabilities, metric: MetricKey): Expected {
  const { classes, predicted } = predictions;
  const width = classes.length;
  return (chances, weights) => {
    const cells = new Float64Array(width ** 2);
    for (let row = 0; row < predicted.length; row++) {
      for (let k = 0; k < width; k++) {
        cells[k * width + predicted[row]!]! += weights.counts[row]! * chances[row * width + k]!;
      }
    }
    const matrix = confusionMatrix(cells, width);
    const value = metricOf(metric).weigh({
      ...predictions,
      count: predicted.length,
      // Metrics of the confusion matrix ask for nothing else.
      actual: predicted,
      confusion: { at: () => matrix },
      ranking: () => {
        throw new TypeError(`${metric} is not a metric of the confusion matrix`);
      },
    })(weights);
    return 'value' in value ? value.value : Number.NaN;
  };
}

/** Of a binary task the positive class's value, else the mean of each class against the rest. */
function overClasses(
  predictions: WithProbabilities,
  of: (scores: Float64Array) => (positive: Float64Array, counts: Uint8Array) => number,
): Expected {
  const { predicted, probabilities } = predictions;
  const width = predictions.classes.length;
  const codes = codesAgainstRest(predictions);
  const column = (values: Float64Array, k: number): Float64Array =>
    Float64Array.from(predicted, (_, row) => values[row * width + k]!);
  const scores = codes.map((code) => of(column(probabilities, code)));
  return (chances, { counts }) =>
    codes.reduce((sum, code, i) => sum + scores[i]!(column(chances, code), counts), 0) / codes.length;
}
