import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitRecipe, type Recipe } from '../../dataset/recipe/recipe.ts';
import { compileRecipe } from '../../dataset/recipe/recipe-runner.ts';
import { rowAt, type Table, tableOf } from '../../dataset/table/table.ts';
import {
  booleans,
  categories,
  configWith,
  dates,
  numbers,
  schemaOf,
} from '../../dataset/testing/dataset-builders.ts';
import { createRandom } from '../../platform/random.ts';
import { architectureOf } from '../network/architecture.ts';
import { saveNetwork } from '../network/layers-format.ts';
import { initialParameters } from '../network/parameters.ts';
import { treesOf } from '../testing/trees-builder.ts';
import { binaryLoss, multiclassLoss, squaredLoss } from '../trees/boosting-losses.ts';
import type { DirectBundle } from './model-bundle.ts';
import { createPredictor } from './predictor.ts';

/** So many that a network takes them in SIMD, and trees in more than one part: 300 in the first, 2,100 in the second. */
const someRows = { layers: 300, trees: 2100, ensemble: 300 } as const;

const tasks = {
  regression: { classes: [], outputs: 1, activation: 'linear', loss: squaredLoss },
  binary: { classes: ['no', 'yes'], outputs: 1, activation: 'sigmoid', loss: binaryLoss },
  multiclass: { classes: ['a', 'b', 'c'], outputs: 3, activation: 'softmax', loss: multiclassLoss(3) },
} as const;

/** A table with every type, missing values, and categories out of `words`. */
function tableWith(seed: number, rows: number, words: readonly string[]): Table {
  const random = createRandom(seed);
  const maybe = <T>(value: T): T | null => (random.next() < 0.15 ? null : value);
  const of = <T>(value: () => T): (T | null)[] => Array.from({ length: rows }, () => maybe(value()));
  return tableOf([
    ['n', numbers(of(() => 100 * random.normal()))],
    ['c', categories(of(() => words[random.integer(words.length)]!))],
    ['b', booleans(of(() => random.next() < 0.5))],
    ['t', dates(of(() => new Date(random.integer(2 ** 31) * 1000).toISOString()))],
  ]);
}

function modelOf(task: keyof typeof tasks, kind: keyof typeof someRows, seed: number): DirectBundle {
  const { classes, outputs, activation, loss } = tasks[task];
  const train = tableWith(seed, 200, ['a', 'b', 'c', '__proto__']);
  const schema = { ...schemaOf(train), task, ...(classes.length > 0 ? { classes: [...classes] } : {}) };
  const encode = 'piecewise-linear' as const;
  const config = configWith({
    ...(seed % 2 === 0 ? { features: { n: { encode, bound: 1 }, t: { encode } } } : {}),
    prepare: {
      derive: { twice: 'd => 2 * d.n' },
      ...(seed % 2 === 0 ? { numbers: { encode }, categories: { 'min-count': 'auto' } } : {}),
    },
  });
  const recipe = fitRecipe(train, schema, config);
  const random = createRandom(seed);
  if (kind === 'ensemble') return ensembleOfBoth(task, schema, recipe, seed);
  if (kind === 'trees') {
    const labels = Float64Array.from({ length: 200 }, () => random.integer(Math.max(2, classes.length)));
    return { schema, recipe, ...treesOf(recipe, train, loss, labels) };
  }
  const architecture = architectureOf(
    compileRecipe(recipe).width,
    { layers: [9, 5], activation: 'tanh', dropout: 0, 'batch-norm': true },
    { units: outputs, activation },
  );
  return { schema, recipe, ...saveNetwork(architecture, initialParameters(architecture, random)) };
}

/** Trees of two folds, one with a recipe of its own, and a network of, for a regression, the target's logarithm. */
function ensembleOfBoth(
  task: keyof typeof tasks,
  schema: DirectBundle['schema'],
  recipe: Recipe,
  seed: number,
): DirectBundle {
  const other = modelOf(task, 'trees', seed + 7);
  const models = [modelOf(task, 'trees', seed), other, modelOf(task, 'layers', seed)].map((model) => {
    if ('parts' in model) throw new TypeError('a blend has no blend for a part');
    return model;
  });
  const target = task === 'regression' ? ({ type: 'log1p', cap: 2 } as const) : undefined;
  return {
    ...{ schema, recipe },
    parts: [
      {
        ...{ name: 'trees', type: 'boosted-trees', weight: 0.7 },
        members: [{ engine: models[0]! }, { engine: models[1]!, recipe: other.recipe }],
      },
      {
        ...{ name: 'network', type: 'neural-network', weight: 0.3, target },
        members: [{ engine: models[2]! }],
      },
    ],
  };
}

describe.each(['layers', 'trees', 'ensemble'] as const)('a model of %s', (kind) => {
  test('says of a table what it says of each record, to the bit: missing values and unknown categories too', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('regression' as const, 'binary' as const, 'multiclass' as const),
        fc.integer({ min: 1, max: 1e6 }),
        (task, seed) => {
          const model = modelOf(task, kind, seed);
          const predictor = createPredictor(model);
          const rows = someRows[kind];
          const table = tableWith(seed + 1, rows, ['a', 'b', 'never seen', 'constructor']);
          const answers = predictor.predictTable(table);
          for (let row = 0; row < rows; row++) {
            const one = predictor.predictRecord(rowAt(table, row));
            if (answers.task === 'regression') {
              expect(one).toEqual({ value: answers.predicted[row] });
              continue;
            }
            const { classes, predicted, probabilities } = answers;
            expect(one).toEqual({
              label: classes[predicted[row]!],
              probabilities: Object.fromEntries(
                classes.map((label, k) => [label, probabilities[row * classes.length + k]]),
              ),
            });
          }
        },
      ),
      { numRuns: 12 },
    );
  });
});
