/**
 * How long `ciclo run` takes with a ciclo.yml of three lines (prepare, the portfolio, evaluation, report), of generated rows: 10,000 of 20
 * columns, 50,000 of 10, 1,000,000 of 12 (eight numbers, categories of 5, 50 and 5,000, a date), and the target. Wall time and CPU seconds.
 *
 * usage: node benchmarks/training/whole-run.ts [10000x20 50000x10 1000000x12]
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createRandom } from '../../shared/platform/random.ts';

const sizes = process.argv.slice(2);
const cli = path.join(import.meta.dirname, '../../cli/ciclo.js');
const pipeline =
  'name: whole\ntask: regression\ntarget: y\ndata: { source: { type: file, path: rows.csv } }\n';

/** Rows whose target is steps, waves and products of columns, effects of categories, and noise of deviation 1. */
function* csvOf(rows: number, columns: number): Generator<string> {
  const random = createRandom('whole run');
  const levels = columns === 12 ? [5, 50, 5000] : [];
  const numbers = columns - (levels.length > 0 ? levels.length + 1 : 0);
  const effects = levels.map((count) => Array.from({ length: count }, () => 0.7 * random.normal()));
  const names = Array.from({ length: numbers }, (_, at) => `x${at}`);
  yield `${[...names, ...levels.map((count) => `c${count}`), ...(levels.length > 0 ? ['day'] : []), 'y'].join()}\n`;
  for (let row = 0; row < rows; row++) {
    const x = Array.from({ length: numbers }, () => random.normal());
    const codes = levels.map((count) => random.integer(count));
    const wave = 2 * x[0]! + 2 * Math.sin(2 * x[1]!) + x[2]! * x[3]! + (x[4]! > 0 ? x[5]! : 0);
    const effect = codes.reduce((sum, code, at) => sum + effects[at]![code]!, 0);
    const day = levels.length > 0 ? [new Date(1_577_836_800_000 + row * 60_000).toISOString()] : [];
    const y = wave + effect + random.normal();
    yield `${[...x.map((value) => value.toFixed(4)), ...codes.map((code) => `v${code}`), ...day, y.toFixed(4)].join()}\n`;
  }
}

for (const size of sizes.length > 0 ? sizes : ['10000x20', '50000x10', '1000000x12']) {
  const [rows, columns] = size.split('x').map(Number) as [number, number];
  const folder = mkdtempSync(path.join(tmpdir(), 'ciclo-whole-'));
  try {
    writeFileSync(path.join(folder, 'ciclo.yml'), pipeline);
    const file = path.join(folder, 'rows.csv');
    let part = '';
    for (const line of csvOf(rows, columns)) {
      part += line;
      if (part.length < 2 ** 24) continue;
      writeFileSync(file, part, { flag: 'a' });
      part = '';
    }
    writeFileSync(file, part, { flag: 'a' });
    const started = performance.now();
    const { status, stderr } = spawnSync(
      'sh',
      [
        '-c',
        '"$@" & wait $!; status=$?; times > times; exit $status',
        'sh',
        process.execPath,
        cli,
        'run',
        '--quiet',
      ],
      { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] },
    );
    const wall = (performance.now() - started) / 1000;
    if (status !== 0) throw new Error(`ciclo run of ${size}:\n${stderr}`);
    const spent = readFileSync(path.join(folder, 'times'), 'utf8').trim().split('\n')[1]!;
    console.log(`${size}: ${wall.toFixed(1)} s, CPU (user, system) ${spent}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
