import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { markdownTable } from './markdown-table.ts';

/** What benchmarks/accuracy/report.py printed of the latest measurement. */
export const accuracyResultsPath = 'benchmarks/accuracy/results.json';

const ratio = z.object({ tables: z.int(), change: z.number().nullable() });
const verdict = z.enum(['clearly better', 'clearly worse', 'not told apart']);

const versus = z.object({
  rival: z.number(),
  difference: z.number(),
  low: z.number(),
  high: z.number(),
  /** p value, adjusted by Holm over the tables. */
  holm: z.number(),
  verdict,
});
type Versus = z.infer<typeof versus>;

export const accuracyResults = z.object({
  /** The contender that is Ciclo as it is. */
  ciclo: z.string(),
  tables: z.array(
    z.object({
      name: z.string(),
      task: z.enum(['regression', 'binary', 'multiclass']),
      rows: z.int(),
      tested: z.int(),
      splits: z.int(),
      losses: z.record(z.string(), z.object({ loss: z.number(), splits: z.int(), cpu: z.number() })),
      /** Ciclo's loss less a rival's, on the outer splits of both. */
      versus: z.record(z.string(), versus),
    }),
  ),
  means: z.array(
    z.object({
      contender: z.string(),
      tables: z.int(),
      /** Geometric mean, over tables and their outer splits, of the loss over the least one of all contenders, less 1. */
      aboveBest: z.number().nullable(),
      unsolved: z.int(),
      aboveBestUnsolved: z.number().nullable(),
      /** Mean CPU seconds of one training. */
      cpu: z.number(),
      /** Geometric mean of Ciclo's loss over this one's, less 1, on the tables and splits of both. */
      ciclo: ratio,
      cicloUnsolved: ratio,
    }),
  ),
  ablation: z.array(z.object({ variant: z.string(), ...ratio.shape, unsolved: ratio })),
});
type Results = z.infer<typeof accuracyResults>;

const titles: Readonly<Record<string, string>> = {
  linear: 'Ridge, logistic',
  forest: 'forest',
  hgb: 'HGB',
  lightgbm: 'LightGBM',
  xgboost: 'XGBoost',
  catboost: 'CatBoost',
  flaml: 'FLAML',
  autogluon: 'AutoGluon',
  autogluon_best: 'AutoGluon, best quality',
  'ciclo-linear-and-network': 'Ciclo before boosted trees',
  'ciclo-before': 'Ciclo before the portfolio',
  'ciclo-now': 'Ciclo',
};

function title(contender: string): string {
  return titles[contender] ?? contender;
}

/** Four digits, thousands apart. */
function figure(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 4, minimumSignificantDigits: 1 });
}

function percent(change: number | null): string {
  if (change === null) return '–';
  return `${change < 0 ? '−' : change > 0 ? '+' : ''}${Math.abs(100 * change).toFixed(1)}%`;
}

/** Contenders in the order of the means; those of which no table tells anything are left out. */
function contenders({ means }: Results): string[] {
  return means.filter(({ tables }) => tables > 0).map(({ contender }) => contender);
}

function lossTable(results: Results): string {
  const names = contenders(results);
  const rows = results.tables.map(({ name, rows, task, splits, losses, versus }) => {
    const own = names.map((contender) => {
      const one = losses[contender];
      // Fewer outer splits than the table has: not the same test rows as its neighbours.
      return one === undefined ? '' : `${figure(one.loss)}${one.splits < splits ? ` (${one.splits})` : ''}`;
    });
    const against = versus.lightgbm;
    const word = against === undefined ? '' : `${differenceOf(against)}, ${against.verdict}`;
    return [name, figure(rows), task === 'regression' ? 'RMSE' : 'log-loss', ...own, word];
  });
  return markdownTable(['table', 'rows', 'loss', ...names.map(title), 'against LightGBM'], rows);
}

/** The difference to a rival as a share of the rival's loss on the same rows, with its 95% interval. */
function differenceOf({ rival, difference, low, high }: Versus): string {
  const share = (value: number): string => percent(value / rival);
  return `${share(difference)} (${share(low)} to ${share(high)})`;
}

function meansTable({ means }: Results): string {
  const rows = means.map((own) => [
    ...[title(own.contender), String(own.tables), percent(own.aboveBest), percent(own.aboveBestUnsolved)],
    ...[percent(own.ciclo.change), String(own.ciclo.tables), percent(own.cicloUnsolved.change)],
    figure(own.cpu),
  ]);
  const head = ['', 'tables', 'above the best known', 'of tables not as good as solved'];
  return markdownTable(
    [...head, 'Ciclo against it', 'tables of both', 'not as good as solved', 'CPU s'],
    rows,
  );
}

function ablationTable({ ablation }: Results): string {
  return markdownTable(
    ['part', 'loss against the default', 'tables', 'not as good as solved', 'tables'],
    ablation.map(({ variant, change, tables, unsolved }) => [
      ...[variant, percent(change), String(tables)],
      ...[percent(unsolved.change), String(unsolved.tables)],
    ]),
  );
}

/** Losses by table, geometric means, and what each part of the default is worth. */
export async function accuracyTables(): Promise<string> {
  const results = accuracyResults.parse(JSON.parse(await readFile(accuracyResultsPath, 'utf8')));
  const ablation = results.ablation.length === 0 ? [] : [ablationTable(results)];
  return `${[meansTable(results), lossTable(results), ...ablation].join('\n\n')}\n`;
}
