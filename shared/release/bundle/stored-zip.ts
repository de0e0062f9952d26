import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/**
 * Writes a zip archive in the order given. The same files give the same bytes on any machine: times, modes and owners
 * are fixed, and nothing is compressed, since what a compressor gives depends on its version.
 */
export async function storedZip(files: Iterable<readonly [string, Uint8Array]>): Promise<Uint8Array> {
  const zip = new ZipFile();
  // Zip writes the local clock's figures, so these are the same in every time zone.
  const when = new Date(1980, 0, 1);
  const options = { mtime: when, mode: 0o100644, compress: false, forceDosTimestamp: true };
  for (const [name, bytes] of files) zip.addBuffer(Buffer.from(bytes), name, options);
  zip.end();
  return buffer(zip.outputStream);
}
