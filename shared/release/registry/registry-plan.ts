import { ConfigurationError } from '../../platform/errors.ts';
import { formatGtoTag, type GtoEvent, gtoMessage } from './gto-tag.ts';
import { nextAssignment, nextTagTime, type RegisteredVersion, type Registry } from './registry.ts';
import type { RegistryTag } from './registry-events.ts';
import { type BundleBinding, formatBinding, formatModelLine, formatPushLine } from './tag-lines.ts';
import { type Bump, compareVersions, firstVersion, raisedVersion, type Version } from './version.ts';
import { requireRegistered, versionOfModel } from './version-lookup.ts';

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
    .flatMap(({ kind, version }) => (version && isOfVersion.has(kind) ? [version] : []))
    .sort(compareVersions)
    .at(-1);
  return highest ? raisedVersion(highest, bump) : firstVersion;
}

/** A number that is only said to be taken back was given once, too. */
const isOfVersion: ReadonlySet<GtoEvent['kind']> = new Set(['registration', 'deregistration']);

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
 * @throws ConfigurationError when the commit has another version already, deregistered or not: GTO reads no registry in
 *   which two versions of an artifact were registered on one commit.
 */
export function planRegistration(registry: Registry, { bump, commit, model, now }: Registering): TagPlan {
  const known = versionOfModel(registry, model);
  if (known) return { tag: undefined, version: known.version };
  const { artifact } = registry;
  const isThere = (one: { readonly commit: string }): boolean => one.commit === commit;
  const rule = `one commit can have one version of ${artifact}`;
  const there = registry.versions.find(isThere);
  if (there) {
    throw new ConfigurationError(
      `the commit ${commit} is ${there.tag} already, and this is another model: ${rule}, so commit what made the difference, and deploy that`,
    );
  }
  const withdrawn = registry.withdrawn.find(isThere);
  if (withdrawn) {
    throw new ConfigurationError(
      `the commit ${commit} was registered as ${withdrawn.tag}, which was taken back: ${rule}, taken back or not, so deploy a later commit, which gets the next number`,
    );
  }
  const version = nextVersion(registry, bump);
  const event = { kind: 'registration', artifact, version } as const;
  const message = `${gtoMessage(event, version)}\n\n${formatModelLine(model)}`;
  return { tag: { name: formatGtoTag(event), commit, time: nextTagTime(registry, now), message }, version };
}

/** A registration's tag that says which file is the version's bundle: that file has the version in it, so it is made in between. */
export function boundTag(tag: RegistryTag, binding: BundleBinding): RegistryTag {
  return { ...tag, message: `${tag.message}\n${formatBinding(binding)}` };
}

/**
 * The tag that takes a version back which was registered and never released.
 *
 * @param why a sentence for who reads the tag, without its stop.
 */
export function planDeregistration(
  registry: Registry,
  { version, commit }: RegisteredVersion,
  { why, now }: { readonly why: string; readonly now: number },
): RegistryTag {
  const event = { kind: 'deregistration', artifact: registry.artifact, version } as const;
  const message = `${gtoMessage(event, version)}\n\n${why}`;
  return { name: formatGtoTag(event), commit, time: nextTagTime(registry, now), message };
}

export interface Assigning {
  readonly stage: string;
  readonly version: Version;
  /** What the stage must still have: the version that the new one was judged against, or is to replace. */
  readonly expected: RegisteredVersion | undefined;
  /** The commit that is deployed; absent when a person assigns. */
  readonly pushed?: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * The tag that gives a stage to a version, if the stage still has what is expected. This is the comparison of a
 * compare-and-swap; the swap is the tag's number, which only one can take.
 *
 * @throws ConfigurationError when the version is not registered, or when another deployment was faster.
 */
export function planAssignment(
  registry: Registry,
  { stage, version, expected, pushed, now }: Assigning,
): TagPlan {
  const { tag, commit } = requireRegistered(registry, version);
  const holder = registry.stages.get(stage);
  if (holder?.tag === tag) return { tag: undefined, version };
  if (holder?.tag !== expected?.tag) {
    const again = pushed === undefined ? 'see what should be there now' : 'validate and deploy again';
    throw new ConfigurationError(
      `another deployment changed ${stage} meanwhile: it has ${holder?.tag ?? 'nothing'} now, and ${tag} was to replace ${expected?.tag ?? 'nothing'}; ${again}`,
    );
  }
  const { artifact } = registry;
  const first = gtoMessage({ kind: 'assignment', artifact, stage }, version);
  const message = pushed === undefined ? first : `${first}\n\n${formatPushLine(pushed)}`;
  return {
    tag: { name: nextAssignment(registry, stage), commit, time: nextTagTime(registry, now), message },
    version,
  };
}
