import { readdirSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * Makes an empty folder among the machine's temporary ones. Its name says which process has made it, so that it can be found
 * when that process must stop; whoever makes one removes it otherwise.
 *
 * @param kind letters, such as `verify`.
 */
export function ownTemporaryFolder(kind: string): Promise<string> {
  return mkdtemp(path.join(tmpdir(), `ciclo-${kind}-${process.pid}-`));
}

/** Removes what this process has made with {@link ownTemporaryFolder}; at once, for a process that must stop. */
export function discardOwnTemporary(): void {
  const own = new RegExp(`^ciclo-[a-z]+-${process.pid}-[^-]+$`);
  for (const name of readdirSync(tmpdir())) {
    if (own.test(name)) rmSync(path.join(tmpdir(), name), { recursive: true, force: true });
  }
}
