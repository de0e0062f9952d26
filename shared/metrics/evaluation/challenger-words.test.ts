import { describe, expect, it } from 'vitest';
import { sampleRegression } from '../../report/testing/sample-evaluation.ts';
import { sampleChampion, sampleMetric } from '../../report/testing/sample-parts.ts';
import { challengerChange, challengerOutcome } from './challenger-outcome.ts';
import { notBetterWords } from './challenger-words.ts';
import type { Evaluation } from './evaluation.ts';

const judged = (confidence: number | null, over: Partial<Evaluation> = {}): Evaluation =>
  sampleRegression({
    metrics: [sampleMetric('rmse', 2.7, 0.8, { champion: sampleChampion(3, [0.3, 0.1, 0.5], 'lower') })],
    champion: {
      ...{ name: 'fuel@v1.2.0', rows: 79, comparable: true },
      better: { surely: false, confidence },
    },
    ...over,
  });

describe('a challenger', () => {
  it.each([
    ['better, sure enough and let pass', judged(0.8), 'better'],
    ['not clearly better, less sure', judged(0.79), 'not-clearly-better'],
    ['not clearly better, not even probably', judged(null), 'not-clearly-better'],
    ['held up by a gate', judged(0.9, { verdict: 'fail' }), 'gates-fail'],
    [
      'not comparable',
      judged(0.9, { champion: { name: 'fuel@v1.2.0', rows: 0, comparable: false, reason: 'another task' } }),
      'not-comparable',
    ],
  ] as const)('is %s', (_, evaluation, outcome) => {
    expect(challengerOutcome(evaluation, 0.8)).toBe(outcome);
  });

  it('changes the primary metric by a share of what it was, on the rows compared on', () => {
    expect(challengerChange(judged(0.9))).toBeCloseTo(-0.1, 12);
    const champion = { ...sampleChampion(3, [0.3, 0.1, 0.5], 'lower'), own: 2.4 };
    const metrics = [sampleMetric('rmse', 2.7, 0.8, { champion })];
    expect(challengerChange(judged(0.9, { metrics }))).toBeCloseTo(-0.2, 12);
    expect(challengerChange(judged(0.9, { metrics: [sampleMetric('rmse', 2.7, 0.8)] }))).toBeNull();
  });
});

describe('challengers that were not better', () => {
  const unclear = (change: number | null) => ({ outcome: 'not-clearly-better' as const, change });

  it('are counted, with the changes', () => {
    expect(notBetterWords([unclear(-0.007)])).toEqual(['1 challenger was not clearly better (−0.7%)']);
    expect(notBetterWords([unclear(-0.007), unclear(-0.14), unclear(-0.011)], { after: true })).toEqual([
      '3 were not clearly better (−0.7%, −14%, −1.1%)',
    ]);
    expect(notBetterWords([unclear(null)])).toEqual(['1 challenger was not clearly better']);
  });

  it('are told apart by why', () => {
    expect(
      notBetterWords([
        unclear(-0.01),
        { outcome: 'gates-fail', change: -0.2 },
        { outcome: 'not-comparable', change: null },
        { outcome: 'better', change: -0.3 },
      ]),
    ).toEqual([
      '1 challenger was not clearly better (−1%)',
      '1 was better (−20%) but failed a gate',
      '1 was not comparable with the model in production',
    ]);
  });
});
