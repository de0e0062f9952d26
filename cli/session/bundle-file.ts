import path from 'node:path';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { bundleBytes } from '../../shared/release/bundle/bundle-bytes.ts';

/** The bundle that a flag names. @throws ConfigurationError when there is no such file. */
export async function bundleFile(
  file: string,
  flag: string,
): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const bytes = await bundleBytes(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    throw new ConfigurationError(`there is no file ${file} (${flag})`, { cause: error });
  });
  return { name: path.basename(file), bytes };
}
