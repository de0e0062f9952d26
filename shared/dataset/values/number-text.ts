// Single values as text: numbers, dates, and the notations that they are written in.

/**
 * What counts as a number in text: `[+-]? (digits [. digits*] | . digits) ([eE] [+-]? digits)?`, or an
 * optionally signed `inf` or `infinity` in any case. Digits are ASCII 0-9. So `1e3`, `.5`, `5.`, `007` and
 * `+2` are numbers; `0x10`, `1_000`, `1,5`, `12%`, `nan` and the empty text are not. A whole number beyond
 * ±(2^53 - 1), written without point or exponent, is not one either: a double would lose its last digits, and
 * a text that long is an identifier.
 */
const pattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const infinity = /^([+-]?)inf(?:inity)?$/i;
const whole = /^[+-]?\d+$/;

/** The number that a text writes, the nearest double, spaces around it allowed; NaN when it is none. */
export function numberOfText(text: string): number {
  const trimmed = text.trim();
  // Most texts of a column of texts begin with a letter that no number begins with.
  if (trimmed > 'j' || (trimmed > 'J' && trimmed < 'i')) return Number.NaN;
  return numberOfBareText(trimmed);
}

/** As {@link numberOfText}, without spaces around it. */
export function numberOfBareText(text: string): number {
  if (pattern.test(text)) {
    const value = Number(text);
    return Math.abs(value) > Number.MAX_SAFE_INTEGER && whole.test(text) ? Number.NaN : value;
  }
  const match = infinity.exec(text);
  if (!match) return Number.NaN;
  return match[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
