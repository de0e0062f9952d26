import { createHash } from 'node:crypto';
import { canonicalJson } from './json.ts';

/** SHA-256 of bytes or UTF-8 text, as `sha256:<64 hex digits>` (FIPS 180-4). */
export function sha256(data: Uint8Array | string): string {
  return `sha256:${createHash('sha256').update(data).digest('hex')}`;
}

/** SHA-256 of a value's canonical JSON. */
export function digestOf(value: unknown): string {
  return sha256(canonicalJson(value));
}
