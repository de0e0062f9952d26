import path from 'node:path';
import { namesIn } from './file.ts';
import type { LocalPlace } from './place.ts';

/** Numbers of the pull requests, or of the issues, in ascending order. */
export async function numbersOf(
  { folder }: LocalPlace,
  kind: 'pull-requests' | 'issues',
): Promise<readonly number[]> {
  const names = await namesIn(path.join(folder, kind));
  return names
    .filter((name) => /^[1-9]\d*$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);
}

/** The next number: issues and pull requests share them, as on GitHub. */
export async function nextNumber(place: LocalPlace): Promise<number> {
  const [pullRequests, issues] = await Promise.all([
    numbersOf(place, 'pull-requests'),
    numbersOf(place, 'issues'),
  ]);
  return Math.max(0, pullRequests.at(-1) ?? 0, issues.at(-1) ?? 0) + 1;
}
