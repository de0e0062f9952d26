import { run } from './main.ts';
import { processIo, runInProcess } from './run-in-process.ts';

/** `ciclo`, as it is started from a shell. */
export async function runProcess(): Promise<void> {
  await runInProcess((io) => run(process.argv.slice(2), io), processIo());
}
