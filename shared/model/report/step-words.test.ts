import { expect, test } from 'vitest';
import { sampleCandidate } from '../../report/testing/sample-parts.ts';
import { countedSteps, stepWordOf, stepWordsOf } from './step-words.ts';

test.each([
  ['boosted-trees', {}, 'round'],
  ['linear', { solver: 'newton' }, 'step'],
  ['linear', { solver: 'newton', l2: 'auto' }, 'penalty'],
  ['linear', { solver: 'adam', l2: 'auto' }, 'epoch'],
  ['neural-network', {}, 'epoch'],
] as const)('what a %s with %j advances by is called a %s', (type, options, word) => {
  expect(stepWordOf({ type, options })).toBe(word);
});

test('the words of several candidates are each given once', () => {
  const shape = { epochs: 2, best: 1, floor: 0.1, validation: 1 };
  const one = (type: string) => sampleCandidate(type, shape, { type });
  expect(stepWordsOf([one('boosted-trees'), one('neural-network'), one('boosted-trees')])).toEqual([
    'epoch',
    'round',
  ]);
});

test('several penalties are counted as such', () => {
  const options = { solver: 'newton', l2: 'auto' };
  expect(countedSteps({ type: 'linear', options, epochs: 20 })).toBe('20 penalties');
  expect(countedSteps({ type: 'linear', options, epochs: 1 })).toBe('1 penalty');
  expect(countedSteps({ type: 'boosted-trees', options: {}, epochs: 2 })).toBe('2 rounds');
});
