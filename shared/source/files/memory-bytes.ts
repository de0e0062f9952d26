import { sha256 } from '../../platform/digest.ts';
import type { ByteSource } from './byte-source.ts';

/** Bytes in memory, read as a file is. */
export function memoryBytes(name: string, bytes: Uint8Array): ByteSource {
  let digest: string | undefined;
  return {
    name,
    size: bytes.length,
    async *open() {
      if (bytes.length > 0) yield bytes;
    },
    digest: () => {
      digest ??= sha256(bytes);
      return digest;
    },
  };
}
