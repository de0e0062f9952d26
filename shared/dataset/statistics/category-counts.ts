import { LargeMap } from '../../platform/large-map.ts';
import type { CategoryColumn } from '../table/table.ts';

/** Compares texts by Unicode code point: an order that no locale changes. */
export function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left === right) continue;
    // Surrogates stand for code points above every other code unit.
    const leftHigh = left >= 0xd800 && left <= 0xdfff;
    const rightHigh = right >= 0xd800 && right <= 0xdfff;
    if (leftHigh !== rightHigh) return leftHigh ? 1 : -1;
    return left - right;
  }
  return a.length - b.length;
}

/** A category and its rows. */
export interface CategoryCount {
  readonly value: string;
  readonly count: number;
}

/** Most frequent first; equally frequent ones by code point. */
export function byFrequency(a: CategoryCount, b: CategoryCount): number {
  return b.count - a.count || byCodePoint(a.value, b.value);
}

/** How often each category occurs, most frequent first; categories of the dictionary without a row are left out. */
export function categoryCounts(column: CategoryColumn): { categories: CategoryCount[]; missing: number } {
  const counts = new Uint32Array(column.dictionary.length + 1);
  for (let i = 0; i < column.codes.length; i++) {
    const at = column.codes[i]! + 1;
    counts[at] = counts[at]! + 1;
  }
  const byValue = new LargeMap<string, number>();
  for (let code = 0; code < column.dictionary.length; code++) {
    const value = column.dictionary[code]!;
    const count = counts[code + 1]!;
    if (count > 0) byValue.set(value, (byValue.get(value) ?? 0) + count);
  }
  const categories = [...byValue].map(([value, count]) => ({ value, count })).sort(byFrequency);
  return { categories, missing: counts[0]! };
}
