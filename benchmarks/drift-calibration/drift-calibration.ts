/**
 * How often a check for drift alarms where nothing has changed, at the declared rate of 5 %, by kind of table and sizes
 * of reference and current rows; and how often it sees one of eight columns move. The verdict simulated is the strictest
 * there is: one drifted column, a change of structure, drifted predictions or the multivariate test raise it. A cell fails when the lower
 * end of its rate's interval, at a confidence of 95 % for all cells together (Bonferroni), is above 5 %. Prints one JSON
 * object. With a file for its progress it can be stopped at any time and goes on where it was.
 *
 * usage: node benchmarks/drift-calibration/drift-calibration.ts [--quick] [--workers 2] [--progress FILE.ndjson]
 *        [--minutes 60] [--again mixed/300/100,… --series 2 --repeats 400] [--published --repeats 100]
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { type Batch, type Cell, type Found, nothingFound, together } from './cell.ts';
import { againOf, batchesOf, gridOf, publishedGrid } from './grid.ts';
import { openProgress, type Progress } from './progress.ts';
import { rateInterval } from './rate-interval.ts';

const declared = 0.05;
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    published: { type: 'boolean', default: false },
    workers: { type: 'string', default: String(Math.min(2, cpus().length)) },
    progress: { type: 'string' },
    minutes: { type: 'string', default: 'Infinity' },
    again: { type: 'string' },
    series: { type: 'string', default: '2' },
    repeats: { type: 'string', default: '400' },
  },
});

function nameOf({ cell, from, repeats }: Batch): string {
  const { kind, reference, current, profiles, published, shift, series = 1 } = cell;
  const name = [kind, reference, current, published ? 'published' : profiles, shift, series, from, repeats];
  return JSON.stringify(name);
}

/** Hands the batches to workers one by one until the time is over. */
function simulateAll(batches: readonly Batch[], progress: Progress<Found>, end: number): Promise<void> {
  const queue = batches.filter((batch) => !progress.results.has(nameOf(batch)));
  const count = Math.min(Number(values.workers), queue.length);
  let running = count;
  return new Promise((resolve, reject) => {
    if (count === 0) return resolve();
    for (let i = 0; i < count; i++) {
      const worker = new Worker(new URL('worker.ts', import.meta.url));
      let batch: Batch | undefined;
      const next = (): void => {
        batch = performance.now() < end ? queue.shift() : undefined;
        if (batch) worker.postMessage(batch);
        else {
          void worker.terminate();
          if (--running === 0) resolve();
        }
      };
      worker.on('error', reject);
      worker.on('message', (found: Found) => {
        if (batch) progress.add(nameOf(batch), found);
        if (process.stderr.isTTY) process.stderr.write(`\r${queue.length} batches to go `);
        next();
      });
      next();
    }
  });
}

interface Result extends Found {
  readonly cell: Cell;
}

function gather(batches: readonly Batch[], { results }: Progress<Found>): Result[] {
  const found = new Map<Cell, Found>();
  for (const batch of batches) {
    const result = results.get(nameOf(batch));
    if (result) found.set(batch.cell, together(found.get(batch.cell) ?? nothingFound, result));
  }
  return [...found].map(([cell, sums]) => ({ cell, ...sums }));
}

const round = (value: number): number => Number(value.toFixed(4));

/** A rate with its 95 % interval. */
function rate({ alarms, repeats }: Pick<Found, 'alarms' | 'repeats'>): object {
  const { low, high } = rateInterval(alarms, repeats);
  return { repeats, alarms, rate: round(alarms / repeats), low: round(low), high: round(high) };
}

function fails({ alarms, repeats }: Found, cells: number): boolean {
  return rateInterval(alarms, repeats, 1 - 0.05 / cells).low > declared;
}

function labelOf({ kind, profiles, published }: Cell): string {
  if (published) return `${kind}, published profiles alone`;
  return profiles ? `${kind}, profiles alone` : kind;
}

/** Of a group of cells: all together, and the one with the highest lower end. */
function summary(results: readonly Result[]): object {
  const low = ({ alarms, repeats }: Found): number => rateInterval(alarms, repeats).low;
  const worst = results.reduce((a, b) => (low(b) > low(a) ? b : a));
  const sum = results.reduce<Found>(together, nothingFound);
  const { reference, current } = worst.cell;
  const repeats = results.map((result) => result.repeats);
  return {
    cells: results.length,
    repeatsPerCell: [Math.min(...repeats), Math.max(...repeats)],
    failed: results.filter((result) => fails(result, quiet.length)).length,
    above: results.filter((result) => low(result) > declared).length,
    ...rate(sum),
    by: {
      columns: sum.columns,
      prediction: sum.prediction,
      multivariate: sum.multivariate,
      structural: sum.structural,
    },
    worst: { table: labelOf(worst.cell), reference, current, ...rate(worst) },
  };
}

function grouped(results: readonly Result[], keyOf: (cell: Cell) => string): object {
  return Object.fromEntries(
    [...Map.groupBy(results, ({ cell }) => keyOf(cell))].map(([key, group]) => [key, summary(group)]),
  );
}

function powerOf({ cell, first, alarms, repeats, detectable }: Result): object {
  const { kind, reference, current, shift } = cell;
  const mean = detectable === null ? null : Number((detectable / repeats).toPrecision(3));
  return {
    kind,
    reference,
    current,
    shift,
    repeats,
    column: first / repeats,
    table: alarms / repeats,
    detectable: mean,
  };
}

const begun = performance.now();
const cells = values.again
  ? againOf(values.again.split(','), Number(values.series), Number(values.repeats))
  : values.published
    ? publishedGrid(Number(values.repeats))
    : gridOf(values.quick);
const batches = batchesOf(cells);
const progress = openProgress<Found>(values.progress);
await simulateAll(batches, progress, begun + 60_000 * Number(values.minutes));
const results = gather(batches, progress);
const quiet = results.filter(({ cell }) => cell.shift === 0);
console.log(
  JSON.stringify(
    {
      machine: { cpus: cpus().length, model: cpus()[0]?.model, node: process.version },
      seconds: Math.round((performance.now() - begun) / 1000),
      declared,
      overall: summary(quiet),
      byTable: grouped(quiet, labelOf),
      bySmallerSide: grouped(quiet, ({ reference, current }) => String(Math.min(reference, current))),
      cells: quiet.map((result) => {
        const { reference, current } = result.cell;
        return {
          table: labelOf(result.cell),
          reference,
          current,
          ...rate(result),
          fails: fails(result, quiet.length),
        };
      }),
      power: results.filter(({ cell }) => cell.shift !== 0).map(powerOf),
    },
    null,
    1,
  ),
);
