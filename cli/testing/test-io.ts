import { Readable, Writable } from 'node:stream';
import { fixedClock } from '../../shared/platform/clock.ts';
import { run } from '../main.ts';
import type { Input, Io, Output } from '../terminal/io.ts';

/** What a command line printed and ended with. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a test says of the process around a command line. */
export interface Surroundings {
  readonly cwd?: string;
  readonly stdin?: string | readonly string[];
  /** stdout and stderr are terminals of this width. */
  readonly columns?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** stdin is a terminal; what is typed there is `stdin`. */
  readonly typed?: boolean;
  /** Takes what the command does on signals: the test sends them. */
  readonly signals?: Io['signals'];
}

/** A writable stream that keeps what it was given. */
export class RecordingOutput extends Writable {
  text = '';
  readonly isTTY: boolean;
  readonly columns: number | undefined;

  constructor(columns?: number) {
    super({ decodeStrings: false });
    this.isTTY = columns !== undefined;
    this.columns = columns;
  }

  override _write(chunk: string | Uint8Array, _encoding: string, done: () => void): void {
    this.text += typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk);
    done();
  }
}

/** Runs a command line on streams in memory. */
export function runInMemory(argv: readonly string[], around: Surroundings = {}): Promise<Ran> {
  return runInMemoryAt(0, argv, around);
}

/** As {@link runInMemory}, at a time. @param now milliseconds since 1970. */
export async function runInMemoryAt(
  now: number,
  argv: readonly string[],
  around: Surroundings = {},
): Promise<Ran> {
  const stdout = new RecordingOutput(around.columns);
  const stderr = new RecordingOutput(around.columns);
  const io: Io = {
    stdin: inputOf(around),
    stdout: stdout as Output,
    stderr: stderr as Output,
    environment: around.environment ?? {},
    cwd: around.cwd ?? process.cwd(),
    clock: fixedClock(now),
    unfinished: new Set(),
    signals: around.signals ?? new Map(),
  };
  const code = await run(argv, io);
  return { code, stdout: stdout.text, stderr: stderr.text };
}

function inputOf({ stdin = '', typed = false }: Surroundings): Input {
  const texts = typeof stdin === 'string' ? [stdin] : stdin;
  const input: Input = Readable.from(texts.map((text) => Buffer.from(text)));
  return Object.assign(input, { isTTY: typed });
}
