import type { Candidate } from '../../../config/sections/candidates/candidate.ts';
import type { TrainConfig } from '../../../config/sections/train-section.ts';
import { inSharedMemory, shared } from '../../../dataset/table/shared-memory.ts';
import type { Table } from '../../../dataset/table/table.ts';
import type { Logger } from '../../../platform/logger.ts';
import type { HandoverRows } from '../../command/handover.ts';
import { createViews } from '../candidates/data-views.ts';
import type { NamedCandidate } from '../candidates/named-candidates.ts';
import { settledLayers, settledTrees } from '../candidates/settings.ts';
import { trainingSizeOf } from '../candidates/training-size.ts';
import { type TrainingSize, threadsPay, type Work, workOfCandidate } from '../candidates/work.ts';
import type { CandidateData, LabelledRows } from '../data/training-data.ts';
import { type CandidateEnd, type CandidateJob, endOf } from './candidate-job.ts';
import type { Engines } from './engines.ts';
import type { TrainingCommands } from './fit-candidate.ts';
import { trainingProgress } from './training-progress.ts';

/** A thread beside this one that trains candidates, one after the other. */
export interface TrainingThread {
  /** @throws ConfigurationError as {@link endOf}. */
  train(job: CandidateJob, logger: Logger): Promise<CandidateEnd>;
  stop(): Promise<void>;
}

/** Where threads come from. */
export interface TrainingThreads {
  /** Threads that the machine has cores for, this one included. */
  readonly most: number;
  /** Work from which on a thread is started; default {@link threadsPay}. */
  readonly pays?: Work;
  start(): TrainingThread;
}

/** What training candidates needs from outside. */
export interface CandidatesPorts {
  readonly logger: Logger;
  readonly commands?: Omit<TrainingCommands, 'seed' | 'rows'>;
  /** Without it all candidates are trained on this thread. */
  readonly threads?: TrainingThreads;
}

/** A candidate to train, and on what. */
export interface TrainingTask {
  readonly candidate: NamedCandidate;
  readonly data: CandidateData;
  /** What a command gets; without it a candidate that is one cannot be trained. */
  readonly handover?: HandoverRows | undefined;
}

/** A task in the queue, and its place among the others. */
interface Queued extends TrainingTask {
  readonly place: number;
  readonly work: Work;
  /** Ciclo's own engines can be started on any thread. */
  readonly movable: boolean;
}

/**
 * Trains candidates, of one data set or of several, side by side where that pays: how much there is to do decides it, never how long it takes. Each
 * draws from its own random numbers, so that where it is trained changes no bit.
 *
 * @returns how each ended, in the order of the tasks.
 * @throws ConfigurationError when one asks for what cannot be.
 */
export async function trainCandidates(
  tasks: readonly TrainingTask[],
  config: TrainConfig,
  engines: Engines,
  ports: CandidatesPorts,
): Promise<readonly CandidateEnd[]> {
  const views = createViews();
  const seen = tasks.map((task) => ({ ...task, data: views(task) }));
  const queue = queueOf(seen, config);
  const ends: CandidateEnd[] = [];
  const { commands } = ports;
  const { logger, ended } = trainingProgress(
    ports.logger,
    queue.map(({ work }) => work),
  );
  const portsOf = ({ handover: rows }: TrainingTask) => ({
    ...{ dense: engines.dense, logger },
    ...(commands && rows ? { commands: { ...commands, rows, seed: config.seed } } : {}),
  });
  const threads = startThreads(queue, ports.threads);
  if (threads.length > 0) queue.sort(bySize);
  const portables = new Map(seen.map(({ data }) => [data, portableFrom(data)]));
  try {
    await Promise.all([
      ...threads.map(async (thread) => {
        for (let next = take(queue, true); next; next = take(queue, true)) {
          const { candidate, data, place, work } = next;
          const job = { candidate, train: config, data: portables.get(data)!(candidate) };
          ends[place] = await thread.train(job, logger);
          ended(work);
        }
      }),
      (async () => {
        for (let next = take(queue, false); next; next = take(queue, false)) {
          const { candidate, data, place, work } = next;
          ends[place] = await endOf({ candidate, train: config, data }, portsOf(next));
          ended(work);
        }
      })(),
    ]);
  } finally {
    await Promise.all(threads.map((thread) => thread.stop()));
  }
  return ends.map((end, place) => withView(end, tasks[place]!, seen[place]!));
}

/** A model of a view of the rows has the recipe of that view. */
function withView(end: CandidateEnd, { data: whole }: TrainingTask, { data }: TrainingTask): CandidateEnd {
  if (end.kind !== 'fitted' || data === whole) return end;
  return { kind: 'fitted', fitted: { ...end.fitted, recipe: data.splits.recipe } };
}

function queueOf(tasks: readonly TrainingTask[], config: TrainConfig): Queued[] {
  return tasks.map((task, place) => {
    const { data, candidate } = task;
    const size = trainingSizeOf(data);
    const { options } = candidate;
    const movable =
      options.type === 'boosted-trees' || (options.type !== 'command' && config.backend === 'kernel');
    return {
      ...task,
      place,
      movable,
      work: workOf(options, size),
    };
  });
}

/** What training a candidate takes at most, one of its seeds alone. */
export function workOf(options: Candidate, size: TrainingSize): Work {
  if (options.type === 'command') return 0;
  const settled =
    options.type === 'boosted-trees' ? settledTrees(options, size) : settledLayers(options, size);
  return workOfCandidate(settled, size);
}

/** As many threads as there is work for beside this one, which takes the largest. */
function startThreads(queue: readonly Queued[], threads: TrainingThreads | undefined): TrainingThread[] {
  if (!threads) return [];
  const { most, pays = threadsPay, start } = threads;
  const others = queue.filter(({ movable }) => movable).map(({ work }) => work);
  if (others.length === queue.length) others.splice(others.indexOf(Math.max(...others)), 1);
  const worthwhile = others.filter((work) => work >= pays).length;
  return Array.from({ length: Math.min(most - 1, worthwhile) }, start);
}

/** Takes the next candidate out of the queue; other threads can take only some. */
function take(queue: Queued[], elsewhere: boolean): Queued | undefined {
  const place = queue.findIndex(({ movable }) => movable || !elsewhere);
  return place < 0 ? undefined : queue.splice(place, 1)[0];
}

/** What no other thread can take first, then the largest, so that nobody waits for one that began late. */
function bySize(a: Queued, b: Queued): number {
  return Number(a.movable) - Number(b.movable) || b.work - a.work;
}

/** What threads need of the data, in memory that they have in common: numbers for dense models, columns for trees. */
function portableFrom(data: CandidateData): (candidate: NamedCandidate) => CandidateData {
  const { splits, inputs, output, classes, counts, scale } = data;
  const facts = { inputs, output, classes, counts, scale, warnings: [] };
  // How many rows there are goes with them: what a candidate leaves open is settled by it, on whichever thread it is trained.
  const rowsAlone = ({ rows }: Table): Table => ({ rows, columns: new Map() });
  const noNumbers = ({ rows }: Table): LabelledRows => {
    return { rows, x: new Float32Array(0), targets: new Float32Array(0) };
  };
  let ofNumbers: CandidateData | undefined;
  let ofColumns: CandidateData | undefined;
  return ({ options }) => {
    if (options.type === 'boosted-trees') {
      ofColumns ??= {
        ...{ ...facts, train: noNumbers(splits.train) },
        validation: splits.validation && noNumbers(splits.validation),
        splits: {
          ...splits,
          train: inSharedMemory(splits.train),
          validation: splits.validation && inSharedMemory(splits.validation),
        },
      };
      return ofColumns;
    }
    ofNumbers ??= {
      ...{ ...facts, train: sharedRows(data.train) },
      validation: data.validation && sharedRows(data.validation),
      splits: {
        ...splits,
        train: rowsAlone(splits.train),
        validation: splits.validation && rowsAlone(splits.validation),
      },
    };
    return ofNumbers;
  };
}

function sharedRows({ rows, x, targets }: LabelledRows): LabelledRows {
  return { rows, x: shared(x), targets: shared(targets) };
}
