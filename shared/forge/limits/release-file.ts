import { sha256 } from '../../platform/digest.ts';
import { ForgeError } from '../ports/forge-error.ts';
import type { ReleaseAsset } from '../ports/releases.ts';

/** @throws ForgeError for a name that GitHub would change, so that it would never be found again. */
export function checkFileName(name: string, doing: string): void {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name) && !name.endsWith('.')) return;
  const right =
    'letters, digits, ".", "_" and "-", beginning with a letter or a digit, ending with none of the dots';
  throw new ForgeError(`${doing}: the name ${JSON.stringify(name)} is not of ${right}`, 422);
}

/** @throws ForgeError when bytes that came are not those that the host says it has. */
export function checkBytes(
  bytes: Uint8Array,
  { name, size, digest }: Pick<ReleaseAsset, 'name' | 'size' | 'digest'>,
  doing: string,
): void {
  if (bytes.length !== size)
    throw new ForgeError(`${doing}: ${bytes.length} bytes of ${name} came, not ${size}`, undefined);
  const actual = sha256(bytes);
  if (digest !== undefined && digest !== actual)
    throw new ForgeError(`${doing}: ${name} came as ${actual}, not as ${digest}`, undefined);
}
