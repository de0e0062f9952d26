import { openDeployment, succeedDeployment } from '../../shared/forge/upsert/deployment-upsert.ts';
import type { Registry } from '../../shared/release/registry/registry.ts';
import { formatVersion } from '../../shared/release/registry/version.ts';
import { type Pipeline, runDirectoryOf } from '../pipeline/pipeline.ts';
import type { DeployInputs, DeployPorts } from './deploy-inputs.ts';
import type { DeployOutputs } from './deploy-outputs.ts';
import { bundleOf, type ReleasedVersion } from './production.ts';
import { targetsOf, writeTargets } from './targets/targets.ts';
import { type DeployedPlace, wantedDeployment } from './wanted-deployment.ts';

export interface Converging {
  readonly pipeline: Pipeline;
  readonly registry: Registry;
  readonly live: ReleasedVersion;
  readonly target: DeployedPlace;
}

/** The model is there already: its folders are written, and what an earlier try may have left undone is done. */
export async function converge(
  { pipeline, registry, live, target }: Converging,
  inputs: DeployInputs,
  ports: DeployPorts,
): Promise<DeployOutputs> {
  const { forge, clock } = ports;
  const { config } = pipeline.loaded;
  const folders = await writeTargets(
    await targetsOf(config.deploy.targets),
    { pipeline, released: live, environment: target.environment },
    runDirectoryOf(pipeline, inputs.output),
    ports,
  );
  const wanted = wantedDeployment({ registry, version: live.version, target }, inputs);
  const opened = await openDeployment(forge.deployments, wanted, { clock });
  await succeedDeployment(
    forge.deployments,
    { deployment: opened.deployment, wanted },
    { clock, environmentUrl: live.url },
  );
  return {
    version: formatVersion(live.version.version),
    tag: live.version.tag,
    environment: target.environment,
    change: 'unchanged',
    reasons: [`${live.version.tag} is this very model`],
    releaseUrl: live.url,
    bundle: bundleOf(live),
    ownBundle: false,
    folders,
  };
}
