import { readFile } from 'node:fs/promises';
import { ConfigurationError } from '../platform/errors.ts';
import { type Bundle, readBundle } from '../release/bundle/bundle.ts';
import { bundleReader } from '../release/bundle/bundle-reader.ts';
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

/** What a bundle holds, ready to be served. @throws IntegrityError when a file of the model is missing or does not fit. */
export function servedModelOf(bundle: Bundle): ServedModel {
  const { name, version, digests } = bundle.manifest;
  const reader = bundleReader(bundle);
  return {
    name,
    version,
    digest: digests.model,
    schema: reader.schema(),
    recipe: reader.recipe(),
    predictor: reader.predictor(),
    profile: reader.profile(),
  };
}
