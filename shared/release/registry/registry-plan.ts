import { ConfigurationError, quote } from '../../platform/errors.ts';
import { formatGtoTag, type GtoEvent, gtoMessage } from './gto-tag.ts';
import { formatModelLine, nextTagTime, type Registry, registeredVersion } from './registry.ts';
import type { RegistryTag } from './registry-events.ts';
import { rollbackTarget } from './rollback.ts';
import { type Bump, compareVersions, firstVersion, formatVersion, raise, type Version } from './version.ts';

/** What to write into a registry. */
export interface TagPlan {
  /** Undefined when the registry is as it should be. */
  readonly tag: RegistryTag | undefined;
  /** The version that it is about. */
  readonly version: Version;
}

/** The version after all that were ever registered: a number that was taken back is not given again. */
export function nextVersion({ history }: Pick<Registry, 'history'>, bump: Bump): Version {
  const highest = history
    .flatMap(({ kind, version }) => (kind === 'registration' && version ? [version] : []))
    .sort(compareVersions)
    .at(-1);
  return highest ? raise(highest, bump) : firstVersion;
}

export interface Registering {
  readonly bump: Bump;
  readonly commit: string;
  /** Digest of the model: what is registered already keeps its version. */
  readonly model: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * The tag that makes a model a version.
 *
 * @throws ConfigurationError when the commit has a version of another model: GTO reads no registry in which two versions
 *   of an artifact are on one commit.
 */
export function planRegistration(registry: Registry, { bump, commit, model, now }: Registering): TagPlan {
  const known = registry.versions.find((one) => one.model === model);
  if (known) return { tag: undefined, version: known.version };
  const there = registry.history.find((one) => one.kind === 'registration' && one.commit === commit);
  if (there) {
    throw new ConfigurationError(
      `the commit ${commit} is ${there.tag} already, and this is another model: one commit can have one version of ${registry.artifact}, so commit what made the difference, and deploy that`,
    );
  }
  const version = nextVersion(registry, bump);
  const event = { kind: 'registration', artifact: registry.artifact, version } as const;
  return { tag: tagOf(registry, event, { version, commit, now, more: formatModelLine(model) }), version };
}

export interface Assigning {
  readonly stage: string;
  readonly version: Version;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The tag that gives a stage to a version. @throws ConfigurationError when the version is not registered. */
export function planAssignment(registry: Registry, { stage, version, now }: Assigning): TagPlan {
  const found = registeredVersion(registry, version);
  if (!found) {
    throw new ConfigurationError(
      `${registry.artifact} has no version ${quote(formatVersion(version))} that ${stage} could be given to: register it first`,
    );
  }
  const holder = registry.stages.get(stage);
  if (holder?.tag === found.tag) return { tag: undefined, version };
  const { artifact, numbered } = registry;
  const event = { kind: 'assignment', artifact, stage, number: numbered + 1 } as const;
  return { tag: tagOf(registry, event, { version, commit: found.commit, now }), version };
}

/**
 * The tag that gives a stage back to an older version.
 *
 * @param rollback.to `previous`, or a version such as `v1.2.0`.
 * @throws ConfigurationError when there is no such version.
 */
export function planRollback(
  registry: Registry,
  { stage, to, now }: { readonly stage: string; readonly to: string; readonly now: number },
): TagPlan {
  const { version } = rollbackTarget(registry, stage, to);
  return planAssignment(registry, { stage, version, now });
}

/**
 * The tag that says that an artifact is out of use; as GTO does it, on the commit of what happened last.
 *
 * @throws ConfigurationError when it has no version.
 */
export function planDeprecation(registry: Registry, { now }: { readonly now: number }): TagPlan {
  const newest = registry.history[0];
  const last = registry.versions.at(-1);
  if (!newest || !last) {
    throw new ConfigurationError(
      `${quote(registry.artifact)} cannot be deprecated: no version of it is registered`,
    );
  }
  const { version } = last;
  if (registry.deprecated) return { tag: undefined, version };
  const before = registry.history.some(({ kind }) => kind === 'deprecation');
  const event = {
    kind: 'deprecation',
    artifact: registry.artifact,
    ...(before ? { number: registry.numbered + 1 } : {}),
  } as const;
  return { tag: tagOf(registry, event, { version, commit: newest.commit, now }), version };
}

interface Tagging {
  readonly version: Version;
  readonly commit: string;
  readonly now: number;
  /** Lines below the first. */
  readonly more?: string;
}

function tagOf(registry: Registry, event: GtoEvent, { version, commit, now, more }: Tagging): RegistryTag {
  const first = gtoMessage(event, version);
  return {
    name: formatGtoTag(event),
    commit,
    time: nextTagTime(registry, now),
    message: more === undefined ? first : `${first}\n\n${more}`,
  };
}
