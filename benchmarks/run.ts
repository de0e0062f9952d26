/**
 * `npm run bench`: every benchmark beside its peers, one after the other, on this machine; takes 10 to 15 minutes.
 * The peers come by pip into benchmarks/.venv. Prints each benchmark's JSON and keeps it under benchmarks/.results.
 *
 * usage: node benchmarks/run.ts [name …]
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const environment = path.join(here, '.venv');
const results = path.join(here, '.results');
const python = path.join(environment, 'bin', 'python');

/** Each benchmark and its arguments. */
const benchmarks: Readonly<Record<string, readonly string[]>> = {
  ingest: ['ingest/ingest.ts', '--python', python],
  training: ['training/training.ts', '--python', python],
  accuracy: ['trees/accuracy.ts', '--python', python],
  importance: ['training/importance.ts'],
  trees: ['trees/trees.ts', '--python', python],
  judging: ['judging/judging.ts', '--python', python],
  prediction: ['prediction/prediction.ts', '--python', python],
  actions: ['actions/actions.ts'],
  serving: ['serving/serving.ts'],
};

function installPeers(): void {
  const requirements = path.join(here, 'requirements.txt');
  if (!existsSync(python)) execFileSync('python3', ['-m', 'venv', environment], { stdio: 'inherit' });
  const pip = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--requirement',
    requirements,
  ];
  execFileSync(python, pip, { stdio: 'inherit' });
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(benchmarks, name));
if (unknown.length > 0) {
  console.error(
    `there is no benchmark ${unknown.join(', ')}; there are ${Object.keys(benchmarks).join(', ')}`,
  );
  process.exit(2);
}

installPeers();
mkdirSync(results, { recursive: true });
for (const [name, [script, ...args]] of Object.entries(benchmarks)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`== ${name} ==`);
  const { status, stdout } = spawnSync(process.execPath, [path.join(here, script!), ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  console.log(stdout);
  if (status === 0) writeFileSync(path.join(results, `${name}.json`), stdout);
  else process.exitCode = 1;
}
