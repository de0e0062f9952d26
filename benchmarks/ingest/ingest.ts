/**
 * Ingest, clean, split, transform and write 3,000,000 flights, from CSV and from Parquet, by Ciclo, by pandas with
 * scikit-learn and by polars: side by side on this machine, each in a process of its own.
 *
 * The work: read four columns (delay, the target; distance, origin, destination); types, blanks around texts, rows
 * without target; 60/20/20 train, validation, test; the cleaned splits as uncompressed Arrow files; fitted on the
 * training rows: median and standard scale for distance, mode and one-hot for the airports, those below a count of
 * the training rows together as "other"; the inputs of each split as 32-bit floats in a file. Time is counted without
 * starting the process and importing libraries. Ciclo also checks quality, makes the profile and all digests.
 *
 * usage: node benchmarks/ingest/ingest.ts [--repeats 3] [--python python3] [--parquet FILE]
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    repeats: { type: 'string', default: '3' },
    python: { type: 'string', default: 'python3' },
    parquet: { type: 'string', default: 'node_modules/vega-datasets/data/flights-3m.parquet' },
  },
});

/** What a contender prints. */
interface Result {
  readonly contender: string;
  readonly seconds: number;
  readonly megabytes: number;
  readonly [stage: string]: number | string;
}

const here = path.dirname(fileURLToPath(import.meta.url));
const minCount = '40000';
const temporary = mkdtempSync(path.join(tmpdir(), 'ciclo-ingest-'));
const contenders: readonly (readonly [string, string])[] = [
  [process.execPath, 'ingest_ciclo.ts'],
  [values.python, 'ingest_pandas.py'],
  [values.python, 'ingest_polars.py'],
];

function run(program: string, script: string, file: string): Result {
  const args = [path.join(here, script), file, temporary, minCount];
  return JSON.parse(execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }));
}

/** The fastest of several runs: the one that others on the machine disturbed least. */
function best(results: readonly Result[]): Result {
  return results.reduce((a, b) => (b.seconds < a.seconds ? b : a));
}

try {
  const parquet = path.resolve(values.parquet);
  const csv = path.join(temporary, 'flights.csv');
  execFileSync(values.python, [path.join(here, 'flights.py'), parquet, csv], { stdio: 'inherit' });
  const report = ['csv', 'parquet'].map((format) => {
    const file = format === 'csv' ? csv : parquet;
    const results = contenders.map(([program, script]) =>
      best(Array.from({ length: Number(values.repeats) }, () => run(program, script, file))),
    );
    const [ciclo, ...peers] = results;
    const against = peers.map((peer) => ({
      contender: peer.contender,
      time: Number((ciclo!.seconds / peer.seconds).toFixed(3)),
      memory: Number((ciclo!.megabytes / peer.megabytes).toFixed(3)),
    }));
    return { format, results, ratios: against };
  });
  const machine = { processor: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version };
  console.log(JSON.stringify({ benchmark: 'ingest', machine, report }, null, 2));
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
