/**
 * Everything about the code that can be checked without running it: `npm run check`.
 * All checks run, also after one failed. Names as arguments run only those: `npm run check -- types arrows`.
 */
import { spawnSync } from 'node:child_process';

interface Check {
  readonly name: string;
  readonly about: string;
  readonly command: readonly [string, ...string[]];
}

const sources = ['actions', 'benchmarks', 'cli', 'scripts', 'shared', 'tests'];

const checks: readonly Check[] = [
  { name: 'types', about: 'TypeScript, strict', command: ['tsc', '--noEmit'] },
  {
    name: 'style',
    about: 'format and lint',
    command: ['biome', 'ci', '--error-on-warnings', '--colors=off'],
  },
  { name: 'arrows', about: 'the direction of imports, no cycles', command: ['depcruise', ...sources] },
  { name: 'unused', about: 'files, exports and dependencies that nothing uses', command: ['knip'] },
  {
    name: 'unused-in-product',
    about: 'what only tests use',
    command: ['knip', '--production', '--config', 'knip.product.json'],
  },
  {
    name: 'generated',
    about: 'schemas and tables made from the code and from action.yml',
    command: ['node', 'scripts/write-schemas.ts', '--check'],
  },
  {
    name: 'kernel',
    about: 'the kernels, compiled from their AssemblyScript',
    command: ['node', 'scripts/build-kernel.ts', '--check'],
  },
  {
    name: 'site-script',
    about: 'the script of the static site, bundled from its sources',
    command: ['node', 'scripts/build-site-script.ts', '--check'],
  },
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !checks.some((check) => check.name === name));
if (unknown.length > 0) {
  const names = checks.map((check) => check.name).join(', ');
  console.error(`there is no check "${unknown.join('", "')}"; the checks are ${names}`);
  process.exit(2);
}

const failed: string[] = [];
for (const { name, about, command } of checks) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const [program, ...args] = command;
  const result = spawnSync(program, args, { encoding: 'utf8', shell: process.platform === 'win32' });
  const passed = result.status === 0;
  console.log(`${passed ? 'passed' : 'FAILED'}  ${name}: ${about}`);
  if (passed) continue;
  failed.push(name);
  const output = `${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}`;
  console.log(output.replace(/^/gm, '    ').trimEnd());
}
if (failed.length > 0) {
  console.log(`\n${failed.join(', ')} failed`);
  process.exitCode = 1;
}
