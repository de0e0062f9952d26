import type { RuntimePlaces } from '../model/onnx/runtime-places.ts';
import { sha256 } from '../platform/digest.ts';
import { ConfigurationError, IntegrityError } from '../platform/errors.ts';
import { type Bundle, readBundle } from '../release/bundle/bundle.ts';
import { bundleBytes } from '../release/bundle/bundle-bytes.ts';
import { bundleReader } from '../release/bundle/bundle-reader.ts';
import { type ModelSource, markOf, type SourceOptions } from './model-source.ts';
import type { ServedModel } from './served-model.ts';

export interface BundleSourceOptions extends SourceOptions {
  /** The digest that the file must have, at the start and whenever another takes its place: `sha256:…`. */
  readonly expect?: string;
}

/** The bundle of a release: `fuel-v1.2.0.zip`. Putting another in its place changes its mark. */
export function bundleSource(
  file: string,
  { expect, places, ...options }: BundleSourceOptions = {},
): ModelSource {
  return {
    place: file,
    load: async () => {
      const bytes = await bytesOf(file);
      const found = sha256(bytes);
      if (expect !== undefined && found !== expect) {
        throw new IntegrityError(
          `the bundle ${file} is another file than was expected: its digest is ${found}, expected was ${expect}: it is refused`,
        );
      }
      return { ...(await servedModelOf(await readBundle(bytes, file), places)), ...options };
    },
    mark: () => markOf(file),
  };
}

/**
 * What serving a bundle's file leaves unchecked, in words. A file says itself what it is; that it is the version's, only
 * the version's tag says.
 */
export async function uncheckedNote(file: string): Promise<string> {
  const bytes = await bytesOf(file);
  const { name, version } = (await readBundle(bytes, file)).manifest;
  return `${file} says that it is ${name}@${version}, and was checked by its own manifest alone, not by that version's tag: its digest is ${sha256(bytes)}, which the line "bundle:" of the tag must name (git show ${name}@${version}); with --expect no other file is served`;
}

async function bytesOf(file: string): Promise<Uint8Array> {
  return bundleBytes(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR' && error.code !== 'EISDIR') throw error;
    throw new ConfigurationError(
      `there is no bundle at ${file}: give the file of a release, such as fuel-v1.2.0.zip`,
      { cause: error },
    );
  });
}

/** What a bundle holds, ready to be served. @throws IntegrityError when a file of the model is missing or does not fit. */
export async function servedModelOf(bundle: Bundle, places?: RuntimePlaces): Promise<ServedModel> {
  const { name, version, digests } = bundle.manifest;
  const reader = bundleReader(bundle);
  return {
    name,
    version,
    digest: digests.model,
    schema: reader.schema(),
    recipe: reader.recipe(),
    predictor: await reader.predictor(places),
    profile: reader.profile(),
  };
}
