/** Counts in words: how many of what, and the verb that goes with it. */
import { formatNumber } from './number-format.ts';

/** A whole number with thousands separators: `1,234,567`. */
export function formatCount(count: number): string {
  return formatNumber(count, { decimals: 0 });
}

/** `1 row`, `2 rows`, `12,345 rows`. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${byCount(count, singular, plural)}`;
}

/** The form of a word that goes with a count: `${counted(3, 'row')} ${byCount(3, 'is', 'are')} left`. */
export function byCount(count: number, one: string, many: string): string {
  return count === 1 ? one : many;
}
