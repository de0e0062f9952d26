/**
 * How long it takes to read a version's bundle, check every digest, and answer the first record: what a server does at its
 * start. `node benchmarks/bundle/bundle.ts FILE.zip`; `npm run loop` leaves one in .ciclo/forge/releases.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { median } from 'simple-statistics';
import type { Row } from '../../shared/dataset/table/table.ts';
import { readBundle } from '../../shared/release/bundle/bundle.ts';
import { bundleReader } from '../../shared/release/bundle/bundle-reader.ts';

const [, , file] = process.argv;
if (file === undefined) {
  console.error('usage: node benchmarks/bundle/bundle.ts FILE.zip');
  process.exit(2);
}
const times: number[] = [];
for (let i = 0; i < 21; i++) {
  const begun = performance.now();
  const reader = bundleReader(await readBundle(readFileSync(file), path.basename(file)));
  (await reader.predictor()).predictRecord(reader.smoke().examples[0]!.record as Row);
  times.push(performance.now() - begun);
}
const [first, ...later] = times;
console.log(`first ${first!.toFixed(1)} ms, then ${median(later).toFixed(1)} ms (median of ${later.length})`);
