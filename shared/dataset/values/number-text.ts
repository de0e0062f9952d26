// Single values as text: numbers, dates, and the notations that they are written in.
const pattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const infinity = /^([+-]?)inf(?:inity)?$/i;
const whole = /^[+-]?\d+$/;

/**
 * The number that a text writes, spaces around it allowed; NaN when it is none. The rules are those of CSV cells:
 * `1e3`, `.5`, `007`, `+2`, `-inf` are numbers; `0x10`, `1,5`, `12%` and whole numbers beyond ±(2^53 - 1), which a
 * double cannot hold, are not.
 */
export function numberOfText(text: string): number {
  const trimmed = text.trim();
  // Most texts of a column of texts begin with a letter that no number begins with.
  if (trimmed > 'j' || (trimmed > 'J' && trimmed < 'i')) return Number.NaN;
  if (pattern.test(trimmed)) {
    const value = Number(trimmed);
    return Math.abs(value) > Number.MAX_SAFE_INTEGER && whole.test(trimmed) ? Number.NaN : value;
  }
  const match = infinity.exec(trimmed);
  if (!match) return Number.NaN;
  return match[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
