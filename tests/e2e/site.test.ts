import { execFileSync } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { badgeJsonSchema, siteJsonSchema } from '../../cli/json/json-versions.ts';
import { ciclo, copyOfExample, removeAll } from './support/ciclo-process.ts';

const folders: string[] = [];
afterAll(() => removeAll(folders));

test('ciclo site makes the pages of what is deployed, as the deployment made them; before, it says what to do', async () => {
  const folder = await copyOfExample('site');
  folders.push(folder);
  await writeFile(path.join(folder, '.gitignore'), '.ciclo/\n');
  const git = (...words: string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@t', ...words]);
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message=cars');

  const early = await ciclo(['site'], { cwd: folder });
  expect(early.code).toBe(2);
  expect(early.stderr).toContain('deploy one first');
  expect((await ciclo(['badge'], { cwd: folder })).stdout).toBe('fuel: no version\n');

  expect((await ciclo(['run', '--quiet'], { cwd: folder })).code).toBe(0);
  const deployed = await ciclo(['deploy'], { cwd: folder });
  expect(deployed.stdout).toContain(`the site: ${path.join('.ciclo', 'release', 'site', 'index.html')}`);

  const made = await ciclo(['site', '--output', 'public', '--json'], { cwd: folder });
  expect(made.code).toBe(0);
  expect(siteJsonSchema.parse(JSON.parse(made.stdout))).toMatchObject({
    pipelines: [{ name: 'fuel', version: 'v1.0.0' }],
    differences: [],
  });
  const pages = (await readdir(path.join(folder, 'public/fuel'))).sort();
  expect(pages).toEqual([
    ...['badge.json', 'card.html', 'index.html', 'report.html', 'summary.json', 'versions.html'],
  ]);
  for (const page of pages) {
    const at = (place: string) => readFile(path.join(folder, place, 'fuel', page), 'utf8');
    expect(await at('public')).toBe(await at('.ciclo/release/site'));
  }

  const badge = badgeJsonSchema.parse(
    JSON.parse((await ciclo(['badge', '--json'], { cwd: folder })).stdout),
  ).badge;
  expect(badge).toEqual(JSON.parse(await readFile(path.join(folder, 'public/fuel/badge.json'), 'utf8')));
  expect(badge).toMatchObject({ label: 'fuel', message: expect.stringMatching(/^v1\.0\.0, (pass|warn)$/) });
  const line = await ciclo(['badge', 'https://acme.github.io/fuel'], { cwd: folder });
  expect(line.stdout).toMatch(
    /^\[!\[fuel\]\(https:\/\/img\.shields\.io\/endpoint\?url=\S+\)\]\(\S+\/fuel\/fuel\/\)\n$/,
  );

  const refused = await ciclo(['site', '--output', 'data'], { cwd: folder });
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('holds other files than a site');
});
