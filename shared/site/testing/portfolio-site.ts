import { configSchema } from '../../config/sections/schema.ts';
import { fitRecipe, type Recipe } from '../../dataset/recipe/recipe.ts';
import { compileRecipe } from '../../dataset/recipe/recipe-runner.ts';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import { type Table, takeRows } from '../../dataset/table/table.ts';
import { architectureOf } from '../../model/network/architecture.ts';
import { saveNetwork } from '../../model/network/layers-format.ts';
import { initialParameters } from '../../model/network/parameters.ts';
import { type EnsembleMember, type EnsemblePart, ensembleOf } from '../../model/predictor/ensemble-model.ts';
import { treesOf } from '../../model/testing/trees-builder.ts';
import { binaryLoss, multiclassLoss, squaredLoss } from '../../model/trees/boosting-losses.ts';
import { createRandom } from '../../platform/random.ts';
import { type SampleSite, sampleSite, sampleTable } from './sample-site.ts';

const folds = 5;
const seeds = 3;

/**
 * A site whose model is a blend as the portfolio makes it of few rows: of five folds, each with a recipe of its own, linear
 * models, networks of three seeds, trees, and for a regression the same once more of the target's logarithm: 50 models.
 */
export function portfolioSite(task: DatasetSchema['task'], name = 'portfolio'): SampleSite {
  const site = sampleSite(task, {}, { name });
  const { schema, recipe } = site.model;
  const table = sampleTable();
  const recipes = Array.from({ length: folds }, (_, fold) => recipeWithout(table, schema, fold));
  const kinds = {
    linear: recipes.map((own) => networkMember(own, schema, [], 1)),
    'neural-network': recipes.flatMap((own) =>
      Array.from({ length: seeds }, (_, seed) => networkMember(own, schema, [128, 64], seed)),
    ),
    'boosted-trees': recipes.map((own) => ({ recipe: own, engine: treesOn(own, table, schema) })),
  } satisfies Record<string, EnsembleMember[]>;
  const plain = Object.entries(kinds).map(([type, members]) => ({ name: type, type, members }));
  const logs = plain.map((part) => ({
    ...{ ...part, name: `${part.name}-log` },
    target: { type: 'log1p', cap: 120 } as const,
  }));
  const parts: Omit<EnsemblePart, 'weight'>[] = task === 'regression' ? [...plain, ...logs] : plain;
  const weighed = ensembleOf(parts.map((part, i): EnsemblePart => ({ ...part, weight: i + 1 })));
  const threshold = task === 'binary' ? { threshold: 0.45 } : {};
  return { ...site, model: { schema, recipe, ...threshold, ...weighed } };
}

function recipeWithout(table: Table, schema: DatasetSchema, fold: number): Recipe {
  const config = configSchema.parse({
    ...{ task: schema.task, target: schema.target },
    data: { source: { type: 'file', path: 'cars.csv' } },
    features: { weight: { encode: 'piecewise-linear', bound: 8 } },
    prepare: { derive: { heavy: 'd => d.weight / 1000 > 1.5 ? 1 : op.sqrt(0.25)' } },
  });
  const kept = Uint32Array.from({ length: table.rows }, (_, row) => row).filter(
    (row) => row % folds !== fold,
  );
  return fitRecipe(takeRows(table, kept), schema, config);
}

function networkMember(
  recipe: Recipe,
  { task, classes = [] }: DatasetSchema,
  layers: readonly number[],
  seed: number,
): EnsembleMember {
  const hidden = { layers, activation: 'relu', dropout: 0.1, 'batch-norm': false } as const;
  const activation = ({ regression: 'linear', binary: 'sigmoid', multiclass: 'softmax' } as const)[task];
  const units = task === 'multiclass' ? classes.length : 1;
  const inputs = compileRecipe(recipe).width;
  const architecture = architectureOf(inputs, layers.length > 0 ? hidden : undefined, { units, activation });
  const random = createRandom(100 * seed + Math.round(1000 * recipe.rows));
  return { recipe, engine: saveNetwork(architecture, initialParameters(architecture, random)) };
}

function treesOn(recipe: Recipe, table: Table, { task }: DatasetSchema): EnsembleMember['engine'] {
  const random = createRandom(7);
  const loss = { regression: squaredLoss, binary: binaryLoss, multiclass: multiclassLoss(3) }[task];
  const classes = { regression: 6, binary: 2, multiclass: 3 }[task];
  const targets = Float64Array.from({ length: table.rows }, () => random.integer(classes));
  return treesOf(recipe, table, loss, targets, { rounds: 40, learningRate: 0.05 });
}
