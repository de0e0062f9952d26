import { execFileSync } from 'node:child_process';
import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openLocalScene } from '../testing/local-scene.ts';
import { uncommittedFile } from './committed-files.ts';

test('a commit holds a file when its bytes are there, whatever the name has in it', async () => {
  await using scene = await openLocalScene();
  const { repository } = scene.store;
  const names = ['data/a b.csv', 'data/ä\n*.csv', ':!data/[x].csv'];
  const commit = await scene.push(Object.fromEntries(names.map((name) => [name, `${name}\n`])));
  expect(await uncommittedFile(repository, names, commit)).toBeUndefined();
  expect(await uncommittedFile(path.join(repository, 'data'), ['a b.csv'], commit)).toBeUndefined();
  expect(await uncommittedFile(repository, [names[0]!, 'data/new.csv'], commit)).toBe('data/new.csv');
  expect(await uncommittedFile(repository, names, scene.mainCommit)).toBe(names[0]);
});

test('it does not hold one that was changed since, lies elsewhere, or is a link', async () => {
  await using scene = await openLocalScene();
  const { repository } = scene.store;
  await symlink(path.join(repository, '..', 'elsewhere.csv'), path.join(repository, 'link.csv'));
  const commit = await scene.push({ 'a.csv': '1\n', 'b.csv': '2\n' });
  expect(await uncommittedFile(repository, ['a.csv', 'link.csv'], commit)).toBe('link.csv');
  expect(await uncommittedFile(repository, ['../elsewhere.csv'], commit)).toBe('../elsewhere.csv');
  execFileSync('sh', ['-c', 'echo 3 >> b.csv'], { cwd: repository });
  expect(await uncommittedFile(repository, ['a.csv', 'b.csv'], commit)).toBe('b.csv');
});

test('where there is no repository, or no such commit, that is said', async () => {
  await using scene = await openLocalScene();
  const { repository } = scene.store;
  const outside = uncommittedFile(path.join(repository, '..'), ['a.csv'], scene.commit);
  await expect(outside).rejects.toThrow(/^looking for the data in the commit .*not a git repository/);
  const unknown = uncommittedFile(repository, ['a.csv'], 'f'.repeat(40));
  await expect(unknown).rejects.toThrow(/^looking for the data in the commit f{40}: git ls-tree: /);
});
