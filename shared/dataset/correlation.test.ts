import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { pearsonCorrelation, rankCorrelation } from './correlation.ts';

const fixture = z
  .object({
    cases: z.array(
      z.object({ a: z.array(z.number()), b: z.array(z.number()), pearson: z.number(), spearman: z.number() }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL('fixtures/correlation.json', import.meta.url), 'utf8')));

describe('correlation', () => {
  it.each(fixture.cases.map((entry, i) => [i, entry] as const))("is scipy's in case %i", (_, entry) => {
    const [a, b] = [Float64Array.from(entry.a), Float64Array.from(entry.b)];
    expect(pearsonCorrelation(a, b)).toBeCloseTo(entry.pearson, 9);
    expect(rankCorrelation(a, b)).toBeCloseTo(entry.spearman, 9);
  });

  it('leaves rows out in which a value is missing, and is 0 when one is constant', () => {
    const a = Float64Array.of(1, 2, Number.NaN, 4, 5);
    expect(pearsonCorrelation(a, Float64Array.of(2, 4, 1, 8, 10))).toBeCloseTo(1, 12);
    expect(rankCorrelation(a, Float64Array.of(1, 4, Number.NaN, 16, 25))).toBeCloseTo(1, 12);
    expect(pearsonCorrelation(a, new Float64Array(5))).toBe(0);
    expect(rankCorrelation(new Float64Array(0), new Float64Array(0))).toBe(0);
  });
});
