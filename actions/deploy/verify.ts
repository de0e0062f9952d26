import type { Forge } from '../../shared/forge/ports/forge.ts';

import { ConfigurationError } from '../../shared/platform/errors.ts';
import { formatVersion, requireVersion } from '../../shared/release/registry/version.ts';
import { requireRegistered } from '../../shared/release/registry/version-lookup.ts';

import { loadPipeline, type Pipeline } from '../pipeline/pipeline.ts';
import { registryOf } from '../pipeline/registry.ts';

import type { VerbPorts } from '../ports.ts';
import { prepare } from '../prepare/prepare.ts';
import { train } from '../train/train.ts';
import { fetchReleased } from './production.ts';

/** Inputs of the verb verify. */
export interface VerifyInputs {
  /** Of the checkout: its name is what versions belong to. */
  readonly pipeline: Pipeline;
  /** `v1.2.0`, or `fuel@v1.2.0`. */
  readonly version: string;
}

/** What verify needs from outside. */
export interface VerifyPorts extends VerbPorts {
  readonly forge: Pick<Forge, 'tags' | 'releases'>;
  /** Checks the commit out elsewhere, and takes that away again. @returns the path of ciclo.yml there. */
  checkout(commit: string): Promise<{ readonly config: string } & AsyncDisposable>;
}

/** Whether a version is what it says it is. */
export interface VerifyOutputs {
  readonly version: string;
  readonly tag: string;
  readonly commit: string;
  /** Digest of the released model, as its bundle says it. */
  readonly expected: string;
  /** Digest of the model that its commit gives now. */
  readonly found: string;
  readonly same: boolean;
}

/**
 * Checks a released version: every digest of its bundle, then prepares and trains again from its commit and compares the
 * model's bytes. Another digest is a result, not an error.
 *
 * @throws ConfigurationError when there is no such version, IntegrityError when its bundle is damaged.
 */
export async function verify(inputs: VerifyInputs, ports: VerifyPorts): Promise<VerifyOutputs> {
  const { pipeline } = inputs;
  const wanted = requireVersion(inputs.version.replace(/^.*@/, ''));
  const registry = await registryOf(pipeline, ports.forge);
  const version = requireRegistered(registry, wanted);
  const released = await fetchReleased(pipeline.name, version, ports.forge);
  if (!released) throw new ConfigurationError(`${version.tag} has no published release to verify`);
  const { digests } = released.bundle.manifest;
  const digest = await retrained(version.commit, ports);
  return {
    version: formatVersion(version.version),
    tag: version.tag,
    commit: version.commit,
    expected: digests.model,
    found: digest,
    same: digest === digests.model,
  };
}

/** Digest of the model that a commit gives. */
async function retrained(commit: string, ports: VerifyPorts): Promise<string> {
  const place = await ports.checkout(commit);
  try {
    // Another commit, so another ciclo.yml.
    const prepared = await prepare({ pipeline: await loadPipeline(place.config) }, ports);
    return (await train({ pipeline: prepared.pipeline }, ports)).digest;
  } finally {
    await place[Symbol.asyncDispose]();
  }
}
