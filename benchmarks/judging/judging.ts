/**
 * Seconds for 1,000 bootstrap resamples of ROC AUC and of RMSE on 100,000 predictions: Ciclo's bootstrap beside
 * scipy.stats.bootstrap (ROC AUC by scikit-learn and by ranks) and a loop in numpy (RMSE). Prints one JSON object.
 *
 * usage: node benchmarks/judging/judging.ts [--rows 100000] [--resamples 1000] [--repeats 3] [--python python3]
 */
import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bootstrap } from '../../shared/metrics/intervals/bootstrap.ts';
import { intervalOf } from '../../shared/metrics/intervals/interval.ts';
import { metricOf } from '../../shared/metrics/registry/registry.ts';
import { judgedRows } from '../../shared/metrics/rows/judged-rows.ts';
import type { Predictions } from '../../shared/metrics/rows/predictions.ts';
import { createRandom } from '../../shared/platform/random.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    resamples: { type: 'string', default: '1000' },
    repeats: { type: 'string', default: '3' },
    python: { type: 'string', default: 'python3' },
  },
});
const rows = Number(values.rows);
const resamples = Number(values.resamples);
const random = createRandom(1);

/** Scores of two overlapping normal classes, one row in three positive. */
function classified(): Predictions {
  const actual = Int32Array.from({ length: rows }, () => (random.next() < 1 / 3 ? 1 : 0));
  const probabilities = new Float64Array(rows * 2);
  const predicted = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const score = 1 / (1 + Math.exp(-(random.normal() + actual[row]! - 0.5)));
    probabilities[row * 2] = 1 - score;
    probabilities[row * 2 + 1] = score;
    predicted[row] = score >= 0.5 ? 1 : 0;
  }
  return { task: 'binary', classes: ['no', 'yes'], actual, predicted, probabilities };
}

function numbers(): Predictions {
  const actual = Float64Array.from({ length: rows }, () => random.normal());
  return { task: 'regression', actual, predicted: actual.map((value) => value + random.normal() / 2) };
}

function seconds(
  name: 'roc-auc' | 'rmse',
  predictions: Predictions,
): { seconds: number; low: number; high: number } {
  const times: number[] = [];
  let ends = { low: Number.NaN, high: Number.NaN };
  for (let repeat = 0; repeat < Number(values.repeats); repeat++) {
    const started = performance.now();
    const [estimate] = bootstrap({
      rows,
      metrics: [metricOf(name).weigh(judgedRows(predictions))],
      settings: { resamples, method: 'percentile' },
      random: createRandom(repeat),
    });
    const interval = intervalOf(estimate!, { method: 'percentile', confidence: 0.95 });
    times.push((performance.now() - started) / 1000);
    if ('low' in interval) ends = interval;
  }
  return { seconds: Number(Math.min(...times).toFixed(3)), ...ends };
}

const ciclo = { 'roc-auc': seconds('roc-auc', classified()), rmse: seconds('rmse', numbers()) };
const script = fileURLToPath(new URL('judging.py', import.meta.url));
const peers: Record<string, number> = JSON.parse(
  execFileSync(values.python, [script, String(rows), String(resamples)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  }),
);
const ratio = (own: number, peer: string): number => Number((own / peers[peer]!).toFixed(3));
const machine = { processor: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version };
console.log(
  JSON.stringify(
    {
      benchmark: 'judging',
      machine,
      rows,
      resamples,
      ciclo,
      peers,
      ratios: {
        'roc-auc / scipy.stats.bootstrap': ratio(ciclo['roc-auc'].seconds, 'roc-auc scipy.stats.bootstrap'),
        'rmse / numpy loop': ratio(ciclo.rmse.seconds, 'rmse numpy loop'),
        'rmse / scipy.stats.bootstrap': ratio(ciclo.rmse.seconds, 'rmse scipy.stats.bootstrap'),
      },
    },
    null,
    2,
  ),
);
