import { describe, expect, test } from 'vitest';
import type { DatasetSchema } from '../../../dataset/schema/schema.ts';
import { createRandom } from '../../../platform/random.ts';
import type { PredictedColumns } from '../../predictor/predictions.ts';
import { chooseOutOfFold } from './fold-choice.ts';
import { candidateContender } from './fold-contenders.ts';

const numeric: DatasetSchema = { version: 1, task: 'regression', target: 'y', key: ['id'], columns: [] };
const numbers = (...predicted: number[]): PredictedColumns => ({
  task: 'regression',
  predicted: Float64Array.from(predicted),
});
const targets = (...values: number[]) => ({ kind: 'numbers', values: Float64Array.from(values) }) as const;

describe('the choice among candidates in folds', () => {
  test('for a fold goes by the other folds, and for the deployed model by all', () => {
    // The first is right but for fold 1, where it is far out; the second is a little wrong everywhere.
    const first = numbers(9, 9, 0, 0, 0, 0);
    const second = numbers(1, 1, 1, 1, 1, 1);
    const { deployed, byFold } = chooseOutOfFold(
      [first, second].map((one) => candidateContender(one)),
      {
        ...{ schema: numeric, targets: targets(0, 0, 0, 0, 0, 0), metric: 'rmse', declared: undefined },
        ...{ folds: Uint8Array.of(0, 0, 1, 1, 2, 2), count: 3 },
      },
    );
    expect(deployed).toMatchObject({ best: 1, metric: 'rmse', warning: undefined });
    // √(2 · 81 / 6)
    expect(deployed.scores).toEqual([expect.closeTo(5.196152, 6), 1]);
    expect(byFold.map(({ best }) => best)).toEqual([0, 1, 1]);
    expect(byFold[0]!.scores).toEqual([0, 1]);
  });

  test('does not make noise look better than noise', () => {
    const [rows, count, candidates, repeats] = [100, 5, 30, 100];
    const folds = Uint8Array.from({ length: rows }, (_, row) => row % count);
    const random = createRandom('noise');
    const noise = () => Array.from({ length: rows }, () => random.normal());
    let honest = 0;
    let chosenBySelf = 0;
    for (let repeat = 0; repeat < repeats; repeat++) {
      const actual = noise();
      const contenders = Array.from({ length: candidates }, () => numbers(...noise()));
      const { deployed, byFold } = chooseOutOfFold(
        contenders.map((one) => candidateContender(one)),
        {
          ...{
            schema: numeric,
            targets: targets(...actual),
            folds,
            count,
            metric: 'rmse',
            declared: undefined,
          },
        },
      );
      chosenBySelf += deployed.scores[deployed.best]! ** 2 / repeats;
      for (const [row, value] of actual.entries()) {
        const { predicted } = contenders[byFold[folds[row]!]!.best]!;
        honest += (predicted[row]! - value) ** 2 / rows / repeats;
      }
    }
    // The mean square of a difference of two independent standard normal numbers is 2; of 10,000 such its error is 0.03.
    expect(honest).toBeGreaterThan(1.91);
    expect(honest).toBeLessThan(2.09);
    expect(chosenBySelf).toBeLessThan(1.6);
  });

  const binary: DatasetSchema = {
    ...{ version: 1, task: 'binary', target: 'y', key: ['id'], columns: [] },
    classes: ['no', 'yes'],
    positive: 'yes',
  };
  const chances = (...ofYes: number[]): PredictedColumns => ({
    ...{ task: 'binary', classes: ['no', 'yes'], positive: 'yes' },
    predicted: Int32Array.from(ofYes, (chance) => Number(chance > 0.5)),
    probabilities: Float64Array.from(ofYes.flatMap((chance) => [1 - chance, chance])),
  });
  const labels = (...codes: number[]) =>
    ({ kind: 'classes', codes: Int32Array.from(codes), classes: ['no', 'yes'] }) as const;
  const question = {
    ...{ schema: binary, folds: Uint8Array.of(0, 0, 1, 1, 2, 2), count: 3 },
    metric: 'accuracy',
    declared: { costs: { missed: 10, 'false-alarm': 1 } },
  } as const;

  test('takes the threshold for a fold, too, from the other folds', () => {
    const actual = labels(1, 0, 1, 0, 1, 0);
    const usual = chooseOutOfFold([candidateContender(chances(0.9, 0.1, 0.9, 0.1, 0.9, 0.1))], {
      ...question,
      targets: actual,
    });
    // In fold 1 the positive row has a small probability: whoever saw it would put the threshold below.
    const strange = chooseOutOfFold([candidateContender(chances(0.05, 0.01, 0.9, 0.1, 0.9, 0.1))], {
      ...question,
      targets: actual,
    });
    expect(strange.byFold[0]).toEqual(usual.byFold[0]);
    expect(strange.byFold[0]!.decision!.threshold).toBeGreaterThan(0.1);
    expect(strange.deployed.decision!.threshold).toBeLessThanOrEqual(0.05);
    expect(strange.byFold[1]!.decision!.threshold).toBeLessThanOrEqual(0.05);
    expect(usual.deployed.decision).toMatchObject({ rows: 6, cost: 0 });
    expect(usual.byFold[0]!.decision).toMatchObject({ rows: 4, cost: 0 });
  });

  test('goes by a loss where the metric is undefined, and says so', () => {
    const { deployed } = chooseOutOfFold(
      [chances(0.4, 0.4, 0.4, 0.4, 0.4, 0.4), chances(0.1, 0.1, 0.1, 0.1, 0.1, 0.1)].map((one) =>
        candidateContender(one),
      ),
      {
        ...{ ...question, declared: undefined, metric: 'roc-auc' },
        targets: labels(0, 0, 0, 0, 0, 0),
      },
    );
    // −ln 0.9 is less than −ln 0.6.
    expect(deployed).toMatchObject({ best: 1, metric: 'log-loss' });
    expect(deployed.scores).toEqual([expect.closeTo(0.510826, 6), expect.closeTo(0.105361, 6)]);
    expect(deployed.warning).toMatch(
      /^roc-auc is undefined on the out-of-fold rows \(.*\): the log-loss chose the model$/,
    );
  });

  test('is not changed by what cannot be chosen, where the metric is undefined for that', () => {
    const classified = (...codes: number[]): PredictedColumns => ({
      ...{ task: 'binary', classes: ['no', 'yes'], positive: 'yes', predicted: Int32Array.from(codes) },
      probabilities: Float64Array.from(codes.flatMap((code) => [1 - code, code])),
    });
    // A precision of nothing that is called positive is none.
    const contenders = [classified(1, 1, 0, 0), classified(0, 1, 0, 0)].map((one) => candidateContender(one));
    const told = candidateContender(classified(0, 0, 0, 0), false);
    const question = {
      ...({ schema: binary, metric: 'precision', declared: undefined, count: 0 } as const),
      targets: { kind: 'classes', codes: Int32Array.of(0, 1, 1, 0), classes: ['no', 'yes'] } as const,
      folds: Uint8Array.of(0, 1, 2, 0),
    };
    const { deployed } = chooseOutOfFold([...contenders, told], question);
    expect(deployed).toMatchObject({ metric: 'precision', best: 1, warning: undefined });
    expect(deployed.scores).toEqual([0.5, 1, Number.NaN]);
    expect(chooseOutOfFold(contenders, question).deployed.best).toBe(1);
  });
});
