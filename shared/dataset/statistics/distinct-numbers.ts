const float = new Float64Array(1);
const words = new Int32Array(float.buffer);

/**
 * The distinct values that are not missing (NaN), ascending; undefined when there are more than `limit`.
 * An open-addressing hash table, left as soon as it holds too many.
 */
export function distinctNumbers(values: Float64Array, limit: number): Float64Array | undefined {
  // There are no more than values: of a wide table's columns, few.
  const most = Math.min(limit, values.length);
  const bits = Math.max(4, 32 - Math.clz32(most * 4));
  const mask = 2 ** bits - 1;
  const table = new Float64Array(mask + 1).fill(Number.NaN);
  let distinct = 0;
  let previous = Number.NaN;
  for (let i = 0; i < values.length; i++) {
    // Adding 0 makes -0 the same as 0.
    const value = values[i]! + 0;
    if (Number.isNaN(value) || value === previous) continue;
    previous = value;
    float[0] = value;
    let slot = (Math.imul(words[0]! ^ Math.imul(words[1]!, 0x85ebca6b), 0x9e3779b1) >>> (32 - bits)) & mask;
    for (;;) {
      const held = table[slot]!;
      if (held === value) break;
      if (Number.isNaN(held)) {
        if (++distinct > limit) return undefined;
        table[slot] = value;
        break;
      }
      slot = (slot + 1) & mask;
    }
  }
  const found = new Float64Array(distinct);
  for (let slot = 0, at = 0; at < distinct; slot++) {
    const held = table[slot]!;
    if (!Number.isNaN(held)) found[at++] = held;
  }
  return found.sort();
}
