import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Block, blocksOf, pages } from '../docs/markdown-files.ts';
import { customers } from '../docs/recipe-tables.ts';
import { runBlocks } from '../docs/shell.ts';
import { root as project, textOf } from '../workflows/project-files.ts';
import { addFiles, ciclo } from './support/ciclo-process.ts';

/** Pages whose commands recipes.test.ts runs, each on a table of its own, and those that were recorded while they ran. */
const elsewhere = /^docs\/(?:recipes\/(?!README)|first-model\.md|examples\/)/;

const shell = blocksOf(pages).filter(({ file, language }) => language === 'sh' && !elsewhere.test(file));
const runnable = Map.groupBy(
  shell.filter(({ notRun }) => notRun === undefined),
  ({ file }) => file,
);

/** A folder that holds what the guides speak of: a repository with a model, its release, and tables to predict and to compare. */
let example: string;
const folders: string[] = [];

async function folder(name: string): Promise<string> {
  const made = await mkdtemp(path.join(tmpdir(), `ciclo guide ${name} `));
  folders.push(made);
  return made;
}

function git(cwd: string, ...words: string[]): void {
  const person = ['-c', 'user.name=Guide', '-c', 'user.email=guide@example.org'];
  execFileSync('git', [...person, ...words], { cwd, stdio: 'pipe' });
}

/** A repository on the branch main, whose origin is a bare one beside it. */
async function repositoryOf(cwd: string): Promise<void> {
  git(cwd, 'init', '--quiet', '--initial-branch=main');
  git(cwd, 'add', '--all');
  git(cwd, 'commit', '--quiet', '--allow-empty', '--message=First');
  const origin = await folder('origin');
  git(origin, 'init', '--quiet', '--bare');
  git(cwd, 'remote', 'add', 'origin', origin);
  git(cwd, 'push', '--quiet', 'origin', 'main');
}

beforeAll(async () => {
  example = await folder('example');
  await cp(path.join(project, 'example-repo'), example, {
    recursive: true,
    filter: (source) => path.basename(source) !== '.ciclo',
  });
  await repositoryOf(example);
  for (const words of [['run'], ['deploy']]) {
    const { code, stderr } = await ciclo([...words, '--quiet'], {
      cwd: example,
      environment: Object.fromEntries(
        ['AUTHOR', 'COMMITTER'].flatMap((role) => [
          [`GIT_${role}_NAME`, 'Guide'],
          [`GIT_${role}_EMAIL`, 'guide@example.org'],
        ]),
      ),
    });
    expect({ words, code, stderr: code === 0 ? '' : stderr }).toEqual({ words, code: 0, stderr: '' });
  }
  const text = await readFile(path.join(example, 'data/cars-1982.csv'), 'utf8');
  const [header = '', ...lines] = text.trim().split('\n');
  const names = header.split(',');
  const records = lines.map((line) =>
    Object.fromEntries(line.split(',').map((cell, i) => [names[i], jsonOf(cell)])),
  );
  const older = await readFile(path.join(example, 'data/cars-1970.csv'), 'utf8');
  const assets = path.join(example, '.ciclo/forge/releases/fuel@v1.0.0/assets');
  await addFiles(example, {
    'rows.csv': text,
    'january.csv': older,
    'a.csv': timed(older, 1000),
    'b.csv': timed(text, 1500),
    'events.ndjson': records.map((record) => JSON.stringify(record)).join('\n'),
    'predictions.csv': `actual,predicted\n${Array.from({ length: 60 }, (_, i) => `${20 + (i % 7)},${20.5 + (i % 5)}`).join('\n')}\n`,
  });
  for (const name of ['rows.parquet', 'june.parquet']) {
    await copyFile(path.join(project, 'tests/docs/fixtures/cars.parquet'), path.join(example, name));
  }
  await cp(path.join(example, '.ciclo/model'), path.join(example, 'production/model'), { recursive: true });
  for (const end of ['', '-server']) {
    await copyFile(path.join(assets, `fuel-v1.0.0${end}.zip`), path.join(example, `fuel-v1.2.0${end}.zip`));
  }
});

afterAll(async () => {
  for (const made of folders) await rm(made, { recursive: true, force: true });
});

/** A cell of CSV as JSON has it. */
function jsonOf(cell: string): string | number | null {
  if (cell === '') return null;
  return Number.isNaN(Number(cell)) ? cell : Number(cell);
}

/** A table with three columns more in front: a number for each row, a year, and a note. */
function timed(table: string, from: number): string {
  const [header = '', ...lines] = table.trim().split('\n');
  const rows = lines.map((line, i) => `${from + i},${from + i},ok,${line}`);
  return [`id,measured_at,note,${header}`, ...rows, ''].join('\n');
}

/** A folder with nothing but a table, in which `ciclo init` begins; one for each page. */
async function fresh(): Promise<string> {
  const made = await folder('table');
  await writeFile(path.join(made, 'README.md'), '# A repository\n');
  await repositoryOf(made);
  await writeFile(path.join(made, 'data.csv'), customers());
  return made;
}

describe('shell blocks of the guides', () => {
  test('are run, or say why not', () => {
    expect([...runnable.values()].flat().length).toBeGreaterThan(10);
    for (const { notRun = '' } of shell) {
      for (const [file] of notRun.matchAll(/tests\/[\w/.-]+\.ts/g))
        expect(existsSync(path.join(project, file)), file).toBe(true);
    }
  });

  test.for([...runnable])('of %s run in their order', async ([page, blocks], { signal }) => {
    const [table, own, bin] = [await fresh(), await folder('page'), await folder('bin')];
    // The example's README speaks of its folder from above.
    const inside = page.startsWith('example-repo/') ? path.join(own, 'example-repo') : own;
    await cp(example, inside, { recursive: true });
    const folderOf = ({ text }: Block) => (text.includes('ciclo init') ? table : own);
    const { code, output } = await runBlocks(blocks, folderOf, { bin, signal });
    expect({ page, code, output: code === 0 ? '' : output.slice(-3000) }).toEqual({
      page,
      code: 0,
      output: '',
    });
    for (const [, digits] of textOf(page).matchAll(/"predictions": \[([\d.]+)…\]/g)) {
      expect(output).toContain(`"predictions":[${digits}`);
    }
  });
});
