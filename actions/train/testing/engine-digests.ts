// usage: node engine-digests.ts THREADS: prints the digest of what each engine trains, as JSON.
import { Worker } from 'node:worker_threads';
import { houses } from '../../../shared/model/testing/model-builders.ts';
import { trainModel } from '../../../shared/model/training/train-model.ts';
import { digestOf } from '../../../shared/platform/digest.ts';
import { silentLogger } from '../../../shared/platform/logger.ts';
import { trainingThreads } from '../threads/training-thread.ts';

/** A model of each engine among others that are trained beside it; the one that is named is far better. */
const candidates = [
  { type: 'linear' },
  { type: 'linear', solver: 'adam', name: 'adam', epochs: 20 },
  { type: 'boosted-trees', rounds: 40, 'row-share': 0.8 },
  { type: 'neural-network', layers: [16], dropout: 0.2, epochs: 20 },
] as const;

let started = 0;
const threads = {
  ...trainingThreads(() => {
    started += 1;
    return new Worker(new URL('../threads/candidate-worker.ts', import.meta.url));
  }),
  most: Number(process.argv[2]),
  pays: 0,
};
const digests: Record<string, string> = {};
for (const task of ['regression', 'binary', 'multiclass'] as const) {
  for (const only of [undefined, ...candidates]) {
    // All side by side; then each beside two weaker ones, so that it is the model whose files are compared.
    const weak = (name: string) =>
      ({ type: 'boosted-trees', name, rounds: 1, 'learning-rate': 0.001 }) as const;
    const list = only ? [weak('a'), only, weak('b')] : candidates;
    const trained = await trainModel(houses({ task, candidates: list }), { logger: silentLogger, threads });
    digests[`${task} ${only ? ('name' in only ? only.name : only.type) : 'all'}`] = digestOf(
      JSON.parse(
        JSON.stringify(trained, (_, value) =>
          value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
        ),
      ),
    );
  }
}
process.stdout.write(JSON.stringify({ started, digests }));
