import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

/** What writeFolder calls its temporary folders, and a former result that stepped aside for a moment. */
const temporary = /^\.([a-z]+)-[0-9a-f]{12}\.tmp(\.old)?$/;

/**
 * Clears a run directory of a result whose writing was interrupted. A former result that had stepped aside is
 * put back where the new one did not arrive. Synchronous, because a process that must stop has no time to wait.
 */
export function discardUnfinished(runDirectory: string): void {
  if (!existsSync(runDirectory)) return;
  for (const name of readdirSync(runDirectory)) {
    const match = temporary.exec(name);
    if (!match) continue;
    const left = path.join(runDirectory, name);
    const place = path.join(runDirectory, match[1]!);
    if (match[2] !== undefined && !existsSync(place)) renameSync(left, place);
    else rmSync(left, { recursive: true, force: true });
  }
}
