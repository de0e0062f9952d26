// What a search varies: each setting of a candidate is an axis on [0, 1).

import { exponential, logarithm } from '../../algebra/exponential.ts';
import type { SearchConfig, SearchRange } from '../../config/sections/search-section.ts';

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

/** What is varied of a kind of candidate; undefined of a kind that has nothing to vary, such as a command. */
export function searchAxes(type: string, ranges: SearchConfig['ranges']): SearchAxis[] | undefined {
  const declared: Readonly<Record<string, SearchRange | undefined>> | undefined = (
    ranges as Readonly<Record<string, Readonly<Record<string, SearchRange | undefined>>>>
  )[type];
  return (
    declared &&
    Object.entries(declared).flatMap(([key, range]) => (range === undefined ? [] : [axisOf(key, range)]))
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
