import { readFile } from 'node:fs/promises';
import { profileSchema } from '../dataset/profile/profile.ts';
import { recipeSchema } from '../dataset/recipe/recipe.ts';
import { datasetSchema } from '../dataset/schema/schema.ts';
import { createPredictor } from '../model/predictor/predictor.ts';
import { ConfigurationError } from '../platform/errors.ts';
import { type Bundle, modelFilesOf, readBundle } from '../release/bundle/bundle.ts';
import { type ModelSource, markOf, type SourceOptions } from './model-source.ts';
import type { ServedModel } from './served-model.ts';

/** The bundle of a release: `fuel-v1.2.0.zip`. Putting another in its place changes its mark. */
export function bundleSource(file: string, options: SourceOptions = {}): ModelSource {
  return {
    place: file,
    load: async () => ({ ...servedModelOf(await readBundle(await bytesOf(file), file)), ...options }),
    mark: () => markOf(file),
  };
}

async function bytesOf(file: string): Promise<Uint8Array> {
  return readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR' && error.code !== 'EISDIR') throw error;
    throw new ConfigurationError(
      `there is no bundle at ${file}: give the file of a release, such as fuel-v1.2.0.zip`,
      { cause: error },
    );
  });
}

/** What a bundle holds, ready to be served. @throws IntegrityError when a file of the model is missing. */
export function servedModelOf(bundle: Bundle): ServedModel {
  const { name, version, digests } = bundle.manifest;
  const files = modelFilesOf(bundle);
  const json = (file: string): unknown => JSON.parse(new TextDecoder().decode(files.get(file)));
  const schema = datasetSchema.parse(json('schema.json'));
  const profile = profileSchema.parse(json('profile.json'));
  const predictor = createPredictor({
    schema,
    recipe: recipeSchema.parse(json('recipe.json')),
    modelJson: json('model.json'),
    weights: files.get('weights.bin')!,
  });
  return { name, version, digest: digests.model, schema, predictor, profile };
}
