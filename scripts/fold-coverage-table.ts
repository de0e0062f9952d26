import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { mostInputsPerRow } from '../shared/metrics/intervals/out-of-fold-factor.ts';
import { markdownTable } from './markdown-table.ts';

/** Where benchmarks/coverage/folds.ts' measurements are kept. */
export const foldResultsPath = 'benchmarks/coverage/folds.json';

const cell = z.object({
  rows: z.int(),
  inputs: z.int(),
  ratio: z.number(),
  pair: z.string(),
  metric: z.string(),
  plain: z.number(),
  needed: z.number(),
  factor: z.number(),
  coverage: z.number(),
});
export const foldResults = z.object({
  repetitions: z.int(),
  resamples: z.int(),
  folds: z.int(),
  cells: z.array(cell),
});

/** How often intervals of rows in folds held the truth, by inputs a row: before and after they are lengthened. */
export async function foldCoverageTable(): Promise<string> {
  const { cells, repetitions } = foldResults.parse(JSON.parse(await readFile(foldResultsPath, 'utf8')));
  const sizes = Map.groupBy(cells, ({ rows, inputs }) => `${inputs} / ${rows}`);
  const lines = [...sizes]
    .map(([size, all]) => ({ size, all, ratio: all[0]!.ratio }))
    .toSorted((a, b) => a.ratio - b.ratio)
    .map(({ size, all, ratio }) => {
      const differences = all.filter(({ metric }) => !metric.endsWith(' itself'));
      const own = all.filter(({ metric }) => metric.endsWith(' itself'));
      return [
        `${size}${ratio > mostInputsPerRow ? ' (not promised)' : ''}`,
        String(ratio),
        lowest(differences.map(({ plain }) => plain)),
        String(Math.max(...differences.map(({ needed }) => needed))),
        String(all[0]!.factor),
        lowest(differences.map(({ coverage }) => coverage)),
        lowest(own.map(({ plain }) => plain)),
      ];
    });
  const head = [
    'Inputs / rows',
    'Inputs a row',
    'Differences, of the rows alone',
    'Factor that was needed',
    'Factor',
    'Differences, lengthened',
    'The metric itself',
  ];
  return `${markdownTable(head, lines)}\n\nLowest of ${repetitions} repetitions each.`;
}

function lowest(values: readonly number[]): string {
  return String(Math.round(Math.min(...values)));
}
