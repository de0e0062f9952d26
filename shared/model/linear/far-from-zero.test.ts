// Numbers that lie many of their deviations from zero: times in milliseconds, numbers of orders.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { configSchema } from '../../config/sections/schema.ts';
import { fitRecipe } from '../../dataset/recipe/recipe.ts';
import { type Table, tableOf } from '../../dataset/table/table.ts';
import { numbers, schemaOf } from '../../dataset/testing/dataset-builders.ts';
import { silentLogger } from '../../platform/logger.ts';
import { isDirect } from '../predictor/model-bundle.ts';
import { createPredictor } from '../predictor/predictor.ts';
import { trainModel } from '../training/train-model.ts';

interface OffsetCase {
  /** Of the column's mean from zero, in its own deviations. */
  readonly deviations: number;
  readonly x: number[];
  readonly y: number[];
  readonly expected: number[];
}

/** Written by offset.py: numpy's line, in double precision. */
const cases: readonly OffsetCase[] = JSON.parse(
  readFileSync(new URL('../fixtures/offset.json', import.meta.url), 'utf8'),
);

function trainingOf(table: Table, feature: Record<string, unknown> = {}) {
  const config = configSchema.parse({
    ...{ task: 'regression', target: 'y', data: { source: { type: 'file', path: 'rows.csv' } } },
    features: { x: { encode: 'plain', ...feature } },
    train: { blend: false, candidates: [{ type: 'linear', solver: 'newton', l2: 0 }] },
  });
  const base = schemaOf(table);
  const columns = base.columns.map((column) =>
    column.name === 'y' ? { ...column, role: 'target' as const } : column,
  );
  const schema = { ...base, task: 'regression' as const, target: 'y', columns };
  return { schema, recipe: fitRecipe(table, schema, config), train: table, validation: table, config };
}

async function predicted(table: Table, feature?: Record<string, unknown>) {
  const input = trainingOf(table, feature);
  const trained = await trainModel(input, { logger: silentLogger });
  const model = { ...input, ...trained };
  if (!isDirect(model)) throw new TypeError('an engine of our own was asked for');
  const answers = createPredictor(model).predictTable(table);
  if (answers.task !== 'regression') throw new TypeError('a number was asked for');
  return { values: answers.predicted, warnings: [...input.recipe.warnings, ...trained.report.warnings] };
}

describe.each(cases)('a feature $deviations deviations from zero', ({ deviations, x, y, expected }) => {
  const table = tableOf([
    ['x', numbers(x)],
    ['y', numbers(y)],
  ]);
  const largest = (values: ArrayLike<number>) =>
    Math.max(...expected.map((value, row) => Math.abs(value - values[row]!)));

  test.each(['standard', 'robust', 'min-max'])('keeps its digits when its scale is %s', async (scale) => {
    const { values, warnings } = await predicted(table, { scale });
    // The target's deviation is about 6.
    expect(largest(values)).toBeLessThan(1e-3);
    expect(warnings).toEqual([]);
  });

  test('is told where it loses them, since nothing scales it', async () => {
    const { values, warnings } = await predicted(table, { scale: 'none' });
    const lost = deviations > 0;
    expect(largest(values) > 0.01).toBe(lost);
    expect(warnings).toEqual(
      lost
        ? [
            expect.stringMatching(
              /^features\.x\.scale: none hands x on as it is, and its numbers lie about [\d,]+ deviations from zero: /,
            ),
          ]
        : [],
    );
  });
});

test('a target that lies far from zero is told', async () => {
  const { x, y } = cases[0]!;
  const warningsOf = async (offset: number) => {
    const far = tableOf([
      ['x', numbers(x)],
      ['y', numbers(y.map((value) => value + offset))],
    ]);
    return (await predicted(far)).warnings;
  };
  expect(await warningsOf(1e5)).toEqual([]);
  expect(await warningsOf(1e8)).toEqual([
    expect.stringMatching(/^the target "?y"? lies about [\d,]+ deviations from zero, and predictions of /),
  ]);
});
