import { ConfigurationError } from '../../platform/errors.ts';
import type { RegisteredVersion, Registry } from './registry.ts';
import { standingVersions } from './stage-history.ts';
import { compareVersions, requireVersion } from './version.ts';
import { namedVersions, registeredVersion, requireRegistered } from './version-lookup.ts';

/**
 * The version that a person asks to go back to. `previous` asked again, where all that was before is taken away already, is
 * the version that the last rollback led to: a run that is repeated after it was done ends well.
 *
 * @param to `previous`, or a version such as `v1.2.0`.
 * @throws ConfigurationError when there is no such version.
 */
export function rollbackTarget(registry: Registry, stage: string, to: string): RegisteredVersion {
  if (to === 'previous') {
    const previous = previousVersion(registry, stage);
    if (previous) return previous;
    const reached = lastRollback(registry, stage);
    if (reached) return reached;
    throw new ConfigurationError(
      `rollback-to: ${stage} had no other version of ${registry.artifact} before: name the version to go back to (${namedVersions(registry)})`,
    );
  }
  return requireRegistered(registry, requireVersion(to), 'rollback-to');
}

/**
 * What `previous` means: the version that the stage had before the one that it has, those left out that were taken away
 * again. So after a rollback it is the version before that one, not the one that was rolled back.
 */
export function previousVersion(registry: Registry, stage: string): RegisteredVersion | undefined {
  const live = registry.stages.get(stage);
  return standingVersions(registry.history.toReversed(), stage)
    .filter((version) => !live || compareVersions(version, live.version) !== 0)
    .flatMap((version) => registeredVersion(registry, version) ?? [])
    .at(-1);
}

/** The version that a person gave the stage last, if it has that still. */
function lastRollback(registry: Registry, stage: string): RegisteredVersion | undefined {
  const live = registry.stages.get(stage);
  const given = registry.assignments.filter((one) => one.stage === stage);
  const last = given.at(-1);
  if (!live || !last || last.pushed !== undefined || given.length < 2) return undefined;
  return compareVersions(last.version, live.version) === 0 ? live : undefined;
}
