import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { IntervalMethod } from '../shared/metrics/descriptors/descriptor.ts';
import { descriptorOfKey } from '../shared/metrics/descriptors/metric-key.ts';
import { markdownTable } from './markdown-table.ts';

/** Where benchmarks/coverage/coverage.ts' measurements are kept. */
const resultsPath = 'benchmarks/coverage/results.json';

const cell = z.object({
  part: z.enum(['one', 'two']),
  metric: z.string(),
  population: z.string(),
  heavy: z.boolean(),
  rows: z.int(),
  coverage: z.number().nullable(),
});
const run = z.object({ repetitions: z.int(), resamples: z.int(), cells: z.array(cell) });
const results = z.object({ auto: run, percentile: run });

type Cell = z.output<typeof cell>;

const methods: Readonly<Record<IntervalMethod, string>> = {
  share: 'exact, of the counts (Clopper and Pearson)',
  cells: 'draws of the confusion matrix, and a row of each class that was not seen',
  rows: 'draws of the rows, and one that was not seen',
  ranks: 'draws of the rows, and one of each class that was not seen',
  order: 'exact, between two of the sorted errors',
  calibration: 'what chance gives a calibrated model',
  none: 'none',
};

const sizes = [40, 100, 400];

/** The lowest coverage among some cells of a metric, by number of rows. */
function lowest(cells: readonly Cell[]): string[] {
  return sizes.map((rows) => {
    const values = cells.flatMap((own) => (own.rows === rows && own.coverage !== null ? [own.coverage] : []));
    return values.length === 0 ? '' : String(Math.round(Math.min(...values)));
  });
}

function rowsOf(part: Cell['part'], { auto, percentile }: z.output<typeof results>): string[][] {
  const of = (cells: readonly Cell[]) => cells.filter((own) => own.part === part);
  const names = [...new Set(of(auto.cells).map(({ metric }) => metric))];
  return names.flatMap((metric) =>
    [false, true].flatMap((heavy) => {
      const chosen = (cells: readonly Cell[]) =>
        of(cells).filter((own) => own.metric === metric && own.heavy === heavy);
      const after = lowest(chosen(auto.cells));
      if (chosen(auto.cells).length === 0 || (heavy && after.every((value) => value === ''))) return [];
      return [
        [
          `\`${metric}\`${heavy ? ', heavy tails' : ''}`,
          ...(part === 'one' ? [methods[descriptorOfKey(metric)!.interval]] : []),
          ...after,
          ...lowest(chosen(percentile.cells)),
        ],
      ];
    }),
  );
}

/** How often intervals hold the truth, by metric and number of rows: the lowest over the distributions of the benchmark. */
export async function coverageTables(): Promise<string> {
  const read = results.parse(JSON.parse(await readFile(resultsPath, 'utf8')));
  const head = sizes.map((rows) => `${rows} rows`);
  const before = sizes.map((rows) => `percentile, ${rows}`);
  return [
    markdownTable(['Metric', 'Interval', ...head, ...before], rowsOf('one', read)),
    '',
    'Of the difference between two models on the same rows:',
    '',
    markdownTable(['Metric', ...head, ...before], rowsOf('two', read)),
    '',
  ].join('\n');
}
