// The innermost loops of a training: each row's derivatives are added, once a column, to the sums of the bin that the
// column's value lies in.

/**
 * Reads a little of each row. Nothing here waits for a read to end before the next begins, so that the processor
 * fetches many far rows at once; adding them up afterwards finds them in its cache.
 *
 * @param out of no use, but for the compiler, which leaves out reading that leads to nothing.
 */
export function touch(
  words: Uint32Array,
  width: number,
  word: number,
  count: number,
  rows: Uint32Array,
  from: number,
  to: number,
  first: Float64Array,
  out: Float64Array,
): void {
  let sum = 0;
  let bits = 0;
  for (let i = from; i < to; i++) {
    const row = rows[i]!;
    const start = row * width + word;
    sum += first[row]!;
    bits ^= words[start]! ^ words[start + count - 1]!;
  }
  out[0] = sum + bits;
}

/** @param out sums by column and bin, one number each, from the first column of `word` on. */
export function addRows(
  words: Uint32Array,
  width: number,
  word: number,
  count: number,
  stride: number,
  rows: Uint32Array,
  from: number,
  to: number,
  first: Float64Array,
  out: Float64Array,
): void {
  const two = 2 * stride;
  const three = 3 * stride;
  const four = 4 * stride;
  for (let i = from; i < to; i++) {
    const row = rows[i]!;
    const value = first[row]!;
    const start = row * width + word;
    const end = start + count;
    for (let k = start, h = 0; k < end; k++, h += four) {
      const bins = words[k]!;
      out[h + (bins & 255)]! += value;
      out[h + stride + ((bins >>> 8) & 255)]! += value;
      out[h + two + ((bins >>> 16) & 255)]! += value;
      out[h + three + (bins >>> 24)]! += value;
    }
  }
}

/** @param out sums by column and bin, two numbers each, from the first column of `word` on. */
export function addPairs(
  words: Uint32Array,
  width: number,
  word: number,
  count: number,
  stride: number,
  rows: Uint32Array,
  from: number,
  to: number,
  first: Float64Array,
  second: Float64Array,
  out: Float64Array,
): void {
  const one = 2 * stride;
  const two = 4 * stride;
  const three = 6 * stride;
  const four = 8 * stride;
  for (let i = from; i < to; i++) {
    const row = rows[i]!;
    const value = first[row]!;
    const curvature = second[row]!;
    const start = row * width + word;
    const end = start + count;
    for (let k = start, h = 0; k < end; k++, h += four) {
      const bins = words[k]!;
      const a = h + ((bins & 255) << 1);
      out[a]! += value;
      out[a + 1]! += curvature;
      const b = h + one + ((bins >>> 7) & 510);
      out[b]! += value;
      out[b + 1]! += curvature;
      const c = h + two + ((bins >>> 15) & 510);
      out[c]! += value;
      out[c + 1]! += curvature;
      const d = h + three + ((bins >>> 23) & 510);
      out[d]! += value;
      out[d + 1]! += curvature;
    }
  }
}
