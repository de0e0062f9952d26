import { runInProcess } from './run-in-process.ts';
import { runInThread } from './run-in-thread.ts';
import { processIo } from './terminal/process-io.ts';

/**
 * What listens while it works, or has nothing to compute; the latter need not wait for a thread. Everything else computes,
 * and runs on a thread of its own.
 */
const listening = new Set([
  'predict',
  'serve',
  'versions',
  'completion',
  'help',
  '--help',
  '-h',
  '--version',
  '-V',
]);

/** `ciclo`, as it is started from a shell. */
export async function runProcess(): Promise<void> {
  const argv = process.argv.slice(2);
  if (argv.length > 0 && !listening.has(argv[0]!)) return runInThread(argv);
  const { run } = await import('./main.ts');
  await runInProcess((io) => run(argv, io), processIo());
}
