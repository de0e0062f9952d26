import { expect, test } from 'vitest';
import { sampleBinary } from '../report/testing/sample-classifiers.ts';
import { sampleRegression } from '../report/testing/sample-evaluation.ts';
import { answerUncertainty } from './answer-uncertainty.ts';

const intervals = [
  { level: 0.5, halfWidth: 1.5 },
  { level: 0.95, halfWidth: null },
];

test('a site shows the half-widths that the evaluation measured, and publishes no errors of test rows', () => {
  const spread = { mean: 1, deviation: 0.5 };
  const errors = [{ from: 0, to: 1, rows: 9, absolute: spread, squared: spread }];
  const evaluation = { ...sampleRegression(), uncertainty: { rows: 9, intervals, errors } };
  expect(answerUncertainty(evaluation)).toEqual({ uncertainty: { rows: 9, intervals } });
});

test('a classifier has none: its probabilities say it', () => {
  expect(answerUncertainty(sampleBinary())).toEqual({});
});
