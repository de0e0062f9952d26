import { formatCounted } from '../../text/number-format.ts';

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** A duration in the largest unit that fits: `7 days`. @param duration milliseconds. */
export function durationWords(duration: number): string {
  for (const [unit, size] of units) {
    if (duration >= size) return formatCounted(Math.round(duration / size), unit);
  }
  return formatCounted(Math.round(duration / 1000), 'second');
}
