import { describe, expect, it } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import { looksOf, looksWords, luckyWinnerChance, withModel } from './looks.ts';

describe('the chance of a lucky winner', () => {
  // scipy.integrate.quad of φ(t) Φ(√2 z − t)^k; of k = 3 scipy.stats.multivariate_normal says the same to 1e-9.
  it.each([
    [1, 0.025],
    [2, 0.04537771765737364],
    [3, 0.06273514054350016],
    [10, 0.14366712239226198],
    [37, 0.27929179305043883],
    [1000, 0.6700050414101301],
  ])('of %d models', (k, chance) => {
    expect(luckyWinnerChance(k)).toBeCloseTo(chance, 8);
  });

  it('is about what happens to models whose errors are of one size, whatever they share', () => {
    const random = createRandom('winners');
    const [repeats, rows, models] = [400, 60, 10];
    let won = 0;
    for (let i = 0; i < repeats; i++) {
      const shared = Float64Array.from({ length: rows }, () => random.normal());
      const errors = () => shared.map((part) => (0.7 * part + 0.5 * random.normal()) ** 2);
      const champion = errors();
      const isSure = () => {
        const challenger = errors();
        const gains = champion.map((error, row) => error - challenger[row]!);
        const mean = gains.reduce((sum, gain) => sum + gain, 0) / rows;
        const spread = Math.sqrt(gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / (rows - 1));
        return mean / (spread / Math.sqrt(rows)) > 1.96;
      };
      if (Array.from({ length: models }, isSure).some(Boolean)) won++;
    }
    // 0.144, and three standard errors of a share of 400.
    expect(Math.abs(won / repeats - 0.144)).toBeLessThan(0.055);
  });
});

describe('looks at the test rows', () => {
  it('are counted by model, from all that is known, and anew once rows came', () => {
    const first = withModel(undefined, { rows: 'r1', model: 'a' });
    const second = withModel(first, { rows: 'r1', model: 'b' });
    expect(withModel(second, { rows: 'r1', model: 'a' }).models).toEqual(['a', 'b']);
    expect(withModel(second, { rows: 'r2', model: 'c' })).toEqual({ rows: 'r2', models: ['c'] });
    const runs = { rows: 'r1', models: ['b', 'c', 'd'] };
    expect(looksOf(second, runs)).toMatchObject({ models: 4, versions: 2, runs: 3 });
  });

  it('are said with what was counted, and not of a single one', () => {
    expect(looksWords(looksOf({ rows: 'r', models: ['a'] }, { rows: 'r', models: ['a'] }))).toBeUndefined();
    const models = Array.from({ length: 36 }, (_, i) => `m${i}`);
    expect(looksWords(looksOf({ rows: 'r', models: ['v', 'm0'] }, { rows: 'r', models }))).toBe(
      'Judged 37 times: these rows have judged so many models since rows last came (counted: 1 earlier version in production, 36 models in this run directory). Chance of a lucky winner, were all as good as the champion: 28%.',
    );
  });
});
