/** Lengths of time in words: as ciclo.yml declares them, as sentences say them, as a terminal shows them. */
import { day, hour, minute, second, week } from '../platform/time-lengths.ts';
import { counted } from './counts.ts';

/** What a declared length of time looks like: `7d`, `12h`, `2w`, `30m` (minutes). */
export const durationPattern = /^\s*(\d+(?:\.\d+)?)\s*(m|h|d|w)\s*$/;

const units = { w: week, d: day, h: hour, m: minute } as const;
type Unit = keyof typeof units;

/**
 * The milliseconds of a declared length of time.
 *
 * @returns undefined when the text is none.
 */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit] = durationPattern.exec(text) ?? [];
  return amount === undefined ? undefined : Number(amount) * units[unit as Unit];
}

/** A length of time as ciclo.yml declares it, in the largest unit that gives a whole number: `7d`. */
export function declaredDuration(milliseconds: number): string {
  const names = Object.keys(units) as Unit[];
  const unit = names.find((name) => milliseconds % units[name] === 0) ?? 'm';
  return `${milliseconds / units[unit]}${unit}`;
}

const words = [
  ['day', day],
  ['hour', hour],
  ['minute', minute],
] as const;

/** A length of time for a sentence, rounded, in the largest unit that fits: `7 days`. @param milliseconds zero or more. */
export function durationWords(milliseconds: number): string {
  for (const [unit, size] of words) {
    if (milliseconds >= size) return counted(Math.round(milliseconds / size), unit);
  }
  return counted(Math.round(milliseconds / second), 'second');
}

/** How long something took, for a terminal: `0.4 s`, `12 s`, `3 min 5 s`. */
export function formatElapsed(milliseconds: number): string {
  const seconds = milliseconds / second;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
