/** Values below which the engine's own sort is as fast. */
const fewValues = 4096;
/** Values moved for each value, after which ordering them one by one is given up. */
const mostMoves = 4;
const radix = 2048;
/** Bits where the three digits of half a double begin. */
const shifts = [0, 11, 22] as const;

/** Which 32 bits of a double: 1 has sign, exponent and the first 20 bits of the fraction. */
type Half = 0 | 1;

function wordsOf(values: Float64Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
}

/** How often each digit of a half is seen at each place, all places in one pass. */
function digitCounts(words: Uint32Array, half: Half): [Uint32Array, Uint32Array, Uint32Array] {
  const [a, b, c] = [new Uint32Array(radix), new Uint32Array(radix), new Uint32Array(radix)];
  for (let i = half; i < words.length; i += 2) {
    const word = words[i]!;
    a[word & 2047]!++;
    b[(word >>> 11) & 2047]!++;
    c[word >>> 22]!++;
  }
  return [a, b, c];
}

/** Sorts by one digit, keeping the order of equals. */
function pass(
  from: Float64Array,
  to: Float64Array,
  counts: Uint32Array,
  { half, shift }: { readonly half: Half; readonly shift: number },
): void {
  const words = wordsOf(from);
  let next = 0;
  for (let digit = 0; digit < radix; digit++) {
    const count = counts[digit]!;
    counts[digit] = next;
    next += count;
  }
  for (let i = 0; i < from.length; i++) {
    const digit = (words[2 * i + half]! >>> shift) & 2047;
    to[counts[digit]!++] = from[i]!;
  }
}

/** Two arrays; the first has the values. */
type Buffers = readonly [values: Float64Array, spare: Float64Array];

/** Sorts by half of the bits, digit by digit, keeping the order of equals. */
function byHalf(buffers: Buffers, half: Half): Buffers {
  let [from, to] = buffers;
  const words = wordsOf(from);
  const counts = digitCounts(words, half);
  const first = words[half]!;
  shifts.forEach((shift, i) => {
    // A digit that all values share leaves the order as it is.
    if (counts[i]![(first >>> shift) & 2047] === from.length) return;
    pass(from, to, counts[i]!, { half, shift });
    [from, to] = [to, from];
  });
  return [from, to];
}

/** The bits of negative numbers are in falling order behind the positive ones. */
function negativesFirst([values, spare]: Buffers): Buffers {
  let positive = 0;
  let high = values.length;
  while (positive < high) {
    const middle = (positive + high) >>> 1;
    if (values[middle]! < 0) high = middle;
    else positive = middle + 1;
  }
  if (positive === values.length) return [values, spare];
  const negative = values.length - positive;
  for (let i = 0; i < negative; i++) spare[i] = values[values.length - 1 - i]!;
  spare.set(values.subarray(0, positive), negative);
  return [spare, values];
}

/** Sorts what is nearly sorted by moving single values; false when there is too much to move. */
function insertEach(values: Float64Array): boolean {
  let left = mostMoves * values.length;
  let before = values[0]!;
  for (let i = 1; i < values.length; i++) {
    const value = values[i]!;
    if (value >= before) {
      before = value;
      continue;
    }
    let at = i;
    do {
      values[at] = values[at - 1]!;
      at--;
    } while (at > 0 && values[at - 1]! > value);
    values[at] = value;
    left -= i - at;
    if (left < 0) return false;
  }
  return true;
}

/**
 * Sorts numbers ascending: many by their bits, digit by digit (radix sort), which takes a tenth of the time of comparing
 * them. The upper half of the bits orders most values, the few that share it are put in order one by one; where many do,
 * the lower half is sorted by first.
 *
 * @param values none missing (NaN), no -0; overwritten.
 * @param spare as many, overwritten too.
 * @returns one of the two.
 */
export function sortNumbers(values: Float64Array, spare: Float64Array): Float64Array {
  if (values.length < fewValues) return values.sort();
  const sorted = negativesFirst(byHalf([values, spare], 1));
  if (insertEach(sorted[0])) return sorted[0];
  return negativesFirst(byHalf(byHalf(sorted, 0), 1))[0];
}
