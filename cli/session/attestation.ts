import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { AttestationCheck } from '../../actions/deploy/verify.ts';
import { ownTemporaryFolder } from '../../shared/platform/own-temporary.ts';
import { gitHubRepository } from './github-remote.ts';

const run = promisify(execFile);

/**
 * Asks GitHub's own program `gh`, which knows its root of trust, whether a workflow of the repository attested a file.
 *
 * @param repository whose remote `origin` says where on GitHub it is.
 */
export async function checkAttestation(
  repository: string,
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
): Promise<AttestationCheck> {
  const remote = await run('git', ['-C', repository, 'remote', 'get-url', 'origin']).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );
  const place = remote === undefined ? undefined : gitHubRepository(remote);
  if (place === undefined) {
    return {
      outcome: 'unchecked',
      detail: `attestations are GitHub's, and ${remote === undefined ? 'there is no remote origin' : `origin (${withoutSecret(remote)}) is not there`}`,
    };
  }
  const folder = await ownTemporaryFolder('attestation');
  try {
    const file = path.join(folder, name);
    await writeFile(file, bytes);
    await run('gh', ['attestation', 'verify', file, '--repo', place]);
    return { outcome: 'verified', detail: `a workflow of ${place} attested it` };
  } catch (error) {
    return ofRefusal(error as NodeJS.ErrnoException & { readonly stderr?: string }, place);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A token may be part of a remote's address. */
function withoutSecret(remote: string): string {
  return remote.replace(/\/\/[^@/]+@/, '//');
}

/** What `gh attestation verify` says when it ends otherwise than well. */
function ofRefusal(
  { code, stderr = '' }: NodeJS.ErrnoException & { readonly stderr?: string },
  place: string,
): AttestationCheck {
  if (code === 'ENOENT') {
    return { outcome: 'unchecked', detail: `it is checked by gh (GitHub CLI), which is not installed here` };
  }
  const said = stderr.trim().split('\n').at(-1) ?? '';
  if (/no attestations? found|HTTP 404/i.test(stderr)) {
    return { outcome: 'none', detail: `${place} has no attestation of it` };
  }
  if (/verif(ying|ication|y) .*fail|fail.* verif/i.test(stderr)) {
    return { outcome: 'refused', detail: `gh refuses it: ${said}` };
  }
  return { outcome: 'unchecked', detail: `gh could not tell: ${said || 'it gave no reason'}` };
}
