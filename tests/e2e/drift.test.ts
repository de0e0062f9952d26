import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { driftCheckJsonSchema, retrainJsonSchema } from '../../cli/json/json-monitor.ts';
import { driftReportSchema } from '../../shared/drift/report/drift-report.ts';
import { ciclo, copyOfExample, removeAll } from './support/ciclo-process.ts';

const folders: string[] = [];
afterAll(() => removeAll(folders));

const git = (folder: string, ...words: string[]): string =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@t', ...words], {
    encoding: 'utf8',
  }).trim();

async function example(): Promise<string> {
  const folder = await copyOfExample('drift');
  folders.push(folder);
  return folder;
}

/** The example of 1970 to 1976, deployed; the years after it are there. */
async function deployed(): Promise<string> {
  const folder = await example();
  await writeFile(path.join(folder, '.gitignore'), '.ciclo/\n');
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message=cars');
  for (const command of ['run', 'deploy']) {
    expect((await ciclo([command, '--quiet'], { cwd: folder })).code).toBe(0);
  }
  return folder;
}

describe('ciclo drift-check', () => {
  test('finds that cars changed after the oil crisis, and exits with 1 only when asked to', async () => {
    const folder = await deployed();
    const ended = await ciclo(['drift-check', '--json'], { cwd: folder });
    expect(ended.code).toBe(0);
    const report = driftCheckJsonSchema.parse(JSON.parse(ended.stdout));
    expect(report).toMatchObject({
      drift: true,
      pipeline: 'fuel',
      production: { tag: 'fuel@v1.0.0' },
      window: { column: 'year', after: '1976', until: '1982' },
      performance: { outcome: 'measured', metric: 'rmse', degraded: true },
    });
    expect(report['report-path']).toBe(path.join('.ciclo', 'drift', 'report.html'));
    expect((await ciclo(['drift-check', '--exit-code', '--quiet'], { cwd: folder })).code).toBe(1);
  });

  test('compares two tables without a pipeline', async () => {
    const folder = await example();
    const asked = ['drift-check', '--reference', 'data/cars-1970.csv', '--current', 'data/cars-1982.csv'];
    const ended = await ciclo([...asked, '--exclude', 'model,year', '--json'], { cwd: folder });
    const report = driftReportSchema.parse(JSON.parse(ended.stdout));
    expect(report.drift).toBe(true);
    expect(report.columns.map(({ name }) => name)).not.toContain('year');
    const people = await ciclo(asked, { cwd: folder });
    expect(people.stdout).toMatch(/^Check {4}Drift: /);
    const half = await ciclo(['drift-check', '--current', 'data/cars-1982.csv'], { cwd: folder });
    expect(half).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('give both --reference and --current'),
    });
    const mixed = await ciclo(['drift-check', '--share', '10%'], { cwd: folder });
    expect(mixed).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--share goes with --reference'),
    });
  });
});

describe('ciclo retrain', () => {
  test('proposes a better model, and leaves the checkout as it is', async () => {
    const folder = await deployed();
    const ended = await ciclo(['retrain', '--if-due', '--json'], { cwd: folder });
    expect(ended.code).toBe(0);
    const result = retrainJsonSchema.parse(JSON.parse(ended.stdout));
    expect(result).toMatchObject({ drift: true, action: { kind: 'pull-request', number: 1 } });
    expect(result['lock-changes']).toContain('window: year until 1976 → year until 1982');
    expect(git(folder, 'diff', '--name-only', 'main', 'ciclo/retrain/fuel')).toBe('ciclo.lock');
    expect(git(folder, 'status', '--porcelain')).toBe('');
    expect(git(folder, 'show', 'ciclo-history:fuel.ndjson').split('\n')).toHaveLength(1);
  });
});

describe('ciclo replay', () => {
  test('walks the years, and leaves a repository with tags, branches and history', async () => {
    const folder = await example();
    const ended = await ciclo(['replay', '--first', '1976', '--policies', 'on-drift,never', '--json'], {
      cwd: folder,
    });
    expect(ended.code).toBe(0);
    const report = JSON.parse(ended.stdout);
    expect(report.policies.map(({ name }: { name: string }) => name)).toEqual(['on-drift', 'never']);
    expect(report.periods).toEqual(['1977', '1978', '1979', '1980', '1982']);
    const [onDrift, never] = report.policies;
    expect(onDrift.retrainings.some(({ merged }: { merged: boolean }) => merged)).toBe(true);
    expect(onDrift.mean).toBeLessThanOrEqual(never.mean);
    const left = path.join(folder, '.ciclo', 'replay', 'on-drift');
    expect(git(left, 'tag')).toContain('fuel@v1.0.1');
    expect(git(left, 'branch', '--format=%(refname:short)').split('\n')).toEqual([
      'ciclo-history',
      'ciclo/retrain/fuel',
      'main',
    ]);
  });

  test('says what is wrong with where to begin', async () => {
    const folder = await example();
    const late = await ciclo(['replay', '--first', '1982'], { cwd: folder });
    expect(late).toMatchObject({ code: 2, stderr: expect.stringContaining('nothing comes after it') });
    const wrong = await ciclo(['replay', '--first', '1981'], { cwd: folder });
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('has no such period') });
  });
});
