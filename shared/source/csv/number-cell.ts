/**
 * What counts as a number in text: `[+-]? (digits [. digits*] | . digits) ([eE] [+-]? digits)?`, or an
 * optionally signed `inf` or `infinity` in any case. Digits are ASCII 0-9. So `1e3`, `.5`, `5.`, `007` and
 * `+2` are numbers; `0x10`, `1_000`, `1,5`, `12%`, `nan` and the empty text are not. A whole number beyond
 * ±(2^53 - 1), written without point or exponent, is not one either: a double would lose its last digits, and
 * a text that long is an identifier.
 */
const pattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const infinity = /^([+-]?)inf(?:inity)?$/i;
const wholePattern = /^[+-]?\d+$/;

/** The number that a text writes, the nearest double; NaN when the text is not a number. */
export function numberOfText(text: string): number {
  if (pattern.test(text)) {
    const value = Number(text);
    return Math.abs(value) > Number.MAX_SAFE_INTEGER && wholePattern.test(text) ? Number.NaN : value;
  }
  const match = infinity.exec(text);
  if (!match) return Number.NaN;
  return match[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** Powers of ten that a double holds exactly. */
const exactPowers = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));

/** Up to this many digits the running mantissa cannot pass 2^53 unnoticed. */
const mostDigits = 16;

/** Longer cells are texts. */
export const longestNumber = 4096;

/** The number written in `bytes[start, end)`, by the grammar of {@link numberOfText}; NaN when it is none. */
export function numberOfBytes(bytes: Buffer, start: number, end: number): number {
  const value = plainNumber(bytes, start, end);
  if (!Number.isNaN(value) || start === end || end - start > longestNumber) return value;
  return numberOfText(bytes.toString('latin1', start, end));
}

/**
 * The number written in `bytes[start, end)` with at most 16 digits, and a point, and a sign; NaN for all else, which
 * may be a number too.
 *
 * Where the digits fit 2^53 and the power of ten is at most 22, one exact product or quotient is correctly
 * rounded (W. D. Clinger, "How to read floating point numbers accurately", PLDI 1990); the rest goes
 * through the language's own parser.
 */
export function plainNumber(bytes: Buffer, start: number, end: number): number {
  let at = start;
  let byte = bytes[at]!;
  const negative = byte === 45;
  if (negative || byte === 43) at++;

  let mantissa = 0;
  const first = at;
  while (at < end) {
    byte = bytes[at]! - 48;
    if (byte < 0 || byte > 9) break;
    mantissa = mantissa * 10 + byte;
    at++;
  }
  let digits = at - first;
  let scale = 0;
  if (at < end && bytes[at] === 46) {
    const point = ++at;
    while (at < end) {
      byte = bytes[at]! - 48;
      if (byte < 0 || byte > 9) break;
      mantissa = mantissa * 10 + byte;
      at++;
    }
    scale = at - point;
    digits += scale;
  }
  if (at !== end || digits === 0 || digits > mostDigits || mantissa > Number.MAX_SAFE_INTEGER) {
    return Number.NaN;
  }
  const value = scale === 0 ? mantissa : mantissa / exactPowers[scale]!;
  return negative ? -value : value;
}
