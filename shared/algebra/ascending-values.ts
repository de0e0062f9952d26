/** Fewer values are sorted as fast by comparing them. */
const fewValues = 100_000;
const digitBits = 11;
const digits = 2 ** digitBits;
const sign = 0x80000000;

/**
 * Values in ascending order (-0 before 0), as `values.toSorted()`: very many are sorted digit by digit (Knuth, "The Art of
 * Computer Programming", volume 3, algorithm R), in about a third of the time.
 *
 * @param values none missing (NaN).
 * @example ascendingValues(Float64Array.of(3, 1, 2)) // 1, 2, 3
 */
export function ascendingValues(values: Float64Array): Float64Array {
  if (values.length < fewValues) return values.toSorted();
  const copy = values.slice();
  let words = new Uint32Array(copy.buffer);
  toKeys(words);
  let others = new Uint32Array(words.length);
  for (const half of [0, 1]) {
    for (let shift = 0; shift < 32; shift += digitBits) {
      if (!byDigit(words, others, half, shift)) continue;
      [words, others] = [others, words];
    }
  }
  fromKeys(words);
  return new Float64Array(words.buffer);
}

/** Pairs of words, the lower one first, so that greater numbers have greater ones. */
function toKeys(words: Uint32Array): void {
  for (let i = 1; i < words.length; i += 2) {
    const high = words[i]!;
    if (high < sign) words[i] = high ^ sign;
    else {
      words[i - 1] = ~words[i - 1]!;
      words[i] = ~high;
    }
  }
}

function fromKeys(words: Uint32Array): void {
  for (let i = 1; i < words.length; i += 2) {
    const high = words[i]!;
    if (high >= sign) words[i] = high ^ sign;
    else {
      words[i - 1] = ~words[i - 1]!;
      words[i] = ~high;
    }
  }
}

/** Orders pairs by one digit of one of their words; returns whether it differs between any of them. */
function byDigit(words: Uint32Array, ordered: Uint32Array, half: number, shift: number): boolean {
  const next = new Uint32Array(digits + 1);
  for (let i = half; i < words.length; i += 2) next[((words[i]! >>> shift) & (digits - 1)) + 1]!++;
  if (next[((words[half]! >>> shift) & (digits - 1)) + 1] === words.length / 2) return false;
  for (let digit = 1; digit < digits; digit++) next[digit]! += next[digit - 1]!;
  for (let i = 0; i < words.length; i += 2) {
    const at = 2 * next[(words[i + half]! >>> shift) & (digits - 1)]!++;
    ordered[at] = words[i]!;
    ordered[at + 1] = words[i + 1]!;
  }
  return true;
}
