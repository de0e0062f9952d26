import { readFile, stat } from 'node:fs/promises';
import { ConfigurationError } from '../../platform/errors.ts';
import { largestBundle } from './bundle.ts';

/**
 * The bytes of a bundle's file.
 *
 * @throws ConfigurationError for one that is larger than bundles are read, NodeJS.ErrnoException for one that is not there.
 */
export async function bundleBytes(file: string): Promise<Uint8Array> {
  const { size } = await stat(file);
  if (size > largestBundle) {
    throw new ConfigurationError(
      `${file} has ${size} bytes, and a bundle has at most ${largestBundle}: give the file of a release, such as fuel-v1.2.0.zip`,
    );
  }
  return readFile(file);
}
