import type { FolderFiles } from '../../../shared/artifacts/folders/run-folder.ts';
import type { Releases } from '../../../shared/forge/ports/releases.ts';
import type { Tags } from '../../../shared/forge/ports/tags.ts';
import { readBundle, writeBundle } from '../../../shared/release/bundle/bundle.ts';

/** Releases one of whose files somebody changed, its digest in the bundle's own manifest with it. */
export function tampered(
  releases: Releases,
  change: (files: FolderFiles) => Iterable<readonly [string, Uint8Array]>,
  isMeant: (file: string) => boolean = () => true,
): Releases {
  return {
    ...releases,
    async download(asset) {
      const bytes = await releases.download(asset);
      if (!isMeant(asset.name) || !asset.name.endsWith('.zip')) return bytes;
      const { manifest, files } = await readBundle(bytes, asset.name);
      const { format: _format, kind: _kind, files: _files, ...head } = manifest;
      return writeBundle(head, new Map([...files, ...change(files)]));
    },
  };
}

/** Tags as a Ciclo wrote them that did not bind bundles: what a release holds is then taken as it is. */
export function unbound(tags: Tags): Tags {
  return {
    ...tags,
    async list(prefix) {
      const all = await tags.list(prefix);
      return all.map((tag) => ({ ...tag, message: tag.message.replace(/^(bundle|content): .*\n?/gm, '') }));
    },
  };
}

/** Weights that are each larger by one. */
export function shiftedWeights(files: FolderFiles): readonly (readonly [string, Uint8Array])[] {
  const weights = new Float32Array(Uint8Array.from(files.get('weights.bin')!).buffer).map((w) => w + 1);
  return [['weights.bin', new Uint8Array(weights.buffer)]];
}

/** A code host whose bundles are not bound, and answer otherwise than their examples say. */
export function spoilt<F extends { readonly releases: Releases; readonly tags: Tags }>(forge: F): F {
  return { ...forge, tags: unbound(forge.tags), releases: tampered(forge.releases, shiftedWeights) };
}
