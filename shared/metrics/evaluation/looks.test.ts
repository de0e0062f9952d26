import { describe, expect, it } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import {
  looksOf,
  looksOfEvaluation,
  looksWords,
  luckyWinnerChance,
  pullRequestLimits,
  shortDigest,
  withModel,
  withModelInPullRequest,
} from './looks.ts';

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
    expect(looksOf({ versions: second, runs })).toMatchObject({ models: 4, versions: 2, runs: 3 });
  });

  it('are said with what was counted, and not of a single one', () => {
    const single = { rows: 'r', models: ['a'] };
    expect(looksWords(looksOf({ versions: single, runs: single }))).toBeUndefined();
    expect(looksWords(looksOfEvaluation({ judged: single })!)).toBeUndefined();
    const models = Array.from({ length: 36 }, (_, i) => `m${i}`);
    expect(
      looksWords(looksOf({ versions: { rows: 'r', models: ['v', 'm0'] }, runs: { rows: 'r', models } })),
    ).toBe(
      'Test rows reused: they have evaluated 37 models since new rows last arrived (counted: 1 earlier version in production, 36 models in this run directory). If all were only as good as the champion, the chance that one looks better by luck is 28%.',
    );
  });
});

describe('looks in a pull request', () => {
  const judged = (models: readonly string[], rows = 'r') =>
    models.reduce<ReturnType<typeof withModelInPullRequest>[]>(
      (before, model) => [withModelInPullRequest(before, { rows, model })],
      [],
    )[0]!;

  it('are counted by model, and anew once rows came', () => {
    const twice = judged(['a', 'b', 'a']);
    expect(twice).toEqual({ rows: shortDigest('r'), models: ['a', 'b'].map(shortDigest), unlisted: 0 });
    expect(withModelInPullRequest([twice], { rows: 'other', model: 'a' })).toEqual(judged(['a'], 'other'));
  });

  it('of several comments are counted together', () => {
    const both = withModelInPullRequest([judged(['a', 'b']), judged(['b', 'c']), judged(['x'], 'old')], {
      rows: 'r',
      model: 'c',
    });
    expect(both.models).toEqual(['a', 'b', 'c'].map(shortDigest));
  });

  it('are a count where the list is full, which keeps the newest', () => {
    const models = Array.from({ length: 503 }, (_, i) => `m${i}`);
    const full = judged(models);
    expect(full.models).toHaveLength(500);
    expect(full.models.at(-1)).toBe(shortDigest('m502'));
    expect(full.unlisted).toBe(3);
    const versions = { rows: 'r', models: ['m502'] };
    expect(looksOf({ versions, pullRequest: full })).toMatchObject({ models: 503, pullRequest: 503 });
    expect(judged([...models, 'm502'])).toEqual(full);
    const most = { ...full, unlisted: pullRequestLimits.unlisted };
    expect(withModelInPullRequest([most], { rows: 'r', model: 'new' }).unlisted).toBe(1_000_000);
  });

  it('are one with the versions before, and it is said what is not counted', () => {
    const versions = { rows: 'r', models: ['v', 'a'] };
    const looks = looksOf({ versions, runs: { rows: 'r', models: ['a'] }, pullRequest: judged(['a', 'b']) });
    expect(looks).toMatchObject({ models: 3, versions: 2, runs: 1, pullRequest: 2 });
    // 6.3%: scipy's value for three models, above.
    expect(looksWords(looks)).toBe(
      'Test rows reused: they have evaluated 3 models since new rows last arrived (counted: 1 earlier version in production, 2 models in this pull request; not counted: models tried elsewhere). If all were only as good as the champion, the chance that one looks better by luck is 6.3%.',
    );
    expect(looksWords(looksOf({ versions: { rows: 'r', models: ['a'] }, pullRequest: judged(['a']) }))).toBe(
      undefined,
    );
  });

  it('know a digest by its first digits, not to be taken for a commit', () => {
    const digest = `sha256:c1814e730539${'0'.repeat(52)}`;
    expect(shortDigest(digest)).toBe('xc1814e730539');
    // printf 'no digest -->' | sha256sum
    expect(shortDigest('no digest -->')).toBe('x65fc8358daf7');
  });
});
