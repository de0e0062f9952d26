import { expect, test } from 'vitest';
import { blendOrPart, blendRows, blendSummary, blendWords, isOnePart } from './blend-words.ts';
import type { BlendPartReport } from './training-report.ts';

const part = (
  name: string,
  type: string,
  weight: number,
  more: Partial<BlendPartReport> = {},
): BlendPartReport => ({
  ...{ name, type, weight, score: 3, without: 2.5, members: 5, bytes: 120_000, work: 4000, ...more },
});

test('a blend is named by its parts, the heaviest first, without those that have no weight', () => {
  const parts = [
    part('linear', 'linear', 0.081),
    part('trees', 'boosted-trees', 0.62),
    part('net', 'neural-network', 0.299),
    part('poor', 'linear', 0),
  ];
  expect(blendWords({ parts })).toBe('boosted trees 62%, a neural network 30% and a linear model 8%');
  expect(isOnePart({ parts })).toBe(false);
  expect(blendOrPart({ parts })).toMatch(/^a blend of boosted trees 62%/);
});

test('where one part is left nothing is called a blend', () => {
  const parts = [part('poor', 'linear', 0), part('trees', 'boosted-trees', 1)];
  expect(isOnePart({ parts })).toBe(true);
  expect(blendWords({ parts })).toBe('boosted trees');
  expect(blendOrPart({ parts })).toBe('boosted trees: the other candidates add nothing to it');
  const blend = { score: 2.25, bytes: 1_234_567, work: 4000, parts };
  expect(blendSummary(blend, { metric: 'rmse', folds: [] })).toMatch(/^The model scores rmse 2\.25 /);
});

test('parts of one kind are told apart: by what they learn, else by their names', () => {
  const parts = [
    part('trees', 'boosted-trees', 0.5),
    part('trees-log', 'boosted-trees', 0.3, { target: 'log1p' }),
    part('wide', 'neural-network', 0.196),
    part('deep', 'neural-network', 0.004),
  ];
  expect(blendWords({ parts })).toBe(
    'boosted trees 50%, boosted trees of the log target 30%, a neural network (wide) 20% and a neural network (deep) under 1%',
  );
});

test('its table has what each scores, and what the blend would score without it', () => {
  const parts = [part('poor', 'linear', 0, { members: 0, bytes: 0 }), part('trees', 'boosted-trees', 1)];
  const blend = { score: 2.25, bytes: 1_234_567, work: 4000, parts };
  expect(blendRows(blend)).toEqual([
    ['trees', '100%', '3', '2.5', '5', '120 KB'],
    ['poor', '0%', '3', '2.5', '–', '–'],
  ]);
  expect(blendSummary(blend, { metric: 'rmse', folds: [] })).toBe(
    'The model scores rmse 2.25 on rows that neither its models nor its weights have seen: 5 models, 1.2 MB; one prediction costs 4,000 multiplications.',
  );
});

test('a blend without folds is judged on rows that ended the training of its models, and says so', () => {
  const blend = { score: 2.25, parts: [part('trees', 'boosted-trees', 1)], bytes: 120_000, work: 4000 };
  expect(blendSummary(blend, { metric: 'rmse' })).toMatch(
    /^The model scores rmse 2\.25 on the validation rows, which said when to end the training of its models, each by weights found on others of them: /,
  );
});
