import { describe, expect, test } from 'vitest';
import { finishHash, mixWord } from './hash.ts';
import { createRandom } from './random.ts';

describe('hashing', () => {
  test("agrees with MurmurHash3's published vectors", () => {
    expect(finishHash(1)).toBe(0x514e28b7); // "" with seed 1
    expect(finishHash(mixWord(0, 0x74736574) ^ 4)).toBe(0xba6bd213); // "test" with seed 0
  });
});

describe('seeded random', () => {
  test('gives the same stream for the same seed, another for another', () => {
    const draws = (seed: number | string) => {
      const random = createRandom(seed);
      return Array.from({ length: 20 }, () => random.uint32());
    };
    expect(draws(42)).toEqual(draws(42));
    expect(draws(42)).not.toEqual(draws(43));
    expect(createRandom(42).fork('a').uint32()).not.toBe(createRandom(42).fork('b').uint32());
  });

  test('fills an array with the draws that it would make one by one, and goes on after them', () => {
    const [one, other] = [createRandom('fill'), createRandom('fill')];
    const words = new Uint32Array(1000);
    one.fill(words);
    expect(words).toEqual(Uint32Array.from(words, () => other.uint32()));
    expect(one.uint32()).toBe(other.uint32());
  });

  test('a fork does not depend on what was drawn before', () => {
    const random = createRandom(1);
    const early = random.fork('x').uint32();
    random.next();
    expect(random.fork('x').uint32()).toBe(early);
  });

  test('is uniform: chi-squared over 100 cells of 100,000 draws stays under the 99.9 % point, 148.23', () => {
    const random = createRandom(7);
    const cells = new Float64Array(100);
    for (let i = 0; i < 100_000; i++) cells[random.integer(100)]!++;
    const chiSquared = cells.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chiSquared).toBeLessThan(148.23);
  });

  test('draws normals with mean 0, variance 1, fourth moment 3', () => {
    const random = createRandom(11);
    const n = 200_000;
    let mean = 0;
    let second = 0;
    let fourth = 0;
    for (let i = 0; i < n; i++) {
      const z = random.normal();
      mean += z / n;
      second += (z * z) / n;
      fourth += z ** 4 / n;
    }
    // Four standard errors: 1/√n, √(2/n), √(96/n).
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(n));
    expect(Math.abs(second - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
    expect(Math.abs(fourth - 3)).toBeLessThan(4 * Math.sqrt(96 / n));
  });

  test('shuffles every order of three with equal frequency', () => {
    const random = createRandom(3);
    const counts = new Map<string, number>();
    for (let i = 0; i < 60_000; i++) {
      const order = random.shuffle([0, 1, 2]).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    const chiSquared = [...counts.values()].reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquared).toBeLessThan(20.52); // 99.9 % point, 5 degrees of freedom
  });

  test('refuses a range it cannot draw from', () => {
    expect(() => createRandom(1).integer(0)).toThrow('random integer below 0: use 1 to 2^32');
  });
});
