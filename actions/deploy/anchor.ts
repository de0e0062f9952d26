import path from 'node:path';
import type { Forge } from '../../shared/forge/ports/forge.ts';
import { anchorAfter } from '../../shared/metrics/evaluation/anchor.ts';
import { IntegrityError, quote } from '../../shared/platform/errors.ts';
import { bundleReader } from '../../shared/release/bundle/bundle-reader.ts';
import type { Registry } from '../../shared/release/registry/registry.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { registryOf } from '../pipeline/registry.ts';
import type { AnchorInputs } from '../validate/validate.ts';
import { fetchReleased, type ReleasedVersion, writeReleasedModel } from './production.ts';

/** Where the anchor's model is put, and who asks. */
interface AnchorPlace {
  readonly pipeline: Pipeline;
  readonly runDirectory: string;
  /** The versions, where they were read already. */
  readonly registry?: Registry;
}

/**
 * The version that gates `of: anchor` compare with while a version is in production, as that version's own evaluation says
 * it. Its model is put into `<run directory>/anchor/model` when a gate of ciclo.yml asks for it. One that cannot be read is
 * known by its name, and nothing can be compared with it.
 */
export async function anchorOf(
  released: ReleasedVersion,
  { pipeline, runDirectory, registry }: AnchorPlace,
  forge: Pick<Forge, 'tags' | 'releases'>,
): Promise<AnchorInputs> {
  const own = released.version.tag;
  try {
    const name = anchorAfter(bundleReader(released.bundle).evaluation(), own);
    const { gates } = pipeline.loaded.config.validate;
    if (name === own || !gates.some(({ champion }) => champion?.of === 'anchor')) return { name };
    const found = await versionBundle(name, registry ?? (await registryOf(pipeline, forge)), forge);
    if (typeof found === 'string') return { name, problem: found };
    const { folder } = await writeReleasedModel(found, path.join(runDirectory, 'anchor'));
    return { name, folder };
  } catch (error) {
    if (!(error instanceof IntegrityError)) throw error;
    return { name: `the anchor of ${own}`, problem: error.message };
  }
}

/** A version by its tag, withdrawn ones too, with its bundle; or why there is none. */
async function versionBundle(
  tag: string,
  registry: Registry,
  forge: Pick<Forge, 'releases'>,
): Promise<ReleasedVersion | string> {
  const version = [...registry.versions, ...registry.withdrawn].find((one) => one.tag === tag);
  if (!version) return `${quote(tag)} is not in the registry`;
  return (await fetchReleased(registry.artifact, version, forge)) ?? `${tag} has no published release here`;
}
