import { expect, test } from 'vitest';
import type { Structure } from '../structural/structural-test.ts';
import { judgeStructure } from './structural-family.ts';

const missing = (p?: number): Structure => ({
  tested: ['missing'],
  seen: p === undefined ? [] : [{ change: 'missing', p, words: 'x is missing' }],
});

test('a change is judged at its share of the level: of its kind, and of the columns in which it is looked for', () => {
  // Missing values of two columns and nothing else: each has half of the level.
  const [first, second] = judgeStructure([missing(0.0049), missing(0.0051)], 0.01);
  expect(first).toEqual([
    { change: 'missing', p: 0.0049, 'adjusted-p': 0.0098, drifted: true, words: 'x is missing' },
  ]);
  expect(second![0]).toMatchObject({ 'adjusted-p': 0.0102, drifted: false });
});

test('kinds that are looked for share the level by their parts, whatever was seen', () => {
  // Missing values have four parts of five beside one of a constant.
  const judged = judgeStructure([{ ...missing(0.001), tested: ['missing', 'constant'] }], 0.01);
  expect(judged[0]![0]!['adjusted-p']).toBeCloseTo(0.00125, 15);
});

test('the levels of all tests add up to the whole level', () => {
  const structure: Structure = {
    tested: ['unit', 'constant', 'apart', 'missing', 'new-categories'],
    seen: (['unit', 'constant', 'apart', 'missing', 'new-categories'] as const).map((change) => ({
      change,
      p: 0.0001,
      words: change,
    })),
  };
  const all = judgeStructure([structure, structure, structure], 0.01).flat();
  const levels = all.map(({ p, 'adjusted-p': adjusted }) => (0.01 * p) / adjusted);
  expect(levels.reduce((sum, level) => sum + level, 0)).toBeCloseTo(0.01, 15);
});
