import { zstdDecompressSync } from 'node:zlib';
import { CompressionType, getCompressionCodec, setCompressionCodec } from '@uwdata/flechette';
import { unpackLz4Frame } from './lz4-frame.ts';

function refuse(): never {
  throw new Error('Arrow is written without compression: the same bytes everywhere');
}

/** Lets flechette read buffers compressed by LZ4 and Zstandard, the two codecs of the Arrow format. */
export function registerArrowCodecs(): void {
  if (getCompressionCodec(CompressionType.ZSTD)) return;
  setCompressionCodec(CompressionType.LZ4_FRAME, { encode: refuse, decode: unpackLz4Frame });
  setCompressionCodec(CompressionType.ZSTD, {
    encode: refuse,
    decode: (bytes) => aligned(zstdDecompressSync(bytes)),
  });
}

/** Buffers are read in place, as arrays of eight-byte items. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
}
