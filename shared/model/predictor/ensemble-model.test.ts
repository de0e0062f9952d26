import { describe, expect, test } from 'vitest';
import { rowAt } from '../../dataset/table/table.ts';
import { houses } from '../testing/model-builders.ts';
import { treesOf } from '../testing/trees-builder.ts';
import { squaredLoss } from '../trees/boosting-losses.ts';
import { type EnsemblePart, engineBytes, ensembleOf } from './ensemble-model.ts';
import { blendReportOf } from './ensemble-report.ts';
import { createPredictor } from './predictor.ts';

const { schema, recipe, train, validation } = houses();
const prices = train.columns.get('price')!;
if (prices.type !== 'number') throw new TypeError('prices are numbers');
const trees = treesOf(recipe, train, squaredLoss, prices.values);
const logs = treesOf(recipe, train, squaredLoss, prices.values.map(Math.log1p));
const shallow = treesOf(recipe, train, squaredLoss, prices.values, { leaves: 3 });

const part = (name: string, weight: number, ...members: (typeof trees)[]): EnsemblePart => ({
  ...{ name, type: 'boosted-trees', weight },
  members: members.map((engine) => ({ engine })),
});
const answersOf = (parts: readonly EnsemblePart[]): Float64Array => {
  const predicted = createPredictor({ schema, recipe, parts }).predictTable(validation);
  if (predicted.task !== 'regression') throw new TypeError('houses are a regression');
  return predicted.predicted;
};
const alone = (engine: typeof trees): Float64Array => answersOf([part('one', 1, engine)]);

describe('a blend', () => {
  test('answers with the weighted sum of its parts, each the mean of its members', () => {
    const [a, b, c] = [alone(trees), alone(shallow), alone(logs)];
    const blend = answersOf([
      part('two', 0.25, trees, shallow),
      { ...part('log', 0.75, logs), target: { type: 'log1p', cap: 600 } },
    ]);
    for (let row = 0; row < validation.rows; row++) {
      const mean = (a![row]! + b![row]!) / 2;
      const restored = Math.min(600, Math.expm1(c![row]!));
      expect(blend[row]).toBeCloseTo(0.25 * mean + 0.75 * restored, 9);
    }
  });

  test('does without parts that have no weight, and makes the others add up to 1', () => {
    const { parts } = ensembleOf([part('a', 1, trees), part('b', 0, trees), part('c', 3, shallow)]);
    expect(parts.map(({ name, weight }) => [name, weight])).toEqual([
      ['a', 0.25],
      ['c', 0.75],
    ]);
    expect(() => ensembleOf([part('a', 0, trees)])).toThrow('no part has a weight above 0');
    expect(() => ensembleOf([part('a', -1, trees)])).toThrow('cannot blend the part a: its weight is -1');
  });

  test('predicts a table whose columns are exchanged as it predicts such a table', () => {
    const parts = [part('a', 0.5, trees), part('b', 0.5, shallow)];
    const predictor = createPredictor({ schema, recipe, parts });
    const encoded = predictor.encode(validation);
    const area = validation.columns.get('area')!;
    if (area.type !== 'number') throw new TypeError('areas are numbers');
    const reversed = { type: 'number' as const, values: area.values.toReversed() };
    encoded.exchange('area', reversed);
    const table = { ...validation, columns: new Map(validation.columns).set('area', reversed) };
    expect(encoded.predict()).toEqual(predictor.predictTable(table));
    expect(encoded.readsColumn('area')).toBe(true);
    expect(encoded.readsColumn('no such column')).toBe(false);
    expect(predictor.predictRecord(rowAt(validation, 0))).toEqual({ value: answersOf(parts)[0] });
  });

  test('is reported with what each part scores, adds, holds and takes; one without a weight holds nothing', () => {
    const judged = {
      score: 2,
      parts: [
        { weight: 1, score: 3, without: 4 },
        { weight: 0, score: 9, without: 2 },
      ],
    };
    const parts = [part('a', 0, trees, shallow), part('b', 0, shallow)];
    const report = blendReportOf(judged, parts, recipe, { task: 'regression', outputs: 1 });
    const work = createPredictor({ schema, recipe, parts: [{ ...parts[0]!, weight: 1 }] }).workOfRow;
    const bytes = engineBytes(trees) + engineBytes(shallow);
    expect(report).toEqual({
      ...{ score: 2, bytes, work },
      parts: [
        { name: 'a', type: 'boosted-trees', weight: 1, score: 3, without: 4, members: 2, bytes, work },
        { name: 'b', type: 'boosted-trees', weight: 0, score: 9, without: 2, members: 0, bytes: 0, work: 0 },
      ],
    });
  });
});
