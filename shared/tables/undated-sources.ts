import type { DataConfig } from '../config/sections/data-section.ts';

/**
 * Sources that are looked up by keys alone, whatever the time of a row: what they say changes in place, and rows of the past
 * get what they say now.
 *
 * @returns their names, in the order of `data.sources`.
 */
export function undatedLookups({
  sources = {},
  steps = [],
}: Pick<DataConfig, 'sources' | 'steps'>): string[] {
  const [first] = Object.keys(sources);
  const found = new Set(
    steps.flatMap(({ join }) => (join && !join['as-of'] ? [join.with] : [])).filter((name) => name !== first),
  );
  return Object.keys(sources).filter((name) => found.has(name));
}
