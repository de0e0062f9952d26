import { describe, expect, test } from 'vitest';
import { fitRecipe, type Recipe } from '../../dataset/recipe/recipe.ts';
import type { Table } from '../../dataset/table/table.ts';
import type { EnsembleModel } from '../../model/predictor/ensemble-model.ts';
import { createPredictor } from '../../model/predictor/predictor.ts';
import { houses } from '../../model/testing/model-builders.ts';
import { treesOf } from '../../model/testing/trees-builder.ts';
import { squaredLoss } from '../../model/trees/boosting-losses.ts';
import { ensembleFiles, readEnsemble } from './ensemble-files.ts';

const { schema, recipe, train, validation, config } = houses();
const half = fitRecipe(validation, schema, config);

function treesFor(table: Table, own: Recipe) {
  const target = table.columns.get('price')!;
  if (target.type !== 'number') throw new TypeError('prices are numbers');
  return treesOf(own, table, squaredLoss, target.values);
}

/** Two trees that share a recipe which is not the model's, one of the model's own, and half a weight for each part. */
const ensemble: EnsembleModel = {
  parts: [
    {
      ...{ name: 'folds', type: 'boosted-trees', weight: 0.5 },
      members: [
        { engine: treesFor(validation, half), recipe: half },
        // Read from a file it is another object, of the same content.
        { engine: treesFor(train, half), recipe: structuredClone(half) },
      ],
    },
    {
      ...{ name: 'all', type: 'boosted-trees', weight: 0.5, target: { type: 'log1p', cap: 1e9 } },
      members: [{ engine: treesFor(train, recipe), recipe: structuredClone(recipe) }],
    },
  ],
};

const written = ensembleFiles(ensemble, recipe);
const listed = [...written.keys()].sort();
const readOf = (files: ReadonlyMap<string, Uint8Array>, names = listed) =>
  readEnsemble({ place: '.ciclo/model', remedy: 'run ciclo train again', files }, names);

/** The files, with another value at a place of ensemble.json, or of another one. */
function damaged(place: string, value: unknown, name = 'ensemble.json') {
  const json: unknown = JSON.parse(new TextDecoder().decode(written.get(name)));
  const steps = place.split('.');
  let at = json as Record<string, unknown>;
  for (const step of steps.slice(0, -1)) at = at[step] as Record<string, unknown>;
  at[steps.at(-1)!] = value;
  return new Map(written).set(name, new TextEncoder().encode(JSON.stringify(json)));
}

const predictorOf = (model: EnsembleModel) => createPredictor({ schema, recipe, ...model });

describe('the files of a blend', () => {
  test('hold each recipe once, and none that is the model’s own', () => {
    expect(listed).toEqual([
      'ensemble.json',
      ...['part-1-1.trees.bin', 'part-1-1.trees.json', 'part-1-2.trees.bin', 'part-1-2.trees.json'],
      ...['part-2-1.trees.bin', 'part-2-1.trees.json', 'recipe-1.json'],
    ]);
  });

  test('come back as a blend that predicts the same, to the bit', () => {
    const answers = predictorOf(readOf(written)).predictTable(validation);
    expect(answers).toEqual(predictorOf(ensemble).predictTable(validation));
    expect(ensembleFiles(readOf(written), recipe)).toEqual(written);
  });

  test.each([
    ['weights that are no shares', 'parts.0.weight', 0.7, 'parts: their weights add up to 1.2, not to 1'],
    ['a negative weight', 'parts.0.weight', -0.5, 'parts.0.weight: '],
    ['two parts of one name', 'parts.1.name', 'folds', 'parts: two have the same name'],
    ['a recipe that is not there', 'parts.1.members.0.recipe', 2, 'parts: one reads recipe-2.json'],
    ['a recipe that nobody reads', 'recipes', 2, 'parts: none reads recipe-2.json'],
    ['another engine', 'parts.1.members.0.engine', 'onnx', 'parts.1.members.0.engine: '],
    ['a newer version', 'version', 2, 'version: '],
    ['a part without models', 'parts.1.members', [], 'parts.1.members: '],
    ['a cap that is none', 'parts.1.target.cap', 0, 'parts.1.target.cap: '],
  ])('are refused with %s', (_, place, value, why) => {
    expect(() => readOf(damaged(place, value))).toThrow(
      `.ciclo/model/ensemble.json does not fit its format: ${why}`,
    );
  });

  test('are refused where engine.json lists others than ensemble.json names', () => {
    expect(() => readOf(written, listed.slice(1))).toThrow(
      'engine.json does not list ensemble.json, which ensemble.json names: run ciclo train again',
    );
    expect(() => readOf(written, [...listed, 'part-3-1.trees.bin'])).toThrow(
      'engine.json lists part-3-1.trees.bin, which no part of ensemble.json has',
    );
  });

  test('are refused where one is missing, or is not what its engine runs', () => {
    const lacking = new Map(written);
    lacking.delete('part-1-2.trees.bin');
    expect(() => readOf(lacking)).toThrow('.ciclo/model has no part-1-2.trees.bin: run ciclo train again');
    const short = new Map(written).set('part-1-2.trees.bin', written.get('part-1-2.trees.bin')!.subarray(1));
    expect(() => predictorOf(readOf(short))).toThrow(/^part-1-2\.trees\.bin: trees\.json declares \d+ bytes/);
    const other = damaged('features.0.column', 'cellar', 'part-2-1.trees.json');
    expect(() => predictorOf(readOf(other))).toThrow(/^part-2-1\.trees\.json: .*cellar/);
    const broken = new Map(written).set('recipe-1.json', new TextEncoder().encode('{'));
    expect(() => readOf(broken)).toThrow('.ciclo/model/recipe-1.json is not JSON');
  });

  test('are refused where a part of classes has the logarithm of a target', () => {
    const { schema: classes } = houses({ task: 'binary' });
    expect(() => createPredictor({ schema: classes, recipe, ...readOf(written) })).toThrow(
      'ensemble.json: part 2 has the target log1p, which only a regression has; the task is binary',
    );
  });

  test('are refused where there are more than an archive holds', () => {
    const [part] = ensemble.parts;
    const members = Array.from({ length: 120 }, () => part!.members[0]!);
    expect(() => ensembleFiles({ parts: [{ ...part!, weight: 1, members }] }, recipe)).toThrow(
      'the blend has 242 files, and a result holds at most 220 of one',
    );
  });
});
