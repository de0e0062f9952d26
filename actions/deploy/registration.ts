import { parsePayload } from '../../shared/forge/upsert/deployment-subject.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { bundleReader } from '../../shared/release/bundle/bundle-reader.ts';
import { formatGtoTag, gtoMessage } from '../../shared/release/registry/gto-tag.ts';
import {
  formatModelLine,
  nextTagTime,
  type RegisteredVersion,
  type Registry,
} from '../../shared/release/registry/registry.ts';
import {
  type Bump,
  compareVersions,
  firstVersion,
  formatVersion,
  raise,
  type Version,
} from '../../shared/release/registry/version.ts';
import { type VersionFacts, versionBump } from '../../shared/release/registry/version-bump.ts';
import { registryOf } from '../pipeline/registry.ts';
import type { DeployForge, DeployInputs, DeployPorts } from './deploy-inputs.ts';
import type { JudgedModel } from './judged-model.ts';
import type { ReleasedVersion } from './production.ts';

export interface Registration {
  readonly judged: JudgedModel;
  readonly registry: Registry;
  readonly live: ReleasedVersion | undefined;
  readonly environment: string;
  readonly inputs: Pick<DeployInputs, 'commit' | 'bump'>;
}

/**
 * The version of the judged model: the one that an earlier try registered for these very bytes, else a new one, tagged on
 * the commit that is deployed.
 *
 * @throws ConfigurationError when these bytes were rolled back or failed their smoke test: those come back only by hand.
 */
export async function registerVersion(
  registration: Registration,
  ports: DeployPorts,
): Promise<{ readonly version: RegisteredVersion; readonly reasons: readonly string[] }> {
  const { judged, registry, live, inputs } = registration;
  const { bump, reasons } = bumpOf(judged, live, inputs.bump);
  const known = registry.versions.find(({ model }) => model === judged.model.manifest.digest);
  if (known) {
    await checkNotGivenUp(known, registration, ports.forge);
    return { version: known, reasons };
  }
  const version = nextVersion(registry, bump);
  const event = { kind: 'registration', artifact: registry.artifact, version } as const;
  const name = formatGtoTag(event);
  const { change } = await ports.forge.tags.create({
    name,
    commit: inputs.commit,
    time: nextTagTime(registry, ports.clock.now()),
    message: `${gtoMessage(event, version)}\n\n${formatModelLine(judged.model.manifest.digest)}`,
  });
  const now = await registryOf({ name: registry.artifact }, ports.forge);
  const registered = now.versions.find(({ tag }) => tag === name);
  if (registered?.model !== judged.model.manifest.digest) {
    throw new ConfigurationError(
      `another deployment took the version ${formatVersion(version)} of ${registry.artifact} meanwhile (${change === 'exists' ? 'its tag was there first' : 'its tag was taken back'}): run this one again`,
    );
  }
  return { version: registered, reasons };
}

function nextVersion({ versions }: Registry, bump: Bump): Version {
  const highest = versions
    .map(({ version }) => version)
    .sort(compareVersions)
    .at(-1);
  return highest ? raise(highest, bump) : firstVersion;
}

function bumpOf(
  { model }: JudgedModel,
  live: ReleasedVersion | undefined,
  asked: Bump | undefined,
): { readonly bump: Bump; readonly reasons: readonly string[] } {
  if (asked !== undefined) return { bump: asked, reasons: [`${asked} was asked for`] };
  if (!live) return { bump: 'major', reasons: ['it is the first version'] };
  return versionBump(factsOf(live), {
    schema: model.schema,
    recipe: model.recipe,
    train: model.manifest.inputs.train!,
  });
}

function factsOf({ bundle }: ReleasedVersion): VersionFacts {
  const reader = bundleReader(bundle);
  return { schema: reader.schema(), recipe: reader.recipe(), train: bundle.manifest.train };
}

/** A push must not bring back what a person took away, nor what did not work. */
async function checkNotGivenUp(
  version: RegisteredVersion,
  { registry, environment }: Registration,
  { deployments }: DeployForge,
): Promise<void> {
  const byHand = `assign it by hand if it should be: rollback-to ${formatVersion(version.version)}`;
  const had = registry.assignments.some(
    (one) => one.stage === environment && compareVersions(one.version, version.version) === 0,
  );
  if (had) {
    throw new ConfigurationError(
      `${environment} had ${version.tag}, which is this very model, and another version was assigned since, so a push does not bring it back; ${byHand}`,
    );
  }
  for (const { id, payload } of await deployments.list({ environment, commit: version.commit })) {
    if (parsePayload(payload)?.version !== version.tag) continue;
    const [newest] = await deployments.statuses(id);
    if (newest?.state === 'failure') {
      throw new ConfigurationError(
        `${version.tag}, which is this very model, failed when it was deployed (${newest.description}), so a push does not try it again; ${byHand}`,
      );
    }
  }
}
