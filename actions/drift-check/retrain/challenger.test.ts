import { describe, expect, it } from 'vitest';
import { retrainSchema } from '../../../shared/config/sections/retrain-section.ts';
import type { Evaluation } from '../../../shared/metrics/evaluation/evaluation.ts';
import { sampleRegression } from '../../../shared/report/testing/sample-evaluation.ts';
import { isBetter } from './challenger.ts';

const champion = { name: 'fuel@v1.2.0', rows: 79, comparable: true };
const evaluation = (
  better: NonNullable<Evaluation['champion']>['better'],
  verdict: Evaluation['verdict'] = 'warn',
) => sampleRegression({ verdict, champion: { ...champion, ...(better ? { better } : {}) } });

describe('a challenger is better', () => {
  const { confidence } = retrainSchema.parse({});

  it.each([
    [0.8, 'warn', true],
    [0.93, 'pass', true],
    [0.79, 'pass', false],
    [null, 'pass', false],
    [0.999, 'fail', false],
  ] as const)('with a one-sided confidence of %s and the verdict %s: %s', (reached, verdict, expected) => {
    expect(isBetter(evaluation({ surely: false, confidence: reached }, verdict), confidence)).toBe(expected);
  });

  it('as sure as retrain.confidence asks', () => {
    const one = evaluation({ surely: false, confidence: 0.9 });
    expect(isBetter(one, retrainSchema.parse({ confidence: '95%' }).confidence)).toBe(false);
    expect(isBetter(one, retrainSchema.parse({ confidence: '60%' }).confidence)).toBe(true);
  });

  it('never, where it could not be compared', () => {
    expect(isBetter(evaluation(undefined), confidence)).toBe(false);
  });
});
