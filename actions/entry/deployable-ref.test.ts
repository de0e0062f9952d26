import { expect, test } from 'vitest';
import { checkDeployableRef } from './deployable-ref.ts';

const repository = { defaultBranch: async () => 'main' };
const check = (ref: string, allowed: readonly string[] = []) =>
  checkDeployableRef({ ref }, allowed, repository);

test('the default branch is deployed', async () => {
  await expect(check('refs/heads/main')).resolves.toBeUndefined();
});

test.each([
  ['refs/heads/elsewhere'],
  ['refs/heads/feature/main'],
  ['refs/tags/main'],
  ['refs/pull/7/merge'],
  [''],
])('%s is not, and the error says what would be right', async (ref) => {
  await expect(check(ref)).rejects.toThrow(/only the default branch main is deployed; merge it there, or/);
});

test('what the workflow names is, whole', async () => {
  await expect(check('refs/heads/release/1.x', ['release/1.x', 'v2'])).resolves.toBeUndefined();
  await expect(check('refs/tags/v2', ['release/1.x', 'v2'])).resolves.toBeUndefined();
  await expect(check('refs/heads/release/1.x', ['release'])).rejects.toThrow(/allow-ref: release\/1\.x$/);
});
