import {
  failDeployment,
  openDeployment,
  succeedDeployment,
} from '../../shared/forge/upsert/deployment-upsert.ts';

import { ConfigurationError } from '../../shared/platform/errors.ts';
import { rollbackTarget } from '../../shared/release/registry/rollback.ts';
import { formatVersion } from '../../shared/release/registry/version.ts';
import { type Pipeline, runDirectoryOf } from '../pipeline/pipeline.ts';
import { registryOf } from '../pipeline/registry.ts';

import { assignOrClose } from './assignment.ts';
import { deliver } from './delivery.ts';
import type { DeployPorts } from './deploy-inputs.ts';
import type { DeployOutputs } from './deploy-outputs.ts';
import { bundleOf, fetchReleased } from './production.ts';
import { wantedDeployment } from './wanted-deployment.ts';

/** Inputs of a rollback. */
export interface RollbackInputs {
  readonly pipeline: Pipeline;
  /** The run directory; default `.ciclo` beside ciclo.yml. */
  readonly output?: string;
  /** `previous`, or a version such as `v1.2.0`. */
  readonly to: string;
  readonly run?: { readonly id: number; readonly url: string };
}

/**
 * Assigns an older version to the environment again, after trying its release. It sticks: a push of the model that was
 * taken away does not bring that back.
 *
 * @throws ConfigurationError when there is no such version, or it was never released.
 */
export async function rollback(inputs: RollbackInputs, ports: DeployPorts): Promise<DeployOutputs> {
  const { pipeline } = inputs;
  const { environment } = pipeline.loaded.config.deploy;
  const { forge, clock } = ports;
  const registry = await registryOf(pipeline, forge);
  const version = rollbackTarget(registry, environment, inputs.to);
  const live = registry.stages.get(environment);
  const released = await fetchReleased(pipeline.name, version, forge);
  if (!released) {
    throw new ConfigurationError(
      `rollback-to: ${version.tag} has no published release: choose another version`,
    );
  }
  const outputs = {
    version: formatVersion(version.version),
    tag: version.tag,
    environment,
    releaseUrl: released.url,
    bundle: bundleOf(released),
    ownBundle: false,
    ...(live ? { replaced: formatVersion(live.version) } : {}),
  };
  if (live?.tag === version.tag) {
    return {
      ...outputs,
      change: 'unchanged',
      folders: {},
      reasons: [
        inputs.to === 'previous'
          ? `${environment} was rolled back to ${version.tag} already, and had no other version before it: nothing to do`
          : `${environment} has ${version.tag} already`,
      ],
    };
  }
  const wanted = wantedDeployment(
    { registry, version, target: { name: pipeline.name, environment } },
    inputs,
  );
  const { deployment } = await openDeployment(forge.deployments, wanted, { clock });
  const runDirectory = runDirectoryOf(pipeline, inputs.output);
  const { folders, differences } = await deliver({ pipeline, version, environment, runDirectory }, ports);
  if (differences.length > 0) {
    await failDeployment(forge.deployments, { deployment, wanted }, { why: differences[0]!, clock });
    return { ...outputs, change: 'failed', folders, reasons: differences };
  }
  await assignOrClose({ pipeline, version, environment, expected: live }, { deployment, wanted }, ports);
  await succeedDeployment(forge.deployments, { deployment, wanted }, { clock, environmentUrl: released.url });
  return { ...outputs, change: 'deployed', folders, reasons: [`rolled back by hand to ${version.tag}`] };
}
