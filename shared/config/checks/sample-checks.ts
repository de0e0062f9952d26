import type { Problem } from '../messages/problem.ts';
import type { ConfigParts } from './config-parts.ts';

/** A sample by the values of a column, of groups that have several of them. */
export function* sampleProblems({ data }: Pick<ConfigParts, 'data'>): Iterable<Problem> {
  const { sample, group } = data ?? {};
  if (sample === undefined || typeof sample === 'number' || sample.by === undefined) return;
  if (group === undefined) return;
  const message = `"${sample.by}": groups of data.group ("${group}") are drawn whole, and may have several values of it; leave by out`;
  yield { path: ['data', 'sample', 'by'], message };
}
