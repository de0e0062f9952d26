import { describe, expect, test } from 'vitest';
import { judgedRowWord, lastTraining, otherChoices } from './judged-rows.ts';

const fold = (chosen: string) => ({
  ...{ chosen, bestEpoch: 1, validation: 1, metric: 'rmse' },
  rows: { train: 6, validation: 2, predicted: 2 },
});

describe('the rows by which candidates were compared', () => {
  test('are called validation rows, or out-of-fold rows where there are folds', () => {
    expect(judgedRowWord({})).toBe('validation row');
    expect(judgedRowWord({ folds: [fold('linear')] })).toBe('out-of-fold row');
  });

  test('are told where a fold’s choice is another than that of all rows', () => {
    const folds = ['trees', 'linear', 'trees'].map(fold);
    expect(otherChoices({ folds, chosen: 'trees' })).toBe(
      'without its own rows 1 fold of 3 chooses otherwise (linear), and the rows there are judged by that choice',
    );
    expect(otherChoices({ folds, chosen: 'linear' })).toMatch(
      /^without its own rows 2 folds of 3 choose otherwise/,
    );
    expect(otherChoices({ folds: [fold('trees')], chosen: 'trees' })).toBeUndefined();
    expect(otherChoices({ chosen: 'trees' })).toBeUndefined();
  });

  test('are told apart from those that the last training learned from', () => {
    const engine = { name: 'ciclo', version: '1', backend: 'kernel', reproducible: true } as const;
    const rows = { train: 80, validation: 100 };
    expect(lastTraining({ engine, rows })).toBe('trained on all 80 rows');
    expect(lastTraining({ engine: { ...engine, name: 'command', backend: 'onnxruntime' }, rows })).toBe(
      'trained on the 80 rows that are not in the first fold, whose rows its model was checked by',
    );
    expect(
      lastTraining({ engine: { ...engine, name: 'command', backend: 'predictions' }, rows }),
    ).toBeUndefined();
  });
});
