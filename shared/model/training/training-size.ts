import { compileRecipe } from '../../dataset/recipe/recipe-runner.ts';
import type { CandidateData, TrainingSplits } from './training-data.ts';
import type { TrainingSize } from './work.ts';

/** How large a training's data are. */
export function trainingSizeOf({ splits, inputs, output }: CandidateData): TrainingSize {
  const { train, recipe } = splits;
  return { rows: train.rows, columns: recipe.features.length, inputs, outputs: output.units };
}

/** The same of a table that is not turned into numbers yet. @param rows that a model learns from. */
export function tableSizeOf(
  { schema: { task, classes = [] }, recipe }: Pick<TrainingSplits, 'schema' | 'recipe'>,
  rows: number,
): TrainingSize {
  const inputs = compileRecipe(recipe).width;
  return {
    rows,
    columns: recipe.features.length,
    inputs,
    outputs: task === 'multiclass' ? classes.length : 1,
  };
}
