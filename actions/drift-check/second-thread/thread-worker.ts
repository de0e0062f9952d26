/** What runs on the second thread: it reads one of two tables, and works out columns beside the first thread. */
import { parentPort } from 'node:worker_threads';
import { inSharedMemory } from '../../../shared/dataset/table/shared-memory.ts';
import { systemClock } from '../../../shared/platform/clock.ts';
import { ConfigurationError } from '../../../shared/platform/errors.ts';
import { type LogEntry, recordingLogger } from '../../../shared/platform/logger.ts';
import { type FileToRead, readFileRows } from '../read-file.ts';
import { type Request, type ThreadAnswer, workOff } from './thread-messages.ts';

parentPort!.on('message', async (request: Request) => {
  parentPort!.postMessage(
    request.kind === 'read'
      ? await read(request.file)
      : { kind: 'evidence', evidence: workOff(request.tasks, request.claimed) },
  );
});

/** What the user can mend is an answer; anything else is thrown, and ends the thread with its stack. */
async function read(file: FileToRead): Promise<ThreadAnswer> {
  const log: LogEntry[] = [];
  const ports = { logger: recordingLogger(log), clock: systemClock, environment: {} };
  try {
    const { table, parts } = await readFileRows(file, ports);
    return { kind: 'table', source: { table: inSharedMemory(table), parts }, log };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return { kind: 'refused', message: error.message, log };
  }
}
