// A worker thread that reads and compares half of two large tables (docs/adr/0009-two-threads.md).
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { SourceTable } from '../../../shared/dataset/table/origin.ts';
import type { ColumnTask } from '../../../shared/drift/drift-plan.ts';
import { ConfigurationError } from '../../../shared/platform/errors.ts';
import type { LogEntry, Logger } from '../../../shared/platform/logger.ts';
import { threadFile } from '../../../shared/platform/thread-file.ts';
import { resolvePaths } from '../../../shared/source/file-paths.ts';
import type { FileToRead } from '../read-file.ts';
import type { ClaimedEvidence, Request, ThreadAnswer } from './thread-messages.ts';

/** Bytes of a file from which on starting a thread pays. */
const worthwhile = 2_000_000;

/** A thread beside this one, which does one thing at a time. */
export interface SecondThread {
  /** Reads a file; its columns are in memory that both threads have in common. */
  readonly read: (file: FileToRead, logger: Logger) => Promise<SourceTable>;
  /** Works off tasks that `claimed` does not count yet, while this thread does the same. */
  readonly compare: (tasks: readonly ColumnTask[], claimed: Int32Array) => Promise<ClaimedEvidence>;
  readonly stop: () => Promise<void>;
}

/** A second thread, where the machine has a core for it and the file is large enough; else undefined. */
export async function secondThreadFor(file: string, directory: string): Promise<SecondThread | undefined> {
  if (availableParallelism() < 2) return undefined;
  return (await bytesOf(file, directory)) < worthwhile ? undefined : startThread();
}

/** 0 where there is no such file, which is for the reader to say. */
async function bytesOf(pattern: string, directory: string): Promise<number> {
  try {
    const files = await resolvePaths([pattern], directory);
    const found = await Promise.all(files.map((file) => stat(path.resolve(directory, file))));
    return found.reduce((sum, { size }) => sum + size, 0);
  } catch {
    return 0;
  }
}

/**
 * Starts a second thread.
 *
 * @throws ConfigurationError from the thread's answers, when its rows are refused; Error when it ended early.
 */
export function startThread(): SecondThread {
  const worker = new Worker(threadFile('./thread-worker', import.meta.url));
  const ask = async (request: Request): Promise<ThreadAnswer> => {
    worker.postMessage(request);
    const ended = once(worker, 'exit').then(() => {
      throw new Error('the second thread ended before it had an answer');
    });
    // Both reject where the worker ends with an error.
    const [answer] = (await Promise.race([once(worker, 'message'), ended])) as [ThreadAnswer];
    return answer;
  };
  return {
    async read(file, logger) {
      const answer = await ask({ kind: 'read', file });
      if (answer.kind === 'evidence') throw new Error('the second thread compared where it was to read');
      for (const entry of answer.log) logAgain(entry, logger);
      if (answer.kind === 'refused') throw new ConfigurationError(answer.message);
      return answer.source;
    },
    async compare(tasks, claimed) {
      const answer = await ask({ kind: 'compare', tasks, claimed });
      if (answer.kind !== 'evidence') throw new Error('the second thread read where it was to compare');
      return answer.evidence;
    },
    async stop() {
      await worker.terminate();
    },
  };
}

function logAgain({ level, message }: LogEntry, logger: Logger): void {
  if (level !== 'progress') logger[level](message);
}
