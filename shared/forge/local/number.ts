import path from 'node:path';
import { namesIn } from './file.ts';
import type { LocalStore } from './store.ts';

/** Numbers of the pull requests, or of the issues, in ascending order. */
export async function numbersOf(
  { folder }: LocalStore,
  kind: 'pull-requests' | 'issues',
): Promise<readonly number[]> {
  const names = await namesIn(path.join(folder, kind));
  return names
    .filter((name) => /^[1-9]\d*$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);
}

/** The next number: issues and pull requests share them, as on GitHub. */
export async function nextNumber(store: LocalStore): Promise<number> {
  const [pullRequests, issues] = await Promise.all([
    numbersOf(store, 'pull-requests'),
    numbersOf(store, 'issues'),
  ]);
  return Math.max(0, pullRequests.at(-1) ?? 0, issues.at(-1) ?? 0) + 1;
}
