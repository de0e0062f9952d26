import { sha256 } from '../../platform/digest.ts';
import type { FolderKind, Manifest } from '../folders/manifest.ts';
import { writeFolder } from '../folders/run-folder.ts';

/** A result folder of a few bytes. */
export function writeResult(
  runDirectory: string,
  {
    kind = 'model',
    bytes = 'weights',
    ...head
  }: { readonly kind?: FolderKind; readonly bytes?: string } & Partial<
    Pick<Manifest, 'pipeline' | 'fingerprint' | 'engine' | 'reproducible'>
  > = {},
): Promise<{ folder: string; manifest: Manifest }> {
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  return writeFolder(
    runDirectory,
    { kind, pipeline: 'fuel', fingerprint: sha256('what determines it'), inputs: {}, versions: {}, ...head },
    new Map([
      ['weights.bin', encode(bytes)],
      ['card.md', encode('# Fuel\n')],
    ]),
  );
}
