import { recipeSchema } from '../../shared/dataset/recipe.ts';
import { datasetSchema } from '../../shared/dataset/schema.ts';
import type { Row } from '../../shared/dataset/table.ts';
import { createPredictor } from '../../shared/model/predictor.ts';
import type { Bundle } from '../../shared/release/bundle.ts';
import { smokeDifferences, smokeSchema } from '../../shared/release/smoke.ts';

/**
 * Tries a release as a user would: lets the model of its bundle, as it was downloaded, answer the stored examples.
 *
 * @returns what differs; empty when everything answers as it was judged.
 */
export function smokeTest({ files }: Bundle): readonly string[] {
  const json = (file: string): unknown => JSON.parse(new TextDecoder().decode(files.get(file)));
  const predictor = createPredictor({
    schema: datasetSchema.parse(json('schema.json')),
    recipe: recipeSchema.parse(json('recipe.json')),
    modelJson: json('model.json'),
    weights: files.get('weights.bin') ?? new Uint8Array(),
  });
  const smoke = smokeSchema.parse(json('smoke.json'));
  return smokeDifferences(
    smoke,
    smoke.examples.map(({ record }) => predictor.predictRecord(record as Row)),
  );
}
