/** Gives a typed array of at least `needed` items that begins with the given one's, which is empty afterwards. */
export function grownFloats(
  values: Float64Array<ArrayBuffer>,
  needed: number,
  expected: number,
): Float64Array<ArrayBuffer> {
  if (needed <= values.length) return values;
  const length = capacity(values.length, needed, expected) * Float64Array.BYTES_PER_ELEMENT;
  return new Float64Array(values.buffer.transfer(length));
}

/** {@link grownFloats} for codes. */
export function grownCodes(
  values: Int32Array<ArrayBuffer>,
  needed: number,
  expected: number,
): Int32Array<ArrayBuffer> {
  if (needed <= values.length) return values;
  const length = capacity(values.length, needed, expected) * Int32Array.BYTES_PER_ELEMENT;
  return new Int32Array(values.buffer.transfer(length));
}

/** The first `count` items: the given array where it has no room to spare, else it is empty afterwards, its memory free. */
export function firstFloats(values: Float64Array<ArrayBuffer>, count: number): Float64Array<ArrayBuffer> {
  if (values.length === count) return values;
  return new Float64Array(values.buffer.transfer(count * Float64Array.BYTES_PER_ELEMENT));
}

/** {@link firstFloats} for codes. */
export function firstCodes(values: Int32Array<ArrayBuffer>, count: number): Int32Array<ArrayBuffer> {
  if (values.length === count) return values;
  return new Int32Array(values.buffer.transfer(count * Int32Array.BYTES_PER_ELEMENT));
}

/** A guess that falls short, time after time, must not make every block copy all those before it. */
function capacity(current: number, needed: number, expected: number): number {
  return Math.max(needed, expected, Math.ceil(current * 1.5), 1024);
}
