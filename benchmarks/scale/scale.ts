/**
 * How time and memory grow with the rows, on this machine, one process at a time: CPU seconds, and the most memory a process
 * had (peak RSS), each beside pandas with scikit-learn and polars where they do the same work. Rows are generated, the same
 * each time, into a temporary folder that is removed at the end.
 *
 * prepare: from a file to cleaned splits, recipe, profile and digests; 12 columns (eight numbers, categories of 5, 50 and
 * 5,000, a date). The peers read, find types, count duplicates, drop rows without target, divide 60/20/20, fit imputation,
 * scale and one-hot columns, and write the splits as Arrow; they make no checks, no profile, no row ids and no digests.
 * wide: the same of 2,000 rows × 5,000 numbers. predictions: `validate --predictions`. drift: `drift-check` of rows that
 * DuckDB makes and counts (its package in the folder that CICLO_DUCKDB names), beside Evidently's report of as many rows as
 * --evidently says in pandas (`pip install evidently`).
 *
 * usage: node benchmarks/scale/scale.ts [prepare wide predictions drift] [--rows 1000000,5000000] [--formats csv,parquet]
 *        [--predictions 10000000] [--drift 100000000] [--evidently 1000000] [--python python3] [--alone]
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rows: { type: 'string', default: '1000000,5000000' },
    formats: { type: 'string', default: 'csv,parquet' },
    predictions: { type: 'string', default: '10000000' },
    drift: { type: 'string', default: '2000000' },
    evidently: { type: 'string', default: '1000000' },
    python: { type: 'string', default: 'python3' },
    alone: { type: 'boolean', default: false },
  },
});

/** What a contender prints. */
interface Result {
  readonly contender: string;
  readonly rows: unknown;
  /** CPU seconds of the work alone. */
  readonly seconds: number;
  /** Megabytes that the process took before, and the most it took. */
  readonly before: number;
  readonly megabytes: number;
}

const here = import.meta.dirname;
const temporary = mkdtempSync(path.join(tmpdir(), 'ciclo-scale-'));
const wideRows = 2000;
const wideColumns = 5000;

function run(script: string, args: readonly string[]): string {
  const program = script.endsWith('.py') ? values.python : process.execPath;
  return execFileSync(program, [path.join(here, script), ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** One contender in a folder of its own, which is empty again afterwards. */
function measured(script: string, argsIn: (folder: string) => readonly string[]): Result {
  const folder = path.join(temporary, 'run');
  mkdirSync(folder);
  try {
    return JSON.parse(run(script, argsIn(folder)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const contenders = ['prepare_ciclo.ts', ...(values.alone ? [] : ['prepare_pandas.py', 'prepare_polars.py'])];

function prepared(rows: number, columns: number, format: string): Result[] {
  const file = path.join(temporary, `rows.${format}`);
  run('rows.py', [String(rows), String(columns), file]);
  try {
    const target = columns === 12 ? 'amount' : 'c0000';
    return contenders.map((script) => measured(script, (folder) => [file, folder, target]));
  } finally {
    rmSync(file);
  }
}

/** Megabytes, and CPU seconds, for each million rows more: the slope between the fewest and the most. */
function slopes(byRows: readonly (readonly [number, readonly Result[]])[]): unknown {
  const [first, last] = [byRows[0]!, byRows.at(-1)!];
  const millions = (last[0] - first[0]) / 1e6;
  if (millions === 0) return undefined;
  return last[1].map((most, i) => ({
    contender: most.contender,
    megabytes: Math.round((most.megabytes - first[1][i]!.megabytes) / millions),
    seconds: Number(((most.seconds - first[1][i]!.seconds) / millions).toFixed(2)),
  }));
}

function prepareByRows(format: string): unknown {
  const sizes = values.rows.split(',').map(Number);
  const byRows = sizes.map((rows) => [rows, prepared(rows, 12, format)] as const);
  return { format, results: Object.fromEntries(byRows), perMillionRows: slopes(byRows) };
}

function wide(format: string): unknown {
  const results = prepared(wideRows, wideColumns, format);
  const cells = wideRows * wideColumns;
  return {
    format,
    results: results.map((result) => ({
      ...result,
      bytesPerCell: Math.round(((result.megabytes - result.before) * 2 ** 20) / cells),
    })),
  };
}

function predictions(task: string): unknown {
  const file = path.join(temporary, 'predictions.csv');
  run('predictions.py', [values.predictions, task, file]);
  try {
    return { task, ...measured('predictions_ciclo.ts', (folder) => [file, folder, task]) };
  } finally {
    rmSync(file);
  }
}

const parts: Readonly<Record<string, () => unknown>> = {
  prepare: () => values.formats.split(',').map(prepareByRows),
  wide: () => values.formats.split(',').map(wide),
  predictions: () => ['regression', 'binary'].map(predictions),
  drift: () => [
    measured('drift_ciclo.ts', (folder) => [values.drift, folder]),
    ...(values.alone ? [] : [measured('drift_evidently.py', () => [values.evidently])]),
  ],
};

try {
  const wanted = positionals.length > 0 ? positionals : Object.keys(parts);
  const unknown = wanted.filter((name) => !Object.hasOwn(parts, name));
  if (unknown.length > 0) {
    throw new Error(
      `there is no ${unknown.join(', ')} in this benchmark; there are ${Object.keys(parts).join(', ')}`,
    );
  }
  const machine = { processor: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version };
  const report = Object.fromEntries(wanted.map((name) => [name, parts[name]!()]));
  console.log(JSON.stringify({ benchmark: 'scale', machine, ...report }, null, 2));
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
