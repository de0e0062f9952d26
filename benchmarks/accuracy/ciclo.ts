/**
 * Trains Ciclo by its command line on the outer splits that write_tables.py wrote, and keeps its predictions of their tests
 * beside the peers'. What is there already is not run again; with --again everything is, and a model of other bytes than before
 * fails the run.
 *
 * usage: node benchmarks/accuracy/ciclo.ts FOLDER --label NAME [--variant default] [--cli cli/ciclo.js]
 *          [--tables NAME,…] [--splits N] [--again]
 *
 * Writes FOLDER/predictions/TABLE/SPLIT/ciclo-LABEL.csv (`prediction`, `p_CLASS` …) and .json (digest of the model, CPU seconds,
 * what was chosen).
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readTables, type Table } from './table.ts';
import { pipelineOf, variants } from './variants.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    label: { type: 'string' },
    variant: { type: 'string', default: 'default' },
    cli: { type: 'string', default: path.join(import.meta.dirname, '../../cli/ciclo.js') },
    tables: { type: 'string' },
    splits: { type: 'string', default: '3' },
    again: { type: 'boolean', default: false },
  },
});
const [folder] = positionals;
const { label, variant } = values;
if (folder === undefined || label === undefined || !Object.hasOwn(variants, variant)) {
  console.error('usage: node benchmarks/accuracy/ciclo.ts FOLDER --label NAME [--variant NAME] …');
  console.error(`variants: ${Object.keys(variants).join(', ')}`);
  process.exit(2);
}

interface Timed {
  readonly stdout: string;
  readonly cpu: number;
}

/** Runs the command line in a folder. @throws Error with what it said, when it fails. */
function ciclo(work: string, args: readonly string[], output?: string): Timed {
  const times = path.join(work, 'times');
  const { status, stdout, stderr } = spawnSync(
    'sh',
    ['-c', '"$@"; status=$?; times > times; exit $status', 'sh', process.execPath, values.cli, ...args],
    {
      cwd: work,
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
      stdio: ['ignore', output === undefined ? 'pipe' : openSync(output, 'w'), 'pipe'],
    },
  );
  if (status !== 0) throw new Error(`ciclo ${args.join(' ')} in ${work}:\n${stderr}`);
  // The second line is that of the shell's children: user and system time.
  const [user, system] = readFileSync(times, 'utf8').trim().split('\n')[1]!.split(' ').map(seconds);
  return { stdout: stdout ?? '', cpu: user! + system! };
}

/** @param text as the shell writes it: 1m2.345s */
function seconds(text: string): number {
  const [, minutes, rest] = /^(\d+)m([\d.]+)s$/.exec(text)!;
  return Number(minutes) * 60 + Number(rest);
}

function measure(table: Table, split: number): string {
  const work = path.resolve(folder!, 'work', label!, table.name, String(split));
  const kept = path.resolve(folder!, 'predictions', table.name, String(split), `ciclo-${label}`);
  if (existsSync(`${kept}.json`) && !values.again) return '';
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  mkdirSync(path.dirname(kept), { recursive: true });
  const source = path.resolve(folder!, 'tables', table.name, String(split));
  cpSync(path.join(source, 'train.csv'), path.join(work, 'train.csv'));
  const pipeline = pipelineOf(table, variant, table.train[split]!);
  writeFileSync(path.join(work, 'ciclo.yml'), JSON.stringify(pipeline, null, 2));
  const started = performance.now();
  const prepared = ciclo(work, ['prepare', '--quiet']);
  const trained = ciclo(work, ['train', '--json', '--quiet']);
  const wall = (performance.now() - started) / 1000;
  const predicted = `${kept}.new.csv`;
  ciclo(work, ['predict', '--quiet', '--to', 'csv', path.join(source, 'test.csv')], predicted);
  const { digest, chosen, candidates } = JSON.parse(trained.stdout);
  const before = existsSync(`${kept}.json`)
    ? JSON.parse(readFileSync(`${kept}.json`, 'utf8')).digest
    : undefined;
  if (before !== undefined && before !== digest) {
    throw new Error(`${table.name} ${split}: the model is ${digest}, it was ${before}`);
  }
  cpSync(predicted, `${kept}.csv`);
  rmSync(predicted);
  const result = { digest, variant, chosen, cpu: prepared.cpu + trained.cpu, wall, candidates };
  writeFileSync(`${kept}.json`, JSON.stringify(result, null, 2));
  rmSync(work, { recursive: true, force: true });
  const same = before === undefined ? '' : ', the same bytes as before';
  return `${label} ${table.name} ${split}: ${chosen}, ${result.cpu.toFixed(1)} CPU s${same}`;
}

for (const table of readTables(folder, values.tables?.split(','))) {
  for (let split = 0; split < Math.min(table.splits, Number(values.splits)); split++) {
    try {
      const line = measure(table, split);
      if (line !== '') console.log(line);
    } catch (error) {
      console.error(String(error));
      process.exitCode = 1;
    }
  }
}
