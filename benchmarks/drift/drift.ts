/**
 * Two tables compared for drift, from the start of the process to its JSON: by `ciclo drift-check`, by a plain loop over
 * the columns with scipy, by NannyML and by Evidently; one after the other, in turns, each in a process of its own.
 *
 * Tables: 150,000 rows × 65 columns against as many, and the first 1,500,000 flights against the others. Ciclo also looks
 * at all columns together, corrects for the number of tests and says what it could have seen. The Python processes read
 * with pyarrow on all cores. Prints JSON, each finished run on standard error.
 *
 * usage: node benchmarks/drift/drift.ts --python VENV/bin/python [--repeats 3] [--evidently 3] [--format parquet] [--contenders ciclo,scipy,nannyml,evidently]
 * after: pip install -r benchmarks/drift/requirements.txt
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median } from 'simple-statistics';
import { renderDriftReport } from '../../shared/report/drift/drift-report-page.ts';

const { values } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    repeats: { type: 'string', default: '3' },
    evidently: { type: 'string', default: '3' },
    format: { type: 'string', default: 'parquet' },
    contenders: { type: 'string', default: 'ciclo,scipy,nannyml,evidently' },
  },
});

interface Run {
  readonly seconds: number;
  readonly megabytes: number;
  /** Bytes of the report's page, where there is one. */
  readonly html?: number;
}

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(here, '../..');
const temporary = mkdtempSync(path.join(tmpdir(), 'ciclo-drift-'));
const compiled = path.join(temporary, 'dist');
// Neither peer is to report home while it is timed.
const environment = { ...process.env, DO_NOT_TRACK: '1', NML_DISABLE_USAGE_LOGGING: '1' };

/** Runs a program and gives its output and the seconds from its start to its end. */
function timed(program: string, args: readonly string[]): { seconds: number; output: string } {
  const begin = performance.now();
  const { status, stdout, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    env: environment,
    maxBuffer: 2 ** 28,
  });
  const seconds = (performance.now() - begin) / 1000;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}:\n${stderr}`);
  return { seconds, output: stdout };
}

function runCiclo(reference: string, current: string): Run {
  const memory = path.join(temporary, 'memory.txt');
  const check = ['drift-check', '--reference', reference, '--current', current, '--json'];
  const program = [path.join(here, 'compiled-ciclo.ts'), compiled, memory, ...check];
  const { seconds, output } = timed(process.execPath, program);
  const html = Buffer.byteLength(renderDriftReport({ report: JSON.parse(output) }));
  return { seconds, megabytes: Number(readFileSync(memory, 'utf8')), html };
}

function runPeer(name: string, reference: string, current: string): Run {
  const result = path.join(temporary, `${name}.json`);
  const script = path.join(here, `drift_${name}.py`);
  const { seconds, output } = timed(values.python, [script, reference, current, result]);
  const told = output.trim().split('\n').at(-1)!;
  return { seconds, ...(JSON.parse(told) as Omit<Run, 'seconds'>) };
}

function compare(table: string): object {
  const [reference, current] = ['reference', 'current'].map((side) =>
    path.join(temporary, `${table}-${side}.${values.format}`),
  );
  const runs = new Map<string, Run[]>(values.contenders.split(',').map((name) => [name, []]));
  for (let repeat = 0; repeat < Number(values.repeats); repeat++) {
    for (const [name, own] of runs) {
      if (name === 'evidently' && repeat >= Number(values.evidently)) continue;
      const run = name === 'ciclo' ? runCiclo(reference!, current!) : runPeer(name, reference!, current!);
      own.push(run);
      console.error(JSON.stringify({ table, name, ...run }));
    }
  }
  const results = [...runs].map(([name, own]) => ({
    name,
    seconds: Number(median(own.map(({ seconds }) => seconds)).toFixed(2)),
    all: own.map(({ seconds }) => Number(seconds.toFixed(2))),
    megabytes: median(own.map(({ megabytes }) => megabytes)),
    ...(own[0]?.html === undefined ? {} : { html: own[0].html }),
  }));
  const [ciclo] = results;
  const ratios = results.slice(1).map((peer) => ({
    name: peer.name,
    timesFaster: Number((peer.seconds / ciclo!.seconds).toFixed(2)),
    memory: Number((ciclo!.megabytes / peer.megabytes).toFixed(2)),
  }));
  return { table, format: values.format, results, ratios };
}

try {
  execFileSync(
    process.execPath,
    ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', compiled],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  symlinkSync(path.join(root, 'node_modules'), path.join(temporary, 'node_modules'));
  const flights = path.join(root, 'node_modules/vega-datasets/data/flights-3m.parquet');
  execFileSync(values.python, [path.join(here, 'tables.py'), flights, temporary], { stdio: 'inherit' });
  const report = ['mixed', 'flights'].map(compare);
  const machine = { processor: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version };
  console.log(JSON.stringify({ benchmark: 'drift', machine, report }, null, 2));
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
