import { IntegrityError } from '../../shared/platform/errors.ts';
import type { RegisteredVersion } from '../../shared/release/registry/registry.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { runtimePlaces } from '../pipeline/runtime-places.ts';
import type { DeployPorts } from './deploy-inputs.ts';
import { fetchReleased, type ReleasedVersion } from './production.ts';
import { smokeTest } from './targets/smoke-test.ts';
import { type TargetFolders, targetsOf, tryTargets, writeTargets } from './targets/targets.ts';

export interface Delivering {
  readonly pipeline: Pipeline;
  readonly version: RegisteredVersion;
  readonly environment: string;
  readonly runDirectory: string;
}

/** Where a released version was put, and how it answered there. */
export interface Delivery {
  readonly folders: TargetFolders;
  /** What differs from the stored examples, the release first; empty when all is well. */
  readonly differences: readonly string[];
}

/**
 * Downloads the release again and tries it; then writes every target of ciclo.yml and tries each. A release that answers
 * wrongly is made into nothing.
 */
export async function deliver(delivering: Delivering, ports: DeployPorts): Promise<Delivery> {
  const { pipeline, version } = delivering;
  const released = await asItIs(() => fetchReleased(pipeline.name, version, ports.forge));
  if (released instanceof IntegrityError) return { folders: {}, differences: [released.message] };
  if (!released) return { folders: {}, differences: [`the release ${version.tag} is not published`] };
  const differences = await asItIs(() => smokeTest(released.bundle, runtimePlaces(pipeline, ports)));
  if (differences instanceof IntegrityError) return { folders: {}, differences: [differences.message] };
  if (differences.length > 0) return { folders: {}, differences };
  const delivered = await asItIs(() => deliverTargets(released, delivering, ports));
  return delivered instanceof IntegrityError ? { folders: {}, differences: [delivered.message] } : delivered;
}

/** A release that is not what it says is a deployment that failed, and its status must say so. */
async function asItIs<T>(work: () => T | Promise<T>): Promise<T | IntegrityError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof IntegrityError) return error;
    throw error;
  }
}

async function deliverTargets(
  released: ReleasedVersion,
  { pipeline, environment, runDirectory }: Delivering,
  ports: DeployPorts,
): Promise<Delivery> {
  const targets = await targetsOf(pipeline.loaded.config.deploy.targets);
  const input = { pipeline, released, environment };
  const folders = await writeTargets(targets, input, runDirectory, ports);
  return { folders, differences: await tryTargets(targets, input, folders, ports) };
}
