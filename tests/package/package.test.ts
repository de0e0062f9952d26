import { execFileSync } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  addFiles,
  ciclo as cicloOf,
  copyOfExample,
  type Ended,
  projectOf,
  removeAll,
} from '../e2e/support/ciclo-process.ts';
import { car, post, serve } from '../e2e/support/served.ts';
import { type InstalledPackage, installPackage, packagesIn } from './installed-package.ts';

let installed: InstalledPackage;
/** The example in a repository of its own, which the verbs are run on in their order. */
let folder: string;
const folders: string[] = [];

const git = (...words: string[]): string =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@t', ...words], {
    encoding: 'utf8',
  });

/** A command line of the installed package, which must end well. */
async function ciclo(words: readonly string[], cwd = folder, stdin = ''): Promise<string> {
  const ended = await start(words, cwd, stdin);
  expect(ended.code, `ciclo ${words.join(' ')}\n${ended.stderr}`).toBe(0);
  return ended.stdout;
}

function start(words: readonly string[], cwd = folder, stdin = ''): Promise<Ended> {
  return cicloOf(words, { cwd, stdin, program: installed.program });
}

async function json(...words: string[]): Promise<Record<string, unknown>> {
  return JSON.parse(await ciclo([...words, '--json']));
}

/** Files of a run directory by name. */
async function filesOf(directory: string): Promise<Map<string, string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name));
  const read = files
    .sort()
    .map(async (file) => [path.relative(directory, file), await readFile(file, 'latin1')] as const);
  return new Map(await Promise.all(read));
}

beforeAll(async () => {
  installed = await installPackage();
  folder = await copyOfExample('installed');
  folders.push(installed.folder, folder);
  await writeFile(path.join(folder, '.gitignore'), '.ciclo/\n');
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message=cars');
});
afterAll(() => removeAll(folders));

describe('the installed package', () => {
  test('is one package of at most 40 MB, with its licences', async () => {
    expect(await packagesIn(installed.project)).toEqual(['ciclo']);
    const kilobytes = execFileSync('du', ['-sk', path.join(installed.project, 'node_modules')], {
      encoding: 'utf8',
    });
    expect(Number.parseInt(kilobytes, 10)).toBeLessThan(40_000);
    const at = path.join(installed.project, 'node_modules/ciclo');
    const licences = await readFile(path.join(at, 'dist/licenses.txt'), 'utf8');
    for (const name of ['@tensorflow/tfjs', 'vega', 'commander', 'zod', 'pg', 'arquero']) {
      expect(licences).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+`, 'm'));
    }
  });

  test('starts by its name, and lists and explains its commands', async () => {
    const version = execFileSync(installed.program, ['--version'], { encoding: 'utf8' }).trim();
    expect(version).toBe(JSON.parse(await readFile('package.json', 'utf8')).version);
    const help = await ciclo(['--help']);
    const commands = [...help.matchAll(/^ {2}([a-z-]+) \[options\]/gm)].map((match) => match[1]!);
    expect(commands).toEqual(expect.arrayContaining(['run', 'lock', 'deploy', 'verify']));
    expect(await ciclo([])).toBe(help);
    for (const command of commands)
      expect(await ciclo([command, '--help'])).toContain(`Usage: ciclo ${command}`);
  });
});

describe('every verb of the installed package works on the example', () => {
  test('run gives the bytes that the sources give', async () => {
    await ciclo(['run', '--quiet']);
    const own = path.join(folder, 'own');
    const ended = await cicloOf(['run', '--quiet', '--output', own], { cwd: folder });
    expect(ended).toMatchObject({ code: 0 });
    const [here, there] = [await filesOf(path.join(folder, '.ciclo')), await filesOf(own)];
    await removeAll([own]);
    // Which the first verb writes, and what was judged is counted from run to run.
    const compared = (names: Iterable<string>) => [...names].filter((name) => name.includes(path.sep));
    expect(compared(here.keys())).toEqual(compared(there.keys()));
    for (const name of compared(here.keys())) expect(here.get(name) === there.get(name), name).toBe(true);
  });

  test('prepare, train and validate, one by one', async () => {
    for (const verb of ['prepare', 'train', 'validate']) await json(verb);
  });

  test('deploy writes bundle, server and site; versions, verify and site find them', async () => {
    expect(await json('deploy')).toMatchObject({ tag: 'fuel@v1.0.0', change: 'deployed' });
    const release = await readdir(path.join(folder, '.ciclo/release/server'));
    expect(release).toEqual(expect.arrayContaining(['server.mjs', 'model.zip', 'licenses.txt']));
    expect(await json('versions')).toMatchObject({ versions: [{ version: 'v1.0.0' }] });
    expect(await json('verify', 'v1.0.0')).toMatchObject({ same: true });
    expect(await json('site', '--output', 'public')).toMatchObject({ differences: [] });
    await removeAll([path.join(folder, 'public')]);
  });

  test('predict answers records, and serve answers them by HTTP with the same number', async () => {
    const { prediction } = JSON.parse(await ciclo(['predict', '--quiet'], folder, JSON.stringify(car)));
    expect(prediction).toBeGreaterThan(15);
    using server = await serve({ cwd: folder, program: installed.program });
    expect((await post(`${server.url}/predict`, car)).body.predictions).toEqual([prediction]);
    expect(await server.stop()).toBe(0);
  });

  test('lock and drift-check look at newer rows, and retrain proposes a model', async () => {
    expect((await start(['lock', '--until', '1982', '--dry-run', '--exit-code'])).code).toBe(1);
    expect(await json('drift-check')).toMatchObject({ pipeline: 'fuel', drift: true });
    const retrained = await json('retrain');
    expect(Object.keys(retrained).length).toBeGreaterThan(0);
    expect(git('branch', '--list', 'ciclo/retrain/*')).toContain('ciclo/retrain/fuel');
  });

  test('replay walks the loop', async () => {
    const replay = await json('replay', '--first', '1976', '--policies', 'never,on-drift');
    expect(JSON.stringify(replay)).toContain('on-drift');
    await expect(readFile(path.join(folder, '.ciclo/replay/replay.html'), 'utf8')).resolves.toContain(
      '<html',
    );
  });
});

test('init declares a pipeline from a table, and doctor and completion know it', async () => {
  const rows = Array.from(
    { length: 200 },
    (_, i) => `${i % 17},${(i * 7) % 23},${3 * (i % 17) + ((i * 7) % 23)}`,
  );
  const project = await projectOf('init', { 'prices.csv': ['rooms,age,price', ...rows, ''].join('\n') });
  folders.push(project);
  await ciclo(['init', 'prices.csv', '--target', 'price', '--yes', '--no-workflows', '--quiet'], project);
  expect(await readdir(project)).toEqual(expect.arrayContaining(['ciclo.yml', 'ciclo.lock', '.ciclo']));
  expect(await ciclo(['doctor', '--json'], project)).toContain('{');
  expect(await ciclo(['completion', 'bash'], project)).toContain('complete');
});

describe('what is loaded on demand is in the package', () => {
  /** A table of two megabytes and more, which two threads read. */
  function table(shift: number): string {
    const rows = Array.from({ length: 60_000 }, (_, i) => {
      const x = Math.sin(i * 12.9898 + shift) * 43_758.5453;
      return `${(x - Math.floor(x) + shift).toFixed(9)},${(i * 7919) % 1009},word${i % 23},${i}.5`;
    });
    return ['a,b,c,d', ...rows, ''].join('\n');
  }

  test('a second thread for large tables', async () => {
    const tables = await projectOf('tables', { 'a.csv': table(0), 'b.csv': table(0.5) });
    folders.push(tables);
    const words = ['drift-check', '--reference', 'a.csv', '--current', 'b.csv', '--json'];
    const report = JSON.parse(await ciclo(words, tables));
    expect(report.columns.find(({ name }: { name: string }) => name === 'a')).toMatchObject({
      drifted: true,
    });
  });

  test('the steps of several sources, and Parquet with its codecs', async () => {
    await ciclo(['prepare', '--config', 'flights/ciclo.yml', '--quiet']);
  });

  test('TensorFlow.js with its WebAssembly, where training is to run on it', async () => {
    const config = path.join(folder, 'ciclo.yml');
    const declared = await readFile(config, 'utf8');
    await writeFile(
      config,
      declared.replace(/^train:$/m, 'train:\n  backend: wasm\n  candidates: [{ type: linear }]'),
    );
    await ciclo(['prepare', '--quiet', '--output', 'on-wasm']);
    await ciclo(['train', '--quiet', '--output', 'on-wasm']);
    await writeFile(config, declared);
    const { engine } = JSON.parse(await readFile(path.join(folder, 'on-wasm/model/training.json'), 'utf8'));
    expect(engine).toMatchObject({ name: 'tensorflow.js', backend: 'wasm' });
    await removeAll([path.join(folder, 'on-wasm')]);
  });

  test('optional packages are taken from where ciclo.yml is', async () => {
    const project = await projectOf('optional', {
      'ciclo.yml': [
        'task: regression',
        'target: y',
        "data: { source: { type: duckdb, query: 'select 1 as x, 2 as y' } }",
        '',
      ].join('\n'),
    });
    folders.push(project);
    const missing = await start(['lock'], project);
    expect(missing).toMatchObject({ code: 2 });
    expect(missing.stderr).toContain('@duckdb/node-api');
    await addFiles(project, {
      'node_modules/@duckdb/node-api/index.js': "throw new Error('the one of this project');",
    });
    expect((await start(['lock'], project)).stderr).toContain('the one of this project');
  });
});
