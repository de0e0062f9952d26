import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import { type ByteCoder, ByteReader, ByteWriter } from './byte-coder.ts';

interface Step {
  /** Of a likely byte; undefined for a plain one. */
  readonly context: number | undefined;
  readonly byte: number;
}

function code(coder: ByteCoder, steps: readonly Step[]): number[] {
  return steps.map(({ context, byte }) =>
    context === undefined ? coder.plain(byte) : coder.likely(context, byte),
  );
}

function packed(steps: readonly Step[]): Uint8Array {
  const writer = new ByteWriter();
  code(writer, steps);
  return writer.bytes();
}

/** What is read back knows the order and the contexts, and not the bytes. */
function readBack(bytes: Uint8Array, steps: readonly Step[]): number[] {
  return code(
    new ByteReader(bytes),
    steps.map((step) => ({ ...step, byte: 0 })),
  );
}

const step: fc.Arbitrary<Step> = fc.record({
  context: fc.oneof(fc.constant(undefined), fc.integer({ min: 0, max: 3 })),
  byte: fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0, 1, 254, 255)),
});

describe('bytes that are written', () => {
  test('are read back, whatever their order, kinds and contexts', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400, size: 'max' }), (steps) => {
        expect(readBack(packed(steps), steps)).toEqual(steps.map(({ byte }) => byte));
      }),
      { numRuns: 500 },
    );
  });

  test('are read back after long runs, through which a carry goes', () => {
    const random = createRandom(1);
    for (let round = 0; round < 50; round++) {
      const share = random.next() ** 3;
      const steps = Array.from({ length: 5000 }, (): Step => {
        return { context: 0, byte: random.next() < share ? random.integer(256) : 255 };
      });
      expect(readBack(packed(steps), steps)).toEqual(steps.map(({ byte }) => byte));
    }
  });

  test.each([
    ['two values, as often', [0.5, 0.5]],
    ['one value nearly always', [0.99, 0.01]],
    ['eight values, each half as often as the one before', [1, 2, 3, 4, 5, 6, 7, 7].map((n) => 2 ** -n)],
  ])('take as many bits as their entropy has: %s', (_, shares) => {
    const random = createRandom(2);
    const count = 100_000;
    const drawn = Array.from({ length: count }, () => {
      let left = random.next();
      const at = shares.findIndex((share) => {
        left -= share;
        return left < 0;
      });
      return at < 0 ? 0 : at;
    });
    const counts = shares.map((_share, value) => drawn.filter((one) => one === value).length);
    // Shannon (1948): the shortest that a code of these frequencies can be on average.
    const bits = counts.reduce((sum, n) => sum - n * Math.log2(n / count), 0);
    const size = packed(drawn.map((value) => ({ context: 0, byte: 37 * value }))).byteLength;
    expect(size).toBeGreaterThan(bits / 8);
    // A chance that follows what comes is never quite the true one, and none is above 2017/2048.
    const surest = 8 * Math.log2(2048 / 2017) * count;
    expect(size).toBeLessThan((1.05 * bits + surest) / 8);
  });

  test('take a byte each where nothing is known of them, and four for their count', () => {
    const steps = Array.from({ length: 1000 }, (_, i): Step => ({ context: undefined, byte: i % 256 }));
    expect(packed(steps).byteLength).toBeLessThanOrEqual(1000 + 4 + 5);
  });

  test('are the same whenever they are written', () => {
    const steps = Array.from({ length: 300 }, (_, i): Step => ({ context: i % 2, byte: (i * i) % 256 }));
    expect(packed(steps)).toEqual(packed(steps));
  });
});

test('bytes that are missing are told, and not made up', () => {
  const steps = Array.from(
    { length: 2000 },
    (_, i): Step => ({
      context: i % 3 === 0 ? undefined : 1,
      byte: (i * i * 7) % 256,
    }),
  );
  const bytes = packed(steps);
  for (const length of [4, 100, bytes.length - 6]) {
    expect(() => readBack(bytes.subarray(0, length), steps), String(length)).toThrow(RangeError);
  }
  expect(() => readBack(bytes, [...steps, { context: undefined, byte: 0 }])).toThrow('no plain byte left');
});
