import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lockJsonSchema } from '../json/json-output.ts';
import { runInMemory, type Surroundings } from '../testing/test-io.ts';

let cwd: string;
let lockFile: string;

async function writeYears(years: readonly number[]): Promise<void> {
  for (const year of years) {
    const rows = Array.from(
      { length: 20 },
      (_, i) => `${year * 100 + i},${year},${(i * 7) % 11},${i * 3 + year}`,
    );
    await writeFile(path.join(cwd, 'data', `${year}.csv`), `id,year,size,price\n${rows.join('\n')}\n`);
  }
}

beforeEach(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'ciclo lock '));
  lockFile = path.join(cwd, 'ciclo.lock');
  await mkdir(path.join(cwd, 'data'));
  await writeFile(
    path.join(cwd, 'ciclo.yml'),
    'task: regression\ntarget: price\ndata:\n  source: { type: file, path: data/*.csv }\n  key: id\n  time: year\n',
  );
  await writeYears([1970, 1971, 1972]);
});
afterEach(async () => {
  await rm(cwd, { recursive: true, force: true });
});

const lock = (argv: readonly string[] = [], around: Surroundings = {}) =>
  runInMemory(['lock', ...argv], { cwd, ...around });

describe('ciclo lock', () => {
  test('writes a lock where there is none, and says what it pins', async () => {
    const { code, stdout } = await lock(['--until', '1971']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Lock {5}new lock: 40 rows in 2 parts, year until 1971$/m);
    expect(stdout).toContain('ciclo.lock written: commit it');
    expect(JSON.parse(await readFile(lockFile, 'utf8')).data.window).toEqual({
      column: 'year',
      until: '1971',
    });
  });

  test('shows a dry run and writes nothing; --exit-code says that the lock is not up to date', async () => {
    const { code, stdout } = await lock(['--dry-run']);
    expect(code).toBe(0);
    expect(stdout).toContain('Nothing was written (--dry-run)');
    expect((await lock(['-n', '--exit-code'])).code).toBe(1);
    expect(existsSync(lockFile)).toBe(false);
  });

  test('moves the window and says what comes in', async () => {
    await lock(['--until', '1971', '--quiet']);
    const { stdout } = await lock(['--until', '1972']);
    expect(stdout).toContain('window: year until 1971 → year until 1972');
    expect(stdout).toContain('rows: 40 rows → 60 rows (+20)');
  });

  test('finds nothing to do when nothing changed', async () => {
    await lock(['--until', '1971', '--quiet']);
    const before = await readFile(lockFile);
    const { code, stdout } = await lock(['--until', '1971', '--exit-code']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/is up to date: nothing to write/);
    expect(await readFile(lockFile)).toEqual(before);
  });

  test('says that there are newer rows, and takes them in when asked for the latest', async () => {
    const newer = 'There are newer rows than those that it pins (year until 1971): ciclo lock --until latest';
    expect((await lock(['--until', '1971'])).stdout).not.toContain('newer rows');
    const { stdout } = await lock();
    expect(stdout).toContain('is up to date: nothing to write');
    expect(stdout).toContain(newer);
    expect((await lock(['--until', 'latest'])).stdout).toContain('year until 1971 → year until 1972');
    expect((await lock()).stdout).not.toContain('newer rows');
  });

  test('with --json prints one object', async () => {
    const ran = await lock(['--json', '--until', '1971']);
    const result = lockJsonSchema.parse(JSON.parse(ran.stdout));
    expect(result).toMatchObject({ status: 'written', lock: JSON.parse(await readFile(lockFile, 'utf8')) });
    expect(result.changes[0]).toMatch(/^new lock: 40 rows/);
    expect(
      lockJsonSchema.parse(JSON.parse((await lock(['--json', '--until', '1971'])).stdout)),
    ).toMatchObject({
      status: 'unchanged',
      changes: [],
    });
  });

  test('of few rows has folds where nothing is said, and says so', async () => {
    const { stdout } = await lock();
    expect(stdout).toMatch(/split: 5 folds, each predicted by models that have not seen it/);
    expect(JSON.parse(await readFile(lockFile, 'utf8')).split).toEqual({ seed: 1, folds: 5 });
  });

  test('--folds divides the rows otherwise, and says so; other numbers are refused', async () => {
    await lock(['--quiet', '--folds', 'off']);
    const { stdout } = await lock(['--folds', '5']);
    expect(stdout).toMatch(/split: training,\s+validation\s+and\s+test\s+rows\s+→\s+5\s+folds;/);
    expect(JSON.parse(await readFile(lockFile, 'utf8')).split).toEqual({ seed: 1, folds: 5 });
    // Without the flag the lock stays as it was decided.
    expect((await lock(['--exit-code'])).code).toBe(0);
    await writeFile(
      path.join(cwd, 'ciclo.yml'),
      `${await readFile(path.join(cwd, 'ciclo.yml'), 'utf8')}split: { folds: auto }\n`,
    );
    expect((await lock(['--folds', '4', '--quiet'])).code).toBe(0);
    expect((await lock(['--folds', 'off', '--quiet'])).code).toBe(0);
    expect(JSON.parse(await readFile(lockFile, 'utf8')).split).toEqual({ seed: 1 });
    const refused = await lock(['--folds', '2']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('Allowed: a whole number from 3 to 20, or off.');
  });

  test('refuses an end that is not a time, quoting it', async () => {
    const { code, stderr } = await lock(['--until', 'last summer']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: .*"last summer"/);
    expect(existsSync(lockFile)).toBe(false);
  });
});

describe('on a terminal', () => {
  test.each([
    ['y\n', true],
    ['Yes\n', true],
    ['n\n', false],
    ['\n', false],
    ['', false],
  ])('the answer %j writes: %s', async (stdin, written) => {
    const { code, stdout, stderr } = await lock([], { stdin, typed: true, columns: 80 });
    expect(code).toBe(0);
    expect(stderr).toContain('[y/N]');
    expect(existsSync(lockFile)).toBe(written);
    expect(stdout).toContain(written ? 'written: commit it' : 'Nothing was written');
  });

  test('--yes does not ask', async () => {
    const { stderr } = await lock(['--yes'], { typed: true, columns: 80 });
    expect(stderr).not.toContain('[y/N]');
    expect(existsSync(lockFile)).toBe(true);
  });
});
