import { numberOfBareText } from '../../dataset/values/number-text.ts';

/** Powers of ten that a double holds exactly. */
const exactPowers = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));

/** Up to this many digits the running mantissa cannot pass 2^53 unnoticed. */
const mostDigits = 16;

/** Longer cells are texts. */
export const longestNumber = 4096;

/** The number written in `bytes[start, end)`, by the grammar of {@link numberOfBareText}; NaN when it is none. */
export function numberOfBytes(bytes: Buffer, start: number, end: number): number {
  const value = plainNumber(bytes, start, end);
  if (!Number.isNaN(value) || start === end || end - start > longestNumber) return value;
  return numberOfBareText(bytes.toString('latin1', start, end));
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
