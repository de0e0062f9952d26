/** Wall-clock time as an argument, so that nothing digested depends on it and tests are still. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** Waits; a test's clock returns at once and moves on. */
  sleep(milliseconds: number): Promise<void>;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/**
 * A clock that stands still at `start` and moves only by `sleep`.
 *
 * @internal for tests
 */
export function fixedClock(start: number): Clock {
  let time = start;
  return {
    now: () => time,
    sleep: async (milliseconds) => {
      time += milliseconds;
    },
  };
}
