import { type ChildProcess, spawn } from 'node:child_process';
import type { MemoryGroup } from './memory-group.ts';

/** A server in a process of its own, ended after `await using`. */
export interface ServerProcess extends AsyncDisposable {
  readonly url: string;
  readonly child: ChildProcess;
  /** Everything that it wrote so far. */
  text(): string;
  /** @returns the exit code. */
  stop(): Promise<number | null>;
}

/**
 * Starts `node server.mjs` with nothing in its environment but what is given, and waits until it says where it serves.
 *
 * @throws Error with what it wrote, when it ends before that.
 */
export async function startServerProcess(
  folder: string,
  {
    flags = [],
    env = {},
    cwd = folder,
    nodeFlags = [],
    memory,
  }: {
    flags?: string[];
    env?: Record<string, string>;
    cwd?: string;
    nodeFlags?: readonly string[];
    /** Where it runs, so that it cannot take more. */
    memory?: MemoryGroup | undefined;
  } = {},
): Promise<ServerProcess> {
  const words = [process.execPath, ...nodeFlags, `${folder}/server.mjs`, ...flags];
  const [program, ...args] = memory ? ['/bin/sh', '-c', memory.enter, 'sh', ...words] : words;
  const child = spawn(program!, args, {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  let text = '';
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
        const found = /"url":"(http:[^"]+)"/.exec(text)?.[1];
        if (found !== undefined) resolve(found);
      });
    }
    child.on('close', () => reject(new Error(text)));
  });
  const stop = (): Promise<number | null> => {
    child.kill('SIGTERM');
    return ended;
  };
  return {
    url,
    child,
    text: () => text,
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
    },
  };
}
