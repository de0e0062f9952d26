/**
 * How often a check for drift alarms where nothing has changed, at the declared rate of 5 %, by kind of table and sizes
 * of reference and current rows; and how often it sees one of eight columns move. The verdict simulated is the strictest
 * there is: one drifted column, drifted predictions or the multivariate test raise it. A cell passes when the lower
 * end of its rate's 95 % interval is at most 5 %. Prints one JSON object, progress on standard error.
 *
 * usage: node benchmarks/drift-calibration/drift-calibration.ts [--quick] [--workers 2]
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { Cell, CellResult } from './cell.ts';
import { gridOf } from './grid.ts';
import { rateInterval } from './rate-interval.ts';

const declared = 0.05;
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    workers: { type: 'string', default: String(Math.min(2, cpus().length)) },
  },
});

/** Hands the cells to workers one by one, largest first, and gathers what they find in the cells' order. */
function simulateAll(cells: readonly Cell[], workers: number): Promise<CellResult[]> {
  const cost = (i: number): number => cells[i]!.repeats * (cells[i]!.reference + cells[i]!.current + 2000);
  const queue = cells.map((_, i) => i).sort((a, b) => cost(b) - cost(a));
  const results = new Array<CellResult>(cells.length);
  let done = 0;
  return new Promise((resolve, reject) => {
    const start = (): void => {
      const worker = new Worker(new URL('worker.ts', import.meta.url));
      let at = -1;
      const next = (): void => {
        const following = queue.shift();
        if (following === undefined) return void worker.terminate();
        at = following;
        worker.postMessage(cells[at]);
      };
      worker.on('error', reject);
      worker.on('message', (result: CellResult) => {
        results[at] = result;
        done++;
        if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${cells.length} cells`);
        if (done === cells.length) resolve(results);
        next();
      });
      next();
    };
    for (let i = 0; i < workers; i++) start();
  });
}

function rated(result: CellResult): object {
  const { alarms, repeats, kind, reference, current, profiles, by } = result;
  const { low, high } = rateInterval(alarms, repeats);
  const round = (value: number): number => Number(value.toFixed(4));
  return {
    table: profiles ? `${kind}, profiles alone` : kind,
    reference,
    current,
    repeats,
    rate: round(alarms / repeats),
    low: round(low),
    high: round(high),
    pass: low <= declared,
    by,
  };
}

const begun = performance.now();
const results = await simulateAll(gridOf(values.quick), Number(values.workers));
const quiet = results.filter(({ shift }) => shift === 0);
const alarms = quiet.reduce((sum, result) => sum + result.alarms, 0);
const checks = quiet.reduce((sum, { repeats }) => sum + repeats, 0);
const pooled = rateInterval(alarms, checks);
console.log(
  JSON.stringify(
    {
      machine: { cpus: cpus().length, model: cpus()[0]?.model, node: process.version },
      seconds: Math.round((performance.now() - begun) / 1000),
      declared,
      cells: quiet.length,
      failed: quiet.filter((result) => rateInterval(result.alarms, result.repeats).low > declared).length,
      overall: { checks, alarms, rate: alarms / checks, ...pooled },
      falseAlarms: quiet.map(rated),
      power: results
        .filter(({ shift }) => shift !== 0)
        .map(({ reference, current, shift, first, alarms: any, repeats, detectable }) => {
          return { reference, current, shift, column: first / repeats, table: any / repeats, detectable };
        }),
    },
    null,
    1,
  ),
);
