/**
 * How often a scan over event time calls a model degraded: one that has not changed, over its whole life and however labels come,
 * and one that became worse, within so many rows. Models of known quality, by the product's own evaluation and scan. Prints a
 * table in Markdown. With a file for its progress it can be stopped at any time and goes on where it was.
 *
 * usage: node benchmarks/drift-calibration/performance.ts [--lives 400] [--part unchanged|worse] [--minutes 60] [--progress FILE.ndjson]
 */
import { parseArgs } from 'node:util';
import { scanOf } from '../../shared/drift/performance/measured.ts';
import { scanForChange } from '../../shared/drift/performance/scan.ts';
import { performancePart } from '../../shared/drift/verdict/error-budget.ts';
import { createRandom } from '../../shared/platform/random.ts';
import { type LifeSettings, lifeOf, type Model, models } from './performance-lives.ts';
import { openProgress } from './progress.ts';
import { rateInterval } from './rate-interval.ts';

const { values } = parseArgs({
  options: {
    lives: { type: 'string', default: '400' },
    part: { type: 'string' },
    minutes: { type: 'string', default: 'Infinity' },
    progress: { type: 'string' },
  },
});

interface Case {
  readonly part: 'unchanged' | 'worse';
  readonly name: string;
  readonly model: Model;
  readonly life: LifeSettings;
  /** The part of the false-alarm rate that is the performance's. */
  readonly alpha: number;
  readonly limit: number;
}

const fewest = 30;
/** A look after each tenth more rows, from the first one that there can be. */
function growing(rows: number): number[] {
  const looks: number[] = [];
  for (let now = fewest; now < rows; now = Math.ceil(1.1 * now)) looks.push(now);
  return [...looks, rows];
}

const of = (name: string, metric: string): Model =>
  models.find((model) => model.name === name && model.metric === metric)!;
/** Ten times the usual part, so that few lives show what is spent. */
const shown = 10 * performancePart(0.05);

function unchanged(model: Model, reference: number, change: Partial<Case & LifeSettings> = {}): Case {
  const { labels = 'at once', alpha = shown, limit = 0.1 } = change;
  const rows = 600;
  return {
    part: 'unchanged',
    name: `${model.metric}, ${model.name}${labels === 'at once' ? '' : `, labels ${labels} rows late`}`,
    ...{ model, alpha, limit },
    life: { reference, rows, looks: growing(rows), labels },
  };
}

function worse(model: Model, reference: number, times: number, before: number): Case {
  const year = 60;
  return {
    part: 'worse',
    name: `${model.metric}, ${model.name}: ${times} times as bad after ${before} rows`,
    ...{ model, alpha: performancePart(0.05), limit: 0.1 },
    life: {
      ...{ reference, rows: before + 3 * year, labels: 'at once', perTime: year },
      looks: [1, 2, 3].map((years) => before + years * year),
      worse: { from: before, times },
    },
  };
}

const normal = of('normal errors', 'rmse');
const t5 = of('t₅ errors', 'rmse');
const cases: readonly Case[] = [
  ...models.map((model) => unchanged(model, 180)),
  ...[normal, t5].flatMap((model) => [60, 180].map((reference) => unchanged(model, reference, { limit: 0 }))),
  ...[normal, t5].map((model) => unchanged(model, 180, { labels: 100, limit: 0 })),
  unchanged(t5, 60, { alpha: performancePart(0.05), limit: 0 }),
  ...[180, 400].flatMap((reference) => [0, 120, 300].map((before) => worse(normal, reference, 1.51, before))),
  worse(t5, 180, 1.51, 120),
  worse(t5, 180, 2, 120),
  worse(normal, 180, 1.05, 120),
  worse(normal, 180, 1.1, 120),
  worse(of('two classes, 15% wrong', 'accuracy'), 180, 2.5, 120),
];

/** The look that found it, from 0; -1 where none did. */
function foundBy({ model, life, alpha, limit, name }: Case, run: number): number {
  const { evaluation, looks } = lifeOf(model, life, createRandom(`${name} ${life.reference} ${run}`));
  let at = 0;
  for (const { predictions, times, dependence, rows } of looks()) {
    const found = scanForChange(
      scanOf({
        ...{ evaluation, predictions, times, dependence, alpha, minRows: fewest, seed: run },
        unlabelled: rows - predictions.actual.length,
        limit: { amount: limit, relative: true },
      }),
    );
    if (found) return at;
    at++;
  }
  return -1;
}

const progress = openProgress<number>(values.progress);
const end = performance.now() + 60_000 * Number(values.minutes);
const chosen = cases.filter(({ part }) => values.part === undefined || values.part === part);
const nameOf = (one: Case, run: number): string =>
  JSON.stringify([one.name, one.life.reference, one.alpha, one.limit, run]);
for (let run = 0; run < Number(values.lives); run++) {
  for (const one of chosen) {
    if (performance.now() > end || progress.results.has(nameOf(one, run))) continue;
    progress.add(nameOf(one, run), foundBy(one, run));
  }
}

/** A rate with its 95% interval, in per cent. */
function rate(hits: number, runs: number): string {
  const { low, high } = rateInterval(hits, runs);
  const percent = (value: number): string => (100 * value).toFixed(1);
  return `${percent(hits / runs)} (${percent(low)} to ${percent(high)})`;
}

console.log(
  '| Model | Evaluation rows | Limit | Declared | Lives | Called degraded |\n|---|---|---|---|---|---|',
);
for (const one of chosen) {
  const runs = Array.from(
    { length: Number(values.lives) },
    (_, run) => progress.results.get(nameOf(one, run)) ?? [],
  ).flat();
  if (runs.length === 0) continue;
  const hits = runs.filter((at) => at >= 0);
  const byYear =
    one.part === 'worse'
      ? `; after 1, 2, 3 years ${[0, 1, 2].map((year) => Math.round((100 * hits.filter((at) => at <= year).length) / runs.length)).join(', ')}`
      : '';
  console.log(
    `| ${one.name} | ${one.life.reference} | ${100 * one.limit}% | ${(100 * one.alpha).toFixed(2)}% | ${runs.length} | ${rate(hits.length, runs.length)}${byYear} |`,
  );
}
