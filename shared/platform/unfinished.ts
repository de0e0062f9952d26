import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { makeIgnoredFolder } from './ignored-folder.ts';
import { parseTemporaryName, type TemporaryName, temporaryName } from './temporary-name.ts';

/**
 * Clears a run directory of what this process was writing when it was interrupted. A former result that had stepped aside is
 * put back where the new one did not arrive. Synchronous, because a process that must stop has no time to wait.
 */
export function discardUnfinished(runDirectory: string): void {
  discard(runDirectory, ({ own }) => own);
}

/** Clears a folder of what processes left that were killed while they wrote; never of what a live one is writing. */
function sweepAbandoned(folder: string): void {
  discard(folder, (name, age) => !name.own && name.isAbandoned(age()));
}

/** The name of what is written beside its place, in a folder that is cleared of what killed processes left there. */
export function temporaryBeside(folder: string, kind: string): string {
  makeIgnoredFolder(folder);
  sweepAbandoned(folder);
  return path.join(folder, temporaryName(kind));
}

function discard(folder: string, isMeant: (name: TemporaryName, age: () => number) => boolean): void {
  // What is no folder holds nothing; whoever writes there says so better.
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  const found = readdirSync(folder).flatMap((name) => {
    const temporary = parseTemporaryName(name);
    return temporary ? [{ temporary, left: path.join(folder, name) }] : [];
  });
  const isLeft = ({ temporary, left }: (typeof found)[number]) => isMeant(temporary, () => ageOf(left));
  const leftovers = found.filter(isLeft);
  const written = new Set(found.flatMap((one) => (leftovers.includes(one) ? [] : [one.temporary.kind])));
  for (const { temporary, left } of leftovers) {
    // While another process puts a result there, nothing is put back in its way.
    if (temporary.aside && written.has(temporary.kind)) continue;
    const place = path.join(folder, temporary.kind);
    if (temporary.aside && !existsSync(place)) renameSync(left, place);
    else rmSync(left, { recursive: true, force: true });
  }
}

/** Milliseconds since it was changed; none when another process was faster to clear it away. */
function ageOf(file: string): number {
  return Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
}
