import { expect, test } from 'vitest';
import { candidateSchema } from '../../config/sections/candidates/candidate.ts';
import { silentLogger } from '../../platform/logger.ts';
import { foldedHouses } from '../testing/folded-houses.ts';
import { commonWeights } from './candidates/class-weights.ts';
import { trainFolds } from './train-folds.ts';

const codes = Int32Array.from([0, 0, 0, 1]);
const targets = { kind: 'classes', codes, classes: ['no', 'yes'] } as const;
const weighing = (...weights: unknown[]) =>
  weights.map((own) => ({
    options: candidateSchema.parse({
      type: 'linear',
      ...(own === undefined ? {} : { 'class-weights': own }),
    }),
  }));

test('rows count for a blend as in the losses of its parts, where these weigh classes alike', () => {
  const weightsOf = (...weights: unknown[]) =>
    commonWeights(weighing(...weights), targets, { classes: ['no', 'yes'] });
  // scikit-learn's balanced: n / (classes × count).
  expect(weightsOf('balanced', 'balanced')).toEqual(Float64Array.from([4 / 6, 4 / 6, 4 / 6, 2]));
  expect(weightsOf({ yes: 3 }, { yes: 3 })).toEqual(Float64Array.from([1, 1, 1, 3]));
  expect(weightsOf('balanced', 'none')).toBeUndefined();
  expect(weightsOf('none', undefined)).toBeUndefined();
  const command = { options: candidateSchema.parse({ type: 'command', run: 'x' }) };
  expect(
    commonWeights([...weighing('balanced'), command], targets, { classes: ['no', 'yes'] }),
  ).toBeDefined();
  const numbers = { kind: 'numbers', values: new Float64Array(4) } as const;
  expect(commonWeights(weighing('balanced'), numbers, {})).toBeUndefined();
});

test.each([
  ['recall', 'eager'],
  ['log-loss', 'blend'],
] as const)('by %s what is deployed is %s', async (primary, chosen) => {
  // One in six is dear: only the part that is told to care finds most of them, and a blend of least log-loss hardly asks it.
  const candidates = [
    { type: 'linear' },
    { type: 'linear', name: 'eager', 'class-weights': { cheap: 1, medium: 40 } },
  ] as const;
  const input = foldedHouses({
    ...{ task: 'binary', rows: 240, candidates, validate: { primary } },
    train: { blend: true, importance: 'off' },
  });
  const { report } = await trainFolds(input, { logger: silentLogger });
  expect(report.chosen).toBe(chosen);
  expect(report.note ?? '').toMatch(
    chosen === 'eager' ? /^eager alone is better by recall than the blend of the candidates: / : /^$/,
  );
});
