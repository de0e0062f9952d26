import { createRandom } from '../../platform/random.ts';

const extremes = [0, 5e-324, -5e-324, 1, -1, Number.MAX_VALUE, -Number.MAX_VALUE, Infinity, -Infinity];
export const numberKinds = ['normal', 'positive', 'negative', 'whole', 'any bits'] as const;

/** Numbers of a kind, hard to sort among them; no NaN and no -0. */
export function drawnNumbers(kind: (typeof numberKinds)[number], rows: number, seed: number): Float64Array {
  const random = createRandom(seed);
  const words = new Uint32Array(2);
  const bits = new Float64Array(words.buffer);
  return Float64Array.from({ length: rows }, (_, i) => {
    if (kind === 'any bits') {
      words[0] = random.uint32();
      words[1] = random.uint32();
      return Number.isNaN(bits[0]!) ? 0 : bits[0]! + 0;
    }
    if (i < extremes.length && kind === 'normal') return extremes[i]!;
    if (kind === 'normal') return random.normal();
    if (kind === 'whole') return random.integer(500) - 250;
    return (kind === 'negative' ? -1 : 1) * Math.exp(random.normal() * 50);
  });
}
