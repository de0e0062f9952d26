import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { prepareJsonSchema } from '../json/json-output.ts';
import { runInMemory } from '../testing/test-io.ts';
import { bytesLines } from './kept-bytes.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'ciclo bytes '));
});
afterEach(() => rm(root, { recursive: true, force: true }));

function git(folder: string, ...words: string[]): string {
  const author = ['-c', 'user.name=octocat', '-c', 'user.email=octocat@example.com'];
  return execFileSync('git', [...author, ...words], { cwd: path.join(root, folder), encoding: 'utf8' });
}

test.each([
  [['data.csv'], '.', ['/data.csv -text']],
  [
    ['data/**/*.csv', './more.jsonl'],
    'models/a b',
    ['"/models/a b/data/**/*.csv" -text', '"/models/a b/more.jsonl" -text'],
  ],
  [['data.parquet', 'data.csv.gz', '../up.csv'], '.', []],
])('%j in %s', (patterns, folder, lines) => expect(bytesLines(patterns, folder)).toEqual(lines));

describe('where git changes line ends, as on Windows', () => {
  async function made(): Promise<void> {
    git('.', 'init', '--quiet', '--initial-branch', 'main', 'here');
    const rows = Array.from({ length: 60 }, (_, i) => `${i % 7},${(i * 31) % 19}`);
    await writeFile(path.join(root, 'here/data.csv'), `size,price\n${rows.join('\n')}\n`);
    const cwd = path.join(root, 'here');
    expect((await runInMemory(['init', '--yes', '--no-run', '--no-workflows'], { cwd })).code).toBe(0);
    git('here', 'add', '--all');
    git('here', 'commit', '--quiet', '--message', 'all');
  }

  test('the data of a clone is what ciclo.lock pins', async () => {
    await made();
    git('.', '-c', 'core.autocrlf=true', 'clone', '--quiet', 'here', 'there');
    expect(await readFile(path.join(root, 'there/ciclo.yml'), 'utf8')).toContain('\r\n');
    const { stdout } = await runInMemory(['prepare', '--json'], { cwd: path.join(root, 'there') });
    expect(prepareJsonSchema.parse(JSON.parse(stdout)).lock.status).toBe('used');
  });

  test('a line that says so already is not said again', async () => {
    git('.', 'init', '--quiet', '--initial-branch', 'main', 'here');
    await writeFile(path.join(root, 'here/.gitattributes'), '* -text\n');
    await made();
    expect(await readFile(path.join(root, 'here/.gitattributes'), 'utf8')).toBe('* -text\n');
  });
});
