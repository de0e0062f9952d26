import { recipeSchema } from '../../../shared/dataset/recipe/recipe.ts';
import { datasetSchema } from '../../../shared/dataset/schema/schema.ts';
import type { Row } from '../../../shared/dataset/table/table.ts';
import { createPredictor } from '../../../shared/model/predictor/predictor.ts';
import type { Bundle } from '../../../shared/release/bundle/bundle.ts';
import { type Smoke, smokeDifferences, smokeSchema } from '../../../shared/release/bundle/smoke.ts';

/**
 * Tries a release as a user would: lets the model of its bundle, as it was downloaded, answer the stored examples.
 *
 * @returns what differs; empty when everything answers as it was judged.
 */
export function smokeTest({ files }: Pick<Bundle, 'files'>): readonly string[] {
  const json = (file: string): unknown => JSON.parse(new TextDecoder().decode(files.get(file)));
  const predictor = createPredictor({
    schema: datasetSchema.parse(json('schema.json')),
    recipe: recipeSchema.parse(json('recipe.json')),
    modelJson: json('model.json'),
    weights: files.get('weights.bin') ?? new Uint8Array(),
  });
  const smoke = smokeOf({ files });
  return smokeDifferences(
    smoke,
    smoke.examples.map(({ record }) => predictor.predictRecord(record as Row)),
  );
}

/** The stored examples of a bundle. */
export function smokeOf({ files }: Pick<Bundle, 'files'>): Smoke {
  return smokeSchema.parse(JSON.parse(new TextDecoder().decode(files.get('smoke.json'))));
}
