// What a search varies: each setting of a candidate is an axis on [0, 1).

import { exponential, logarithm } from '../../algebra/exponential.ts';
import type { SearchConfig, SearchedKind, SearchRange } from '../../config/sections/search-section.ts';

/** Settings of a candidate by their keys in ciclo.yml. */
export type Setting = Readonly<Record<string, unknown>>;

/** One thing that is varied. */
export interface SearchAxis {
  readonly key: string;
  /** How many values it can take; undefined of a range of numbers. */
  readonly values: readonly unknown[] | undefined;
  /** The value at a place on [0, 1). */
  at(place: number): unknown;
}

/** Where ciclo.yml says nothing. */
const usualRanges: Readonly<Record<SearchedKind, Readonly<Record<string, SearchRange>>>> = {
  linear: { encoding: ['encoded', 'plain'] },
  'boosted-trees': {
    leaves: { from: 7, to: 127 },
    'min-rows': { from: 5, to: 60 },
    'learning-rate': { from: 0.02, to: 0.2 },
    l2: { from: 0.1, to: 30 },
    'column-share': { from: 0.4, to: 1 },
    'row-share': { from: 0.5, to: 1 },
    'category-smoothing': { from: 1, to: 100 },
  },
  'neural-network': {
    layers: [[64], [64, 32], [128, 64], [256, 128]],
    dropout: { from: 0, to: 0.4 },
    'weight-decay': { from: 0.001, to: 0.1 },
    'learning-rate': { from: 0.0007, to: 0.006 },
  },
};

/** Settings whose double matters as much wherever they are. A range of them that begins at 0 is evenly spread instead. */
const byRatio: ReadonlySet<string> = new Set([
  'leaves',
  'min-rows',
  'learning-rate',
  'l2',
  'category-smoothing',
  'weight-decay',
]);

const whole: ReadonlySet<string> = new Set(['leaves', 'min-rows']);

/** Whether a search knows settings of a kind of candidate. */
export function isSearched(type: string): type is SearchedKind {
  return Object.hasOwn(usualRanges, type);
}

/** What is varied of a kind of candidate: what ciclo.yml declares for it, else the usual ranges. */
export function searchAxes(type: SearchedKind, ranges: SearchConfig['ranges']): SearchAxis[] {
  const declared = ranges[type] ?? usualRanges[type];
  return Object.entries(declared as Readonly<Record<string, SearchRange | undefined>>).flatMap(
    ([key, range]) => (range === undefined ? [] : [axisOf(key, range)]),
  );
}

function axisOf(key: string, range: SearchRange): SearchAxis {
  if (!('from' in range)) {
    return { key, values: range, at: (place) => range[Math.floor(place * range.length)] };
  }
  const { from, to } = range;
  const isRatio = byRatio.has(key) && from > 0;
  const [low, high] = isRatio ? [logarithm(from), logarithm(to)] : [from, to];
  return {
    key,
    values: undefined,
    at(place) {
      const value = low + place * (high - low);
      const raw = isRatio ? exponential(value) : value;
      // As a person writes it, so that what is shown, and may be copied into ciclo.yml, is what was trained.
      const written = whole.has(key) ? Math.round(raw) : Number(raw.toPrecision(3));
      return Math.min(to, Math.max(from, written));
    },
  };
}
