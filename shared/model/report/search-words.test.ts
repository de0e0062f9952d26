import { expect, test } from 'vitest';
import type { SearchReport } from './search-report.ts';
import { searchHead, searchRows, searchWords, settingRows } from './search-words.ts';

const search: SearchReport = {
  ...{ trials: 6, trainings: 11, loss: 'squared error', score: 2.61, without: 2.7 },
  candidates: [
    { name: 'linear', type: 'linear', settings: [], deployed: 0, byFold: [0, 0, 0, 0, 0] },
    {
      ...{ name: 'trees', type: 'boosted-trees', deployed: 2, byFold: [2, 2, 1, 2, 0] },
      settings: [
        { options: { leaves: 7, 'learning-rate': 0.0312 }, rungs: 1, loss: 3, own: 2.5 },
        { options: { leaves: 15, 'learning-rate': 0.1 }, rungs: 5, loss: 2.375, own: 2.5 },
        { options: { layers: [64, 32], encoding: 'plain' }, rungs: 1 },
      ],
    },
  ],
};

test('a search is told by what it tried, and by what the model scores with it and without', () => {
  expect(searchWords(search, { metric: 'rmse' })).toBe(
    '6 settings were tried in 11 trainings: rmse 2.61, and 2.7 with every candidate as it is declared',
  );
  expect(searchWords({ ...search, trials: 1, trainings: 1, without: 2.61 }, { metric: 'rmse' })).toBe(
    '1 setting was tried in 1 training: rmse 2.61, as with every candidate as it is declared',
  );
});

test('its table has what was kept of each candidate, how many folds agree, and what it costs beside its own', () => {
  expect(searchHead(search)[4]).toBe('rmse, own → kept');
  expect(searchRows(search)).toEqual([
    ['linear', '0', 'its own', '5 of 5', '–'],
    ['trees', '3', 'leaves: 15, learning-rate: 0.1', '3 of 5', '2.5 → 2.375 (−5%)'],
  ]);
});

test('every setting is told as ciclo.yml would have it, one that diverged too', () => {
  expect(settingRows(search.candidates[1]!)).toEqual([
    ['leaves: 7, learning-rate: 0.0312', '1', '2.5 → 3 (+20%)'],
    ['leaves: 15, learning-rate: 0.1 (kept)', '5', '2.5 → 2.375 (−5%)'],
    ['layers: [64, 32], encoding: plain', '1', 'diverged'],
  ]);
});
