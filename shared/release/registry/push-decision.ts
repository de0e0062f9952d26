import type { RegisteredVersion, Registry } from './registry.ts';
import { standingVersions } from './stage-history.ts';
import { compareVersions, formatVersion, type Version } from './version.ts';
import { registeredVersion } from './version-lookup.ts';

/** Whether a push may assign a stage to a model that is a version already, and why, in words. */
export interface PushDecision {
  readonly outcome: /** The stage has not had it: an earlier try did not get so far. */
    | 'assign'
    /** The stage had it before, and a newer commit makes it again, as a revert does. */
    | 'again'
    /** The stage has it. */
    | 'holds'
    /** A person took it away: only a person brings it back. */
    | 'taken-away'
    /** It did not answer as it was judged. */
    | 'failed'
    /** A run of an older commit ran again, after newer ones were deployed. */
    | 'older-run';
  readonly reason: string;
}

/** A push that deploys. */
export interface Push {
  readonly stage: string;
  /** The commit that is deployed. */
  readonly commit: string;
  /** What the version's smoke test found, when it failed. */
  readonly failure?: string | undefined;
}

/**
 * Decides whether a push whose model is a version already may assign the stage to it. What a person took away and what
 * failed comes back only by hand; what was merely replaced may come back when a newer commit makes the same model.
 *
 * @param version one of the registry's, or one that was deregistered: then what holds is whether its model may come back
 *   under another number. Deregistering takes back the number, not the model.
 */
export function pushDecision(registry: Registry, version: RegisteredVersion, push: Push): PushDecision {
  const { stage, failure } = push;
  const { tag } = version;
  const byHand = byHandFor(registry, version);
  if (registry.stages.get(stage)?.tag === tag) return { outcome: 'holds', reason: `${stage} has ${tag}` };
  if (failure !== undefined) {
    return {
      outcome: 'failed',
      reason: `${tag}, which is this very model, failed when it was deployed (${failure}), so a push does not try it again; ${byHand}`,
    };
  }
  if (isTakenAway(registry, version, stage)) {
    return {
      outcome: 'taken-away',
      reason: `${tag}, which is this very model, was taken away from ${stage} by hand, so a push does not bring it back; ${byHand}`,
    };
  }
  const before = registry.assignments.filter((one) => one.stage === stage && isSame(one.version, version));
  const commit = push.commit.slice(0, 7);
  if (before.length === 0) {
    const newer = version.commit === push.commit ? assignedAfter(registry, version, stage) : undefined;
    if (!newer) return { outcome: 'assign', reason: `${stage} has not had ${tag} yet` };
    return {
      outcome: 'older-run',
      reason: `${tag} of the commit ${commit} was registered and did not get ${stage}, which has had ${newer.tag} since, a later version, so deploying that commit again does not bring it back; ${byHand}`,
    };
  }
  // At its own commit a deregistered version cannot be registered again, which planRegistration tells.
  const isOlder =
    version.commit === push.commit
      ? registeredVersion(registry, version.version) !== undefined
      : before.some(({ pushed }) => pushed === push.commit);
  if (isOlder) {
    return {
      outcome: 'older-run',
      reason: `${stage} had ${tag} from the commit ${commit} and has a newer version since, so deploying that commit again does not bring it back; ${byHand}`,
    };
  }
  return {
    outcome: 'again',
    reason: `${stage} had ${tag} before, and the commit ${commit} makes this very model again`,
  };
}

function byHandFor(registry: Registry, { version, tag }: RegisteredVersion): string {
  const label = formatVersion(version);
  return registeredVersion(registry, version)
    ? `assign it by hand if it should be: rollback-to ${label}`
    : `${tag} was deregistered since: register it again if it should be, and assign it by hand: rollback-to ${label}`;
}

/** Whether the stage was rolled back from the version, or unassigned. */
function isTakenAway({ history, assignments }: Registry, version: RegisteredVersion, stage: string): boolean {
  const had = assignments.some((one) => one.stage === stage && isSame(one.version, version));
  const events = history.filter(({ kind }) => kind !== 'deregistration').toReversed();
  return had && !standingVersions(events, stage).some((one) => isSame(one, version));
}

/** A version that was registered after this one and was given the stage since: that of a newer commit, as far as tags say it. */
function assignedAfter(
  { assignments, versions, withdrawn }: Registry,
  { time }: RegisteredVersion,
  stage: string,
): RegisteredVersion | undefined {
  const later = [...versions, ...withdrawn].filter((one) => one.time > time);
  return later.find((one) => assignments.some((two) => two.stage === stage && isSame(two.version, one)));
}

function isSame(version: Version, other: RegisteredVersion): boolean {
  return compareVersions(version, other.version) === 0;
}
