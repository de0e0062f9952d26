import { sha256 } from '../../platform/digest.ts';
import { writeBundle } from '../bundle/bundle.ts';

/** A bundle's head as a test needs one. */
export const sampleHead = {
  name: 'fuel',
  version: 'v1.2.0',
  digests: { model: sha256('m'), evaluation: sha256('e'), dataset: sha256('d') },
  train: sha256('t'),
  data: sha256('l'),
  model: { pipeline: 'fuel', fingerprint: sha256('f'), inputs: {}, versions: { ciclo: '0.1.0' } },
};

export const sampleFiles: ReadonlyMap<string, Uint8Array> = new Map([
  ['weights.bin', new Uint8Array([1, 2, 3, 4])],
  ['card.md', new TextEncoder().encode('# Fuel\n')],
]);

// As a program it prints the digest of the sample's bytes: the time zone is that of the process.
if (process.argv[1] === import.meta.filename) {
  process.stdout.write(sha256(await writeBundle(sampleHead, sampleFiles)));
}
