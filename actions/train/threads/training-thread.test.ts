import { execFile } from 'node:child_process';
import { cp, symlink } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { foldedHouses } from '../../../shared/model/testing/folded-houses.ts';
import { type CandidateInput, houses } from '../../../shared/model/testing/model-builders.ts';
import { type CandidateJob, doJob } from '../../../shared/model/training/fitting/candidate-job.ts';
import type { TrainingThread } from '../../../shared/model/training/fitting/train-candidates.ts';
import { trainFolds } from '../../../shared/model/training/train-folds.ts';
import { trainModel } from '../../../shared/model/training/train-model.ts';
import { type LogEntry, recordingLogger, silentLogger } from '../../../shared/platform/logger.ts';
import { temporaryFolder } from '../../../shared/source/testing/temporary-folder.ts';
import { trainingThreads } from './training-thread.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const run = promisify(execFile);

/** The digests of what each engine trains, by a process that runs the sources in `folder`. */
async function digestsIn(folder: string, threads: number) {
  const script = path.join(folder, 'actions', 'train', 'testing', 'engine-digests.ts');
  const { stdout } = await run(process.execPath, [script, String(threads)]);
  return JSON.parse(stdout) as { started: number; digests: Record<string, string> };
}

/** Threads that are started however little there is to do. */
function threadsFrom(start: () => Worker) {
  return { ...trainingThreads(start), most: 2, pays: 0 };
}
const startWorker = () => new Worker(new URL('./candidate-worker.ts', import.meta.url));

describe('candidates side by side', () => {
  test('each engine trains the same bytes with one and two threads, in this folder and another', {
    timeout: 240_000,
  }, async () => {
    await using elsewhere = await temporaryFolder({});
    for (const part of ['shared', 'actions', 'package.json']) {
      await cp(path.join(root, part), path.join(elsewhere.path, part), { recursive: true });
    }
    await symlink(path.join(root, 'node_modules'), path.join(elsewhere.path, 'node_modules'));
    const one = await digestsIn(root, 1);
    expect(one.started).toBe(0);
    expect(Object.keys(one.digests)).toHaveLength(15);
    const two = await digestsIn(root, 2);
    expect(two.started).toBe(15);
    expect(two.digests).toEqual(one.digests);
    expect((await digestsIn(elsewhere.path, 1)).digests).toEqual(one.digests);
    expect((await digestsIn(elsewhere.path, 2)).digests).toEqual(one.digests);
  });

  test('one that diverges elsewhere is the warning that it is here, and progress is told', async () => {
    const wild = { type: 'neural-network', name: 'wild', seeds: 1, 'learning-rate': 1e20 } as const;
    const input = houses({ candidates: [{ type: 'boosted-trees', rounds: 30 }, wild, { type: 'linear' }] });
    const entries: LogEntry[] = [];
    const ports = { logger: recordingLogger(entries), threads: threadsFrom(startWorker) };
    const { report } = await trainModel(input, ports);
    expect(report).toEqual((await trainModel(input, { logger: silentLogger })).report);
    expect(report.warnings).toEqual([expect.stringContaining('training "wild" diverged in epoch 1')]);
    for (const name of ['boosted-trees', 'linear']) {
      expect(entries.some(({ message }) => message.startsWith(`train ${name} `))).toBe(true);
    }
  });

  test('models of folds are the same bytes with one and two threads', async () => {
    const input = foldedHouses({
      rows: 200,
      candidates: [
        { type: 'boosted-trees', rounds: 20 },
        { type: 'linear' },
        { type: 'neural-network', layers: [8], dropout: 0.2, epochs: 5 },
      ],
    });
    let started = 0;
    const threads = threadsFrom(() => {
      started += 1;
      return startWorker();
    });
    const one = await trainFolds(input, { logger: silentLogger });
    expect(await trainFolds(input, { logger: silentLogger, threads })).toEqual(one);
    expect(started).toBeGreaterThan(0);
    // As parts of a blend, one of them of the target's logarithm.
    const { candidates, ...train } = input.config.train;
    const logged = { ...candidates![0]!, name: 'logged', target: 'log1p' } as NonNullable<
      typeof candidates
    >[number];
    const config = {
      ...input.config,
      train: { ...train, blend: true, candidates: [...candidates!, logged] },
    };
    const blend = await trainFolds({ ...input, config }, { logger: silentLogger });
    expect(blend.report.chosen).toBe('blend');
    expect(await trainFolds({ ...input, config }, { logger: silentLogger, threads })).toEqual(blend);
  });

  test('what a candidate leaves open is settled by the same rows on each thread', async () => {
    // So many rows that no setting is at its least: batches have 23 rows, not 16.
    const input = foldedHouses({
      rows: 1500,
      candidates: [
        { type: 'linear' },
        { type: 'boosted-trees', rounds: 5 },
        { type: 'neural-network', layers: [8], epochs: 3 },
        { type: 'linear', name: 'by steps', solver: 'adam', l2: 0, epochs: 3 },
      ],
    });
    const one = await trainFolds(input, { logger: silentLogger });
    const network = one.report.candidates.find(({ type }) => type === 'neural-network')!;
    expect(network.options).toMatchObject({ 'batch-size': 23, seeds: 3 });
    // A thread that takes turns with this one, however fast either is, and gets what a message carries.
    const trained: string[] = [];
    const start = (): TrainingThread => ({
      train: (job, logger) => {
        trained.push(job.candidate.options.type);
        return doJob(structuredClone(job), logger);
      },
      stop: async () => undefined,
    });
    expect(await trainFolds(input, { logger: silentLogger, threads: { most: 2, pays: 0, start } })).toEqual(
      one,
    );
    expect(new Set(trained)).toEqual(new Set(['linear', 'boosted-trees', 'neural-network']));
  });

  test('a search keeps the same settings, and the same bytes, with one and two threads', async () => {
    const input = foldedHouses({
      rows: 200,
      candidates: [
        { type: 'boosted-trees', rounds: 20 },
        { type: 'neural-network', layers: [8], epochs: 5, seeds: 2 },
      ],
      train: { blend: true, search: { trials: 10 } },
    });
    const one = await trainFolds(input, { logger: silentLogger });
    expect(one.report.search!.trainings).toBeGreaterThan(10);
    const threads = threadsFrom(startWorker);
    expect(await trainFolds(input, { logger: silentLogger, threads })).toEqual(one);
  });

  test("the user's mistake is told as it is on one thread", async () => {
    const mistaken: CandidateInput = { type: 'linear', 'class-weights': { dog: 2 } };
    const input = houses({
      task: 'binary',
      candidates: [{ type: 'boosted-trees' }, { type: 'neural-network', epochs: 3 }, mistaken],
    });
    const ports = { logger: silentLogger, threads: threadsFrom(startWorker) };
    await expect(trainModel(input, ports)).rejects.toThrow('class-weights names the class "dog"');
    await expect(trainModel(input, ports)).rejects.toMatchObject({ name: 'ConfigurationError' });
  });

  test('a thread that has trained many models is listened to as one that has trained none', async () => {
    const script = `const { parentPort } = require('node:worker_threads');
      parentPort.on('message', () => parentPort.postMessage({ kind: 'diverged', message: 'no' }));`;
    const worker = new Worker(script, { eval: true });
    const listeners = () => ['exit', 'error', 'message'].map((name) => worker.listenerCount(name));
    const before = listeners();
    const thread = trainingThreads(() => worker).start();
    const job = { candidate: { name: 'one' } } as CandidateJob;
    for (let count = 0; count < 3; count++) {
      expect(await thread.train(job, silentLogger)).toEqual({ kind: 'diverged', message: 'no' });
    }
    expect(listeners()).toEqual(before);
    await thread.stop();
  });

  test('a thread that ends early is an error, and never waited for', async () => {
    const input = houses({ candidates: [{ type: 'linear' }, { type: 'boosted-trees', rounds: 5 }] });
    const threads = threadsFrom(() => new Worker('process.exit(0)', { eval: true }));
    await expect(trainModel(input, { logger: silentLogger, threads })).rejects.toThrow(
      /the thread that trains .+ ended before it had an answer/,
    );
  });

  test('little work starts no thread', async () => {
    const threads = {
      ...trainingThreads(() => {
        throw new Error('a thread was started');
      }),
      most: 4,
    };
    const { report } = await trainModel(houses(), { logger: silentLogger, threads });
    expect(report.candidates).toHaveLength(2);
  });
});
