import type { RegistryEvent } from './registry-events.ts';
import { parsePushLine } from './tag-lines.ts';
import { compareVersions, type Version } from './version.ts';

/**
 * The versions that a stage had one after the other, without those that were taken away: the last is the one that it
 * has, the one before is what that replaced.
 *
 * A version that is assigned again by hand while it stands is a rollback to it, which takes away what came after; by a
 * push it is a newer commit that makes the same model, and takes nothing away. Unassigning or deregistering a version
 * takes that one away.
 *
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
      const byHand = parsePushLine(event.message) === undefined;
      const before = byHand && place >= 0 ? standing.slice(0, place) : standing.filter((_, i) => i !== place);
      standing = [...before, version];
    }
    if (kind === 'deregistration' || (kind === 'unassignment' && event.stage === stage)) {
      standing = standing.filter((_, i) => i !== place);
    }
  }
  return standing;
}
