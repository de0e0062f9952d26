import path from 'node:path';
import type { Forge } from '../../shared/forge/ports/forge.ts';
import { anchorAfter } from '../../shared/metrics/evaluation/anchor.ts';
import type { Evaluation } from '../../shared/metrics/evaluation/evaluation.ts';
import { IntegrityError, quote } from '../../shared/platform/errors.ts';
import { bundleReader } from '../../shared/release/bundle/bundle-reader.ts';
import type { Registry } from '../../shared/release/registry/registry.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { registryOf } from '../pipeline/registry.ts';
import type { AnchorInputs, ValidateInputs } from '../validate/validate-inputs.ts';
import { fetchReleased, type ReleasedVersion, writeReleasedModel } from './production.ts';

/** Where the anchor's model is put, and who asks. */
export interface AnchorPlace {
  readonly pipeline: Pipeline;
  readonly runDirectory: string;
  /** The versions, where they were read already. */
  readonly registry?: Registry;
}

/**
 * What the evaluation in a deployed version's bundle says of what came before: the anchor, and the models that its test rows
 * have judged.
 *
 * @throws IntegrityError when that is no evaluation.
 */
export async function earlierOf(
  released: ReleasedVersion,
  place: AnchorPlace,
  forge: Pick<Forge, 'tags' | 'releases'>,
): Promise<Pick<ValidateInputs, 'anchor' | 'judgedBefore'>> {
  const evaluation = bundleReader(released.bundle).evaluation();
  const anchor = await anchorOf(evaluation, released.version.tag, place, forge);
  return { anchor, ...(evaluation.judged ? { judgedBefore: evaluation.judged } : {}) };
}

/**
 * The version that gates `of: anchor` compare with while a version is in production, as that version's own evaluation says
 * it. Its model is put into `<run directory>/anchor/model` when a gate of ciclo.yml asks for it. One that cannot be read is
 * known by its name, and nothing can be compared with it.
 */
async function anchorOf(
  evaluation: Evaluation,
  own: string,
  { pipeline, runDirectory, registry }: AnchorPlace,
  forge: Pick<Forge, 'tags' | 'releases'>,
): Promise<AnchorInputs> {
  const name = anchorAfter(evaluation, own);
  try {
    const { gates } = pipeline.loaded.config.validate;
    if (name === own || !gates.some(({ champion }) => champion?.of === 'anchor')) return { name };
    const found = await versionBundle(name, registry ?? (await registryOf(pipeline, forge)), forge);
    if (typeof found === 'string') return { name, problem: found };
    const { folder } = await writeReleasedModel(found, path.join(runDirectory, 'anchor'));
    const { window, digests } = found.bundle.manifest;
    return { name, folder, model: digests.model, ...(window ? { window } : {}) };
  } catch (error) {
    if (!(error instanceof IntegrityError)) throw error;
    return { name, problem: error.message };
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
