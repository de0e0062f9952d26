import { expect, test } from 'vitest';
import { rowUseWords } from './row-use.ts';

test.each([
  [
    { train: 398, validation: 0, test: 398, folds: [80, 80, 80, 79, 79] },
    '398 rows in 5 folds: each is predicted by a model that has not seen it',
  ],
  [
    { train: 1200, validation: 0, test: 599, folds: [200, 200, 199] },
    '599 rows in 3 folds: each is predicted by a model that has not seen it; 601 older rows only to train on',
  ],
  [
    { train: 1600, validation: 200, test: 200 },
    '1,600 to train on, 200 to choose by, 200 kept unseen for the test',
  ],
])('what %j rows are for, in words', (rows, words) => {
  expect(rowUseWords(rows)).toBe(words);
});
