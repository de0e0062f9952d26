/** Where a computation over many rows takes its arrays from. */
export interface Memory {
  /** An array for a purpose, whatever is in it; it is the caller's until it asks for the same purpose again. */
  floats(purpose: string, length: number): Float64Array;
}

/** New memory each time. */
export const freshMemory: Memory = { floats: (_, length) => new Float64Array(length) };

/**
 * Memory that is used again and again: of many columns of as many rows each would otherwise leave some megabytes behind,
 * and collecting them takes longer than filling them.
 */
export function reusedMemory(): Memory {
  const held = new Map<string, Float64Array>();
  return {
    floats(purpose, length) {
      const own = held.get(purpose);
      if (own && own.length >= length) return own.subarray(0, length);
      const larger = new Float64Array(length);
      held.set(purpose, larger);
      return larger;
    },
  };
}

/** Memory in which the same purposes of two users do not meet. */
export function memoryFor(user: string, memory: Memory): Memory {
  return { floats: (purpose, length) => memory.floats(`${user}/${purpose}`, length) };
}
