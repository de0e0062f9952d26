/** What runs on the working thread: one command line, as `ciclo` runs it. */
import { parentPort, workerData } from 'node:worker_threads';
import { endWhenAsked } from '../shared/platform/work-thread.ts';
import { run } from './main.ts';
import { threadIo } from './thread/thread-io.ts';
import type { ThreadStart } from './thread/thread-messages.ts';

const port = parentPort!;
endWhenAsked(port);
const start = workerData as ThreadStart;
process.exit(await run(start.argv, threadIo(port, start)));
