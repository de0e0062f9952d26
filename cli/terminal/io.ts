import type { Clock } from '../../shared/platform/clock.ts';

/** A stream that is written to; a terminal knows its width. */
export type Output = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** A stream that is read from. */
export type Input = NodeJS.ReadableStream & { readonly isTTY?: boolean };

/** All that the command line takes from the process, so that tests bring their own. */
export interface Io {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder that relative paths on the command line start from. */
  readonly cwd: string;
  readonly clock: Clock;
  /** Run directories in which results are being written: what is half there goes when the process is asked to stop. */
  readonly unfinished: { add(folder: string): void; delete(folder: string): void };
  /** Who takes a signal in place of stopping at once: a server, which ends its requests first. */
  readonly signals: Map<Signal, () => void>;
}

/** The signals that tell a command to stop, and a server to stop (SIGINT, SIGTERM) or read its model again (SIGHUP). */
export type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/**
 * Writes text and waits until the stream took it, so that a slow reader slows the writer down.
 *
 * @returns false when nobody reads any more (`ciclo predict … | head`): the writer may stop.
 */
export async function writeAll(stream: Output, text: string): Promise<boolean> {
  if (!stream.writable) return false;
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (!error) resolve(true);
      else if (isClosedPipe(error)) resolve(false);
      else reject(error);
    });
  });
}

/** Whether an error only says that the reader of a pipe went away. */
export function isClosedPipe(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED' || code === 'ERR_STREAM_WRITE_AFTER_END';
}
