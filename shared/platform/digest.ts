import { createHash } from 'node:crypto';
import { canonicalJson } from './json.ts';

/** Most bytes at a time: OpenSSL takes no 2 GiB at once. */
const mostAtOnce = 2 ** 30;

/** SHA-256 of bytes or UTF-8 text, as `sha256:<64 hex digits>` (FIPS 180-4). */
export function sha256(data: Uint8Array | string): string {
  if (typeof data === 'string') return `sha256:${createHash('sha256').update(data).digest('hex')}`;
  const hash = new Sha256();
  hash.update(data);
  return hash.digest();
}

/** The {@link sha256} of bytes that come piece by piece. */
export class Sha256 {
  readonly #hash = createHash('sha256');

  update(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; from += mostAtOnce) {
      this.#hash.update(bytes.subarray(from, from + mostAtOnce));
    }
  }

  /** Of all pieces; call once, at the end. */
  digest(): string {
    return `sha256:${this.#hash.digest('hex')}`;
  }
}

/** SHA-256 of a value's canonical JSON. */
export function digestOf(value: unknown): string {
  return sha256(canonicalJson(value));
}
