import { ForgeError } from '../ports/forge-error.ts';

/** Most bytes of a file that is read through the port. */
export const contentLimit = 1024 * 1024;

/**
 * A file's text.
 *
 * @param bytes undefined when the host left them out as too many.
 * @throws ForgeError when it is too large, or not UTF-8.
 */
export function decodeContent(
  bytes: Uint8Array | undefined,
  { doing, size }: { readonly doing: string; readonly size: number },
): string {
  if (!bytes || size > contentLimit) {
    throw new ForgeError(`${doing}: ${size} bytes; at most ${contentLimit} are read`, undefined);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new ForgeError(`${doing}: not text in UTF-8`, undefined, { cause: error });
  }
}
