import { contentDigest } from '../../artifacts/folders/manifest.ts';
import { sha256 } from '../../platform/digest.ts';
import { IntegrityError } from '../../platform/errors.ts';
import type { RegisteredVersion } from '../registry/registry.ts';
import type { BundleBinding } from '../registry/tag-lines.ts';
import { formatVersion } from '../registry/version.ts';
import { type Bundle, bundleName, modelFilesOf, readBundle } from './bundle.ts';

/** What the tag of a version says of its bundle. @param archive the bundle's file. */
export function bindingOf(archive: Uint8Array, bundle: Bundle): BundleBinding {
  return { bundle: sha256(archive), content: contentOf(bundle) };
}

/** Digest of the model in a bundle, of the bytes that are there: what its manifest claims has no part in it. */
function contentOf(bundle: Bundle): string {
  const files = [...modelFilesOf(bundle)].map(([name, bytes]) => {
    return [name, { digest: sha256(bytes), bytes: bytes.byteLength }] as const;
  });
  return contentDigest('model', Object.fromEntries(files));
}

/**
 * Reads the bundle of a version and holds it against the version's tag: the one place in which that is done. A bundle says
 * of itself what it is, and whoever changes it can make it say so; the tag is written once and somewhere else.
 *
 * A tag that binds nothing (GTO's own, or of a Ciclo that did not bind yet) is compared as far as it goes.
 *
 * @param name the pipeline's.
 * @throws IntegrityError that names the file, when it is not the one that was registered.
 */
export async function readVersionBundle(
  bytes: Uint8Array,
  name: string,
  { version, tag, model, binding }: RegisteredVersion,
): Promise<Bundle> {
  const label = formatVersion(version);
  const file = bundleName(name, label);
  const refuse = (why: string): never => {
    throw new IntegrityError(`the bundle ${file} ${why}: it is refused`);
  };
  const found = sha256(bytes);
  if (binding && binding.bundle !== found) {
    refuse(
      `is not the file that ${tag} was registered with: its digest is ${found}, the tag says ${binding.bundle}`,
    );
  }
  const bundle = await readBundle(bytes, file);
  const { manifest } = bundle;
  if (manifest.name !== name || manifest.version !== label) {
    refuse(`of the version ${tag} holds ${manifest.name} ${manifest.version}`);
  }
  if (model !== undefined && model !== manifest.digests.model) {
    refuse(`holds the model ${manifest.digests.model}, the tag ${tag} says ${model}`);
  }
  const content = contentOf(bundle);
  if (binding && binding.content !== content) {
    refuse(`holds a model of the content ${content}, the tag ${tag} says ${binding.content}`);
  }
  return bundle;
}
