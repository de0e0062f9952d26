import type { RegistryEvent } from './registry-events.ts';
import { compareVersions, type Version } from './version.ts';

/**
 * The versions that a stage had one after the other, without those that were taken away: the last is the one that it
 * has, the one before is what that replaced.
 *
 * A version that is assigned again while it stands is a rollback to it, which takes away what came after. Unassigning
 * or deregistering a version takes that one away.
 *
 * @param events the oldest first.
 */
export function standingVersions(events: readonly RegistryEvent[], stage: string): readonly Version[] {
  let standing: readonly Version[] = [];
  for (const event of events) {
    const { kind, version } = event;
    if (!version) continue;
    const place = standing.findIndex((one) => compareVersions(one, version) === 0);
    if (kind === 'assignment' && event.stage === stage) {
      standing = place < 0 ? [...standing, version] : standing.slice(0, place + 1);
    }
    if (kind === 'deregistration' || (kind === 'unassignment' && event.stage === stage)) {
      standing = standing.filter((_, i) => i !== place);
    }
  }
  return standing;
}
