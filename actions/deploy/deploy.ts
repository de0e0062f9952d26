// A judged model becomes a version: tag, release, stage and target; and the way back.
import path from 'node:path';
import {
  failDeployment,
  openDeployment,
  succeedDeployment,
} from '../../shared/forge/upsert/deployment-upsert.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import type { Registry } from '../../shared/release/registry/registry.ts';
import { formatVersion } from '../../shared/release/registry/version.ts';
import { runDirectoryOf } from '../pipeline/pipeline.ts';
import { registryElsewhere, registryOf } from '../pipeline/registry.ts';
import { runtimePlaces } from '../pipeline/runtime-places.ts';
import { assignOrClose } from './assignment.ts';
import { converge } from './convergence.ts';
import { deliver } from './delivery.ts';
import type { DeployInputs, DeployPorts } from './deploy-inputs.ts';
import type { DeployOutputs } from './deploy-outputs.ts';
import { type JudgedModel, readJudged } from './judged-model.ts';
import { productionOf, type ReleasedVersion, requireReadable, writeReleasedModel } from './production.ts';
import { publishVersion } from './publication.ts';
import { registerVersion } from './registration.ts';
import { releaseBundle } from './release-bundle.ts';
import { wantedDeployment } from './wanted-deployment.ts';
import { whyRowsWithheld } from './withheld-rows.ts';

/**
 * Makes the run directory's judged model a version, publishes its bundle as a release, tries the published bundle, and
 * assigns the environment's stage to it. Run again after a crash at any point it converges to the same end: one version,
 * one release, one deployment.
 *
 * A failed smoke test is a result (`change: failed`), not an exception: the stage stays where it was.
 *
 * @throws ConfigurationError when validation does not let the model pass, production has changed since it was judged, or
 *   a push may not bring the model back.
 */
export async function deploy(inputs: DeployInputs, ports: DeployPorts): Promise<DeployOutputs> {
  const { pipeline } = inputs;
  const { config } = pipeline.loaded;
  const runDirectory = runDirectoryOf(pipeline, inputs.output);
  const judged = await readJudged(pipeline, runDirectory, {
    wanted: inputs.evaluation,
    places: runtimePlaces(pipeline, ports),
  });
  const { forge, clock } = ports;
  const registry = await registryOf(pipeline, forge);
  const environment = config.deploy.environment;
  await checkTags(registry, ports);
  const live = requireReadable(await productionOf({ name: pipeline.name, environment }, forge, registry));
  const target = { name: pipeline.name, environment };
  if (live && live.bundle.manifest.digests.model === judged.model.manifest.digest) {
    return converge({ pipeline, registry, live, target }, inputs, ports);
  }
  await checkChampion(judged, live, runDirectory);

  const withheld =
    judged.model.outOfFold && (await whyRowsWithheld(inputs, judged.model.manifest.inputs.data!, ports));
  if (withheld !== undefined) {
    ports.logger.info(
      `The bundle does not hold the out-of-fold predictions, since ${withheld}: a later model is compared with this version on rows newer than its data alone`,
    );
  }
  const registered = await registerVersion(
    {
      ...{ judged, registry, live, environment, inputs },
      bundle: (version) =>
        releaseBundle(judged, {
          ...{ name: pipeline.name, version, live, lock: pipeline.lock },
          description: config.description,
          mayReadRows: withheld === undefined,
        }),
    },
    ports,
  );
  const { version, reasons } = registered;
  const { url, bundle, ownBundle } = await publishVersion(
    { pipeline, judged, live, registered, approver: inputs.approver },
    ports,
  );
  const wanted = wantedDeployment({ registry, version, target }, inputs);
  const opened = await openDeployment(forge.deployments, wanted, { clock });
  const outputs = {
    version: formatVersion(version.version),
    tag: version.tag,
    environment,
    releaseUrl: url,
    bundle,
    ownBundle,
    ...(live ? { replaced: formatVersion(live.version.version) } : {}),
  };
  const { folders, differences } = await deliver({ pipeline, version, environment, runDirectory }, ports);
  if (differences.length > 0) {
    await failDeployment(
      forge.deployments,
      { deployment: opened.deployment, wanted },
      { why: differences[0]!, clock },
    );
    return { ...outputs, change: 'failed', folders, reasons: differences };
  }
  await assignOrClose(
    { pipeline, version, environment, expected: live?.version, pushed: inputs.commit },
    { deployment: opened.deployment, wanted },
    ports,
  );
  await succeedDeployment(
    forge.deployments,
    { deployment: opened.deployment, wanted },
    { clock, environmentUrl: url },
  );
  return { ...outputs, change: 'deployed', folders, reasons };
}

/**
 * Refuses to give a number out of a clone that does not have all tags of the place that it came from.
 *
 * @throws ConfigurationError when that place has more of them, or cannot be asked and the clone has none at all.
 */
async function checkTags(registry: Registry, { forge, logger }: DeployPorts): Promise<void> {
  const { artifact: name, history } = registry;
  const elsewhere = await registryElsewhere({ name }, forge);
  if (!elsewhere) return;
  const { place } = elsewhere;
  if (!('problem' in elsewhere)) {
    const known = new Set(history.map(({ tag }) => tag));
    const missing = elsewhere.registry.history.map(({ tag }) => tag).filter((tag) => !known.has(tag));
    if (missing.length === 0) return;
    throw new ConfigurationError(
      `${place} has tags of ${name} that this clone does not have (${missing.slice(0, 3).join(', ')}${missing.length > 3 ? ', …' : ''}), so the next version would be a wrong one: git fetch --tags ${place}, then validate and deploy again`,
    );
  }
  const why = `${place} could not be asked which versions of ${name} it has: ${elsewhere.problem}`;
  if (history.length === 0) {
    throw new ConfigurationError(
      `${why}. This clone has none, and a second ${name}@v1.0.0 must not be made: connect to ${place}, or remove the remote`,
    );
  }
  logger.warn(`${why}; the tags of this clone are taken as they are`);
}

/** An evaluation counts only as long as the champion that it knew is still in production. */
async function checkChampion(
  { evaluation }: JudgedModel,
  live: ReleasedVersion | undefined,
  runDirectory: string,
): Promise<void> {
  const judgedAgainst = evaluation.champion?.digest;
  const expected = live && (await writeReleasedModel(live, path.join(runDirectory, 'champion'))).digest;
  const unread = evaluation.champion && judgedAgainst === undefined;
  if (judgedAgainst === expected && !unread) return;
  const now = live ? `now it has ${live.version.tag}` : 'nothing is in production';
  const then = unread
    ? `beside ${evaluation.champion!.name}, which could not be read`
    : judgedAgainst === undefined
      ? 'without a champion'
      : `against the model ${judgedAgainst}`;
  throw new ConfigurationError(
    `the model was judged ${then}, and ${now}: run ciclo validate again, which compares with what is in production`,
  );
}
