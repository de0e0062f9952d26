import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import type { Compressors } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';

type Codec = NonNullable<Compressors['GZIP']>;

/** Pages without values need no codec. */
function unlessEmpty(unpack: Codec): Codec {
  return (input, length) => (length === 0 ? new Uint8Array(0) : unpack(input, length));
}

const native: Compressors = {
  GZIP: (input, length) => gunzipSync(input, { maxOutputLength: length }),
  BROTLI: (input, length) => brotliDecompressSync(input, { maxOutputLength: length }),
  ZSTD: (input, length) => zstdDecompressSync(input, { maxOutputLength: length }),
};

/**
 * Every codec of the Parquet format but LZO, which nothing writes any more: Node's own where it has one, which
 * are several times faster. A page may not unpack to more than its header says.
 */
export const parquetCodecs: Compressors = Object.fromEntries(
  Object.entries({ ...compressors, ...native }).map(([name, unpack]) => [name, unlessEmpty(unpack)]),
);
