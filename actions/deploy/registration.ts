import { failureOf } from '../../shared/forge/upsert/deployment-failure.ts';
import { sha256 } from '../../shared/platform/digest.ts';
import { ConfigurationError, quote } from '../../shared/platform/errors.ts';
import { bundleName, readBundle } from '../../shared/release/bundle/bundle.ts';
import { bindingOf } from '../../shared/release/bundle/bundle-binding.ts';
import { bundleReader } from '../../shared/release/bundle/bundle-reader.ts';
import { type PushDecision, pushDecision } from '../../shared/release/registry/push-decision.ts';
import type { RegisteredVersion, Registry } from '../../shared/release/registry/registry.ts';
import {
  boundTag,
  planDeregistration,
  planRegistration,
} from '../../shared/release/registry/registry-plan.ts';
import { type Bump, formatVersion } from '../../shared/release/registry/version.ts';
import { type VersionFacts, versionBump } from '../../shared/release/registry/version-bump.ts';
import { requireRegistered, versionOfModel } from '../../shared/release/registry/version-lookup.ts';
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
  /** Makes the bundle of the judged model as this version, `v1.2.0`. */
  bundle(version: string): Promise<Uint8Array>;
}

/** The version of a judged model, and why it is called so, or comes back. */
export interface Registered {
  readonly version: RegisteredVersion;
  readonly reasons: readonly string[];
  /** The bundle that this deployment makes of the version. */
  readonly archive: Uint8Array;
}

/**
 * The version of the judged model: the one that these very bytes are already, else a new one, tagged on the commit that
 * is deployed. Its bundle is made before its tag, which binds it. A version that was never released and whose bundle would
 * be another one now is taken back, and the next number given.
 *
 * @throws ConfigurationError when these bytes were rolled back or failed their smoke test: those come back only by hand;
 *   when the commit has a version of another model; or when another deployment took the version.
 */
export async function registerVersion(registration: Registration, ports: DeployPorts): Promise<Registered> {
  const { judged, registry, inputs } = registration;
  const { digest } = judged.model.manifest;
  const decision = await decisionOn(digest, registration, ports.forge);
  if (decision && refusals.has(decision.outcome)) throw new ConfigurationError(decision.reason);
  const { bump, reasons } = bumpOf(registration);
  const registering = { bump, commit: inputs.commit, model: digest };
  const plan = planRegistration(registry, { ...registering, now: ports.clock.now() });
  if (!plan.tag) {
    const version = requireRegistered(registry, plan.version);
    const why = decision?.outcome === 'again' ? [decision.reason] : reasons;
    return settled({ version, reasons: why }, registration, ports);
  }
  const archive = await registration.bundle(formatVersion(plan.version));
  const file = bundleName(registry.artifact, formatVersion(plan.version));
  const binding = bindingOf(archive, await readBundle(archive, file));
  const { change, tag: present } = await ports.forge.tags.create(boundTag(plan.tag, binding));
  if (!present) throw nameTaken(plan.tag.name);
  const now = await registryOf({ name: registry.artifact }, ports.forge);
  const version = versionOfModel(now, digest);
  if (version) return settled({ version, reasons }, { ...registration, registry: now }, ports);
  throw new ConfigurationError(
    `another deployment took the version ${formatVersion(plan.version)} of ${registry.artifact} meanwhile (${change === 'exists' ? 'its tag was there first' : 'its tag was taken back'}): run this one again`,
  );
}

/** A version that is registered, if its bundle is or can be what its tag says; else the one that takes its place. */
async function settled(
  { version, reasons }: Omit<Registered, 'archive'>,
  registration: Registration,
  ports: DeployPorts,
): Promise<Registered> {
  const archive = await registration.bundle(formatVersion(version.version));
  const { binding } = version;
  const fits = !binding || binding.bundle === sha256(archive);
  // What is published stays as it is, whatever this deployment would make.
  if (fits || (await ports.forge.releases.published(version.tag))) return { version, reasons, archive };
  const { registry, inputs } = registration;
  const why = `${version.tag} was registered with the bundle ${binding.bundle} and never released, and its bundle would be ${sha256(archive)} now`;
  if (version.commit === inputs.commit) {
    throw new ConfigurationError(
      `${why}. One commit can have one version of ${registry.artifact}, so a later commit is needed, which may be empty: deployed from there, ${version.tag} is taken back and the next number given`,
    );
  }
  const [stage] = [...registry.stages].find(([, holder]) => holder.tag === version.tag) ?? [];
  if (stage !== undefined) {
    throw new ConfigurationError(
      `${why}, while ${stage} has it: publish its release again, or assign another version to ${stage} first`,
    );
  }
  const tag = planDeregistration(registry, version, { why, now: ports.clock.now() });
  if (!(await ports.forge.tags.create(tag)).tag) throw nameTaken(tag.name);
  ports.logger.warn(`${why}: it is taken back, and the next number given`);
  const now = await registryOf({ name: registry.artifact }, ports.forge);
  const next = await registerVersion({ ...registration, registry: now }, ports);
  return { ...next, reasons: [...next.reasons, why] };
}

function nameTaken(tag: string): ConfigurationError {
  return new ConfigurationError(
    `${quote(tag)} cannot be tagged: a lightweight tag, which registers nothing, has the name; delete it, and deploy again`,
  );
}

const refusals: ReadonlySet<PushDecision['outcome']> = new Set(['taken-away', 'failed', 'older-run']);

/** What holds for bytes that are a version already, or were one that was deregistered; undefined for new ones. */
async function decisionOn(
  model: string,
  { registry, environment, inputs }: Registration,
  { deployments }: DeployForge,
): Promise<PushDecision | undefined> {
  const earlier = versionOfModel(registry, model) ?? versionOfModel({ versions: registry.withdrawn }, model);
  if (!earlier) return undefined;
  const { commit, tag } = earlier;
  const failure = await failureOf(deployments, { environment, commit, version: tag });
  return pushDecision(registry, earlier, { stage: environment, commit: inputs.commit, failure });
}

function bumpOf({ judged, registry, live, inputs }: Registration): {
  readonly bump: Bump;
  readonly reasons: readonly string[];
} {
  const { model } = judged;
  const { bump: asked } = inputs;
  if (asked !== undefined) return { bump: asked, reasons: [`${asked} was asked for`] };
  if (!live) {
    const others = [...registry.versions, ...registry.withdrawn].filter(
      (one) => one.model !== model.manifest.digest,
    );
    const why =
      others.length === 0
        ? 'it is the first version'
        : 'no version is deployed that it could be compared with';
    return { bump: 'major', reasons: [why] };
  }
  return versionBump(factsOf(live), {
    schema: model.schema,
    recipe: model.recipe,
    train: model.manifest.inputs.train!,
    command: model.manifest.inputs.command,
  });
}

function factsOf({ bundle }: ReleasedVersion): VersionFacts {
  const reader = bundleReader(bundle);
  const { train, model } = bundle.manifest;
  return { schema: reader.schema(), recipe: reader.recipe(), train, command: model.inputs.command };
}
