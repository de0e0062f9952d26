import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { markdownTable } from './markdown-table.ts';

/** Where benchmarks/retraining/retraining.ts' measurements are kept. */
const resultsPath = 'benchmarks/retraining/results.json';

const cell = z.object({
  scenario: z.string(),
  rows: z.int(),
  policy: z.string(),
  simulations: z.int(),
  rmse: z.number(),
  error: z.number(),
  regret: z.number(),
  retrainings: z.number(),
  adopted: z.number(),
  harmful: z.number(),
  waited: z.number(),
});
const results = z.object({ cells: z.array(cell) });

/** In these the world changes, so that there is something to wait for. */
const changing = new Set(['sudden', 'gradual']);

/** What each rule of retraining came to, by scenario and rows a period. */
export async function retrainingTable(): Promise<string> {
  const { cells } = results.parse(JSON.parse(await readFile(resultsPath, 'utf8')));
  const head = ['Change', 'Rows a period', 'Rule', 'Mean rmse', '±', 'Regret', 'Retrained', 'Went live'];
  const rows = cells.map((own) => [
    ...[own.scenario, String(own.rows), own.policy, own.rmse.toFixed(3), own.error.toFixed(3)],
    ...[own.regret.toFixed(3), own.retrainings.toFixed(1), own.adopted.toFixed(1), own.harmful.toFixed(2)],
    changing.has(own.scenario) ? own.waited.toFixed(1) : '–',
    String(own.simulations),
  ]);
  return `${markdownTable([...head, 'Harmful', 'Periods until adoption', 'Simulations'], rows)}\n`;
}
