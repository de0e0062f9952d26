import type { CandidateData } from '../data/training-data.ts';
import type { TrainingSize } from './work.ts';

/** How large a training's data are. */
export function trainingSizeOf({ splits, inputs, output }: CandidateData): TrainingSize {
  const { train, recipe } = splits;
  return { rows: train.rows, columns: recipe.features.length, inputs, outputs: output.units };
}
