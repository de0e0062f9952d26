import { ConfigurationError, quote } from '../../platform/errors.ts';
import { previousVersion, type RegisteredVersion, type Registry, registeredVersion } from './registry.ts';
import { standingVersions } from './stage-history.ts';
import { compareVersions, formatVersion, requireVersion } from './version.ts';

/**
 * The version that a person asks to go back to.
 *
 * @param to `previous`, or a version such as `v1.2.0`.
 * @throws ConfigurationError when there is no such version.
 */
export function rollbackTarget(registry: Registry, stage: string, to: string): RegisteredVersion {
  if (to === 'previous') {
    const previous = previousVersion(registry, stage);
    if (previous) return previous;
    throw new ConfigurationError(
      `rollback-to: ${stage} has no version of ${registry.artifact} before the one that it has; ${namedOnes(registry)}`,
    );
  }
  const version = requireVersion(to);
  const found = registeredVersion(registry, version);
  if (found) return found;
  throw new ConfigurationError(
    `rollback-to: ${registry.artifact} has no version ${quote(formatVersion(version))}; ${namedOnes(registry)}`,
  );
}

function namedOnes({ versions }: Registry): string {
  const names = versions.map(({ version }) => formatVersion(version));
  return names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`;
}

/** Whether a push may assign a stage to a version that is registered already, and why, in words. */
export interface PushDecision {
  readonly outcome:
    | 'assign'
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

/**
 * Decides whether a push whose model is a version already may assign the stage to it. What a person took away and what
 * failed comes back by hand alone; what was merely replaced may come back when a newer commit makes the same model.
 *
 * @param push.commit the commit that is deployed.
 * @param push.failure what the version's smoke test found, when it failed.
 */
export function pushDecision(
  registry: Registry,
  version: RegisteredVersion,
  push: { readonly stage: string; readonly commit: string; readonly failure?: string | undefined },
): PushDecision {
  const { stage, failure } = push;
  const byHand = `assign it by hand if it should be: rollback-to ${formatVersion(version.version)}`;
  if (registry.stages.get(stage)?.tag === version.tag) {
    return { outcome: 'holds', reason: `${stage} has ${version.tag}` };
  }
  if (failure !== undefined) {
    return {
      outcome: 'failed',
      reason: `${version.tag} failed when it was deployed (${failure}), so a push does not try it again; ${byHand}`,
    };
  }
  if (!wasAssigned(registry, version, stage)) {
    return { outcome: 'assign', reason: `${stage} has not had ${version.tag} yet` };
  }
  const stands = standingVersions(registry.history.toReversed(), stage).some(
    (one) => compareVersions(one, version.version) === 0,
  );
  if (!stands) {
    return {
      outcome: 'taken-away',
      reason: `${version.tag} was taken away from ${stage} by hand, so a push does not bring it back; ${byHand}`,
    };
  }
  if (push.commit === version.commit) {
    return {
      outcome: 'older-run',
      reason: `${stage} had ${version.tag} and has a newer version since, so running its deployment again does not bring it back; ${byHand}`,
    };
  }
  return {
    outcome: 'assign',
    reason: `${stage} had ${version.tag} before, and the commit ${push.commit.slice(0, 7)} makes this very model again`,
  };
}

function wasAssigned({ assignments }: Registry, { version }: RegisteredVersion, stage: string): boolean {
  return assignments.some((one) => one.stage === stage && compareVersions(one.version, version) === 0);
}
