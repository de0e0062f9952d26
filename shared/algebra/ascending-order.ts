/** Fewer values are ordered as fast by comparing them. */
const fewValues = 256;
/** So many neighbours are ordered one by one. */
const fewNeighbours = 24;
const digitBits = 11;
const digits = 2 ** digitBits;
const highest = 0x80000000;

/**
 * The places of values in ascending order, equal ones in the order of their places (-0 equals 0): what sorting the places by
 * `(a, b) => values[a] - values[b]` gives. Places are sorted by the upper 32 bits of their numbers, digit by digit (Knuth,
 * "The Art of Computer Programming", volume 3, algorithm R); the few neighbours that agree in these are compared.
 *
 * @param values none missing (NaN).
 * @example ascendingOrder(Float64Array.of(3, 1, 2)) // 1, 2, 0
 */
export function ascendingOrder(values: Float64Array): Uint32Array {
  const order = new Uint32Array(values.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  const compared = (a: number, b: number): number => values[a]! - values[b]! || a - b;
  if (values.length < fewValues) return order.sort(compared);
  const { places, keys } = byKeys(order, keysOf(values));
  for (let start = 0; start < places.length; ) {
    let end = start + 1;
    while (end < places.length && keys[end] === keys[start]) end++;
    if (end - start > fewNeighbours && !isOrdered(values, places, start, end)) {
      places.subarray(start, end).sort(compared);
    } else insertEach(values, places, start, end);
    start = end;
  }
  return places;
}

/** The upper halves of numbers, so that greater numbers have greater ones. */
function keysOf(values: Float64Array): Uint32Array {
  const keys = new Uint32Array(values.length);
  const float = new Float64Array(1);
  const words = new Int32Array(float.buffer);
  for (let i = 0; i < values.length; i++) {
    // Adding 0 makes -0 the same as 0.
    float[0] = values[i]! + 0;
    const high = words[1]!;
    keys[i] = high ^ ((high >> 31) | highest);
  }
  return keys;
}

interface Keyed {
  readonly places: Uint32Array;
  readonly keys: Uint32Array;
}

function byKeys(order: Uint32Array, first: Uint32Array): Keyed {
  let [places, otherPlaces] = [order, new Uint32Array(order.length) as Uint32Array];
  let [keys, otherKeys] = [first, new Uint32Array(order.length) as Uint32Array];
  for (let shift = 0; shift < 32; shift += digitBits) {
    const next = new Uint32Array(digits + 1);
    for (let i = 0; i < keys.length; i++) next[((keys[i]! >>> shift) & (digits - 1)) + 1]!++;
    // A digit that all share leaves the order as it is.
    if (next[((keys[0]! >>> shift) & (digits - 1)) + 1] === keys.length) continue;
    for (let digit = 1; digit < digits; digit++) next[digit]! += next[digit - 1]!;
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]!;
      const at = next[(key >>> shift) & (digits - 1)]!++;
      otherKeys[at] = key;
      otherPlaces[at] = places[i]!;
    }
    [places, otherPlaces] = [otherPlaces, places];
    [keys, otherKeys] = [otherKeys, keys];
  }
  return { places, keys };
}

function isOrdered(values: Float64Array, places: Uint32Array, start: number, end: number): boolean {
  for (let i = start + 1; i < end; i++) if (values[places[i]!]! < values[places[i - 1]!]!) return false;
  return true;
}

/** Moves each place before those of greater values; equal ones stay in order. */
function insertEach(values: Float64Array, places: Uint32Array, start: number, end: number): void {
  for (let i = start + 1; i < end; i++) {
    const place = places[i]!;
    const value = values[place]!;
    let at = i;
    for (; at > start && values[places[at - 1]!]! > value; at--) places[at] = places[at - 1]!;
    places[at] = place;
  }
}
