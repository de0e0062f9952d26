/** Gives a typed array of at least `needed` items that begins with the given one's. */
export function grownFloats(values: Float64Array, needed: number, expected: number): Float64Array {
  if (needed <= values.length) return values;
  const grown = new Float64Array(capacity(values.length, needed, expected));
  grown.set(values);
  return grown;
}

/** {@link grownFloats} for codes. */
export function grownCodes(values: Int32Array, needed: number, expected: number): Int32Array {
  if (needed <= values.length) return values;
  const grown = new Int32Array(capacity(values.length, needed, expected));
  grown.set(values);
  return grown;
}

/** The first `count` items, without room to spare. */
export function firstFloats(values: Float64Array, count: number): Float64Array {
  return values.length === count ? values : values.slice(0, count);
}

/** {@link firstFloats} for codes. */
export function firstCodes(values: Int32Array, count: number): Int32Array {
  return values.length === count ? values : values.slice(0, count);
}

/** A guess that falls short, time after time, must not make every block copy all those before it. */
function capacity(current: number, needed: number, expected: number): number {
  return Math.max(needed, expected, Math.ceil(current * 1.5), 1024);
}
