import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { stripVTControlCharacters } from 'node:util';
import { isMainThread } from 'node:worker_threads';
import { timerDelay } from '../../../shared/platform/time-lengths.ts';

/** A command line to run. */
export interface GroupCommand {
  readonly run: string;
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly timeout: number;
  /** Called with each line that it writes to either stream, without its end. */
  readonly onLine: (line: string) => void;
}

/** How a command ended. */
export type GroupEnd =
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'signal'; readonly signal: string }
  | { readonly kind: 'timeout' };

/** What is left in its pipes has arrived after so long; who holds them open longer has left the group. Milliseconds. */
const drain = 500;
/** A line that has not ended by then is told in parts. Characters. */
const longestLine = 65_536;
const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Waits in the group until the other end of pipe 3 is closed, which happens when Ciclo is no more, however it ended; then
 * ends the group. What follows takes its own place, without the pipe.
 */
const withGuard = `
( trap '' INT TERM HUP; read -r -u 3; kill -KILL 0 ) < /dev/null > /dev/null 2>&1 &
exec 3<&-
exec bash --noprofile --norc -eo pipefail -c "$1"`;

/**
 * Runs a command line by bash, as GitHub's `shell: bash` does (the first failure ends it, in a pipe too), in a process group
 * of its own. Nothing of the group outlives the command, its timeout, or this process.
 *
 * @throws NodeJS.ErrnoException when bash cannot be started.
 */
export async function runInGroup(command: GroupCommand): Promise<GroupEnd> {
  const child = spawn('bash', ['--noprofile', '--norc', '-c', withGuard, 'bash', command.run], {
    cwd: command.directory,
    env: command.environment,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const ended = Promise.withResolvers<GroupEnd>();
  const closed = Promise.withResolvers<void>();
  child.on('error', ended.reject);
  child.on('exit', (code, signal) => {
    ended.resolve(signal === null ? { kind: 'exit', code: code ?? 0 } : { kind: 'signal', signal });
  });
  child.on('close', () => closed.resolve());
  for (const stream of [child.stdout, child.stderr]) if (stream) readLines(stream, command.onLine);
  // The guard's end is closed when the group ends.
  child.stdio[3]?.on('error', () => undefined);
  const kill = (): void => killGroup(child.pid);
  const release = killWithThisProcess(kill);
  const timer = setTimeout(() => {
    ended.resolve({ kind: 'timeout' });
    kill();
  }, timerDelay(command.timeout));
  try {
    const end = await ended.promise;
    kill();
    await Promise.race([closed.promise, new Promise((resolve) => setTimeout(resolve, drain).unref())]);
    return end;
  } finally {
    clearTimeout(timer);
    release();
    for (const stream of child.stdio) stream?.destroy();
  }
}

/** Ends all processes of a group, at once; there may be none left. */
function killGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, 'SIGKILL');
  } catch (error) {
    // On macOS a group whose processes have ended, and are not yet gone, refuses with EPERM.
    if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** Kills before whatever else this process does about a signal, or on its way out. @returns what takes it back. */
function killWithThisProcess(kill: () => void): () => void {
  const onSignal = (signal: NodeJS.Signals): void => {
    kill();
    release();
    // Listening has kept the signal from ending the process, where nobody else listens. A thread is told of signals by the
    // one that listens, which ends the process.
    if (isMainThread && process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  const release = (): void => {
    process.off('exit', kill);
    for (const signal of stopSignals) process.off(signal, onSignal);
  };
  process.on('exit', kill);
  for (const signal of stopSignals) process.prependListener(signal, onSignal);
  return release;
}

/** Lines as they come, a carriage return ending one too: programs draw their progress over itself. */
function readLines(stream: Readable, onLine: (line: string) => void): void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const tell = (line: string): void => {
    const plain = stripVTControlCharacters(line).trimEnd();
    if (plain !== '') onLine(plain);
  };
  stream.on('data', (chunk: Buffer) => {
    const lines = (rest + decoder.write(chunk)).split(/\r\n|\n|\r/);
    rest = lines.pop()!;
    lines.forEach(tell);
    if (rest.length > longestLine) {
      tell(rest);
      rest = '';
    }
  });
  stream.on('end', () => tell(rest + decoder.end()));
}
