// The console: output, colours, progress, questions, signals.
import type { Clock } from '../../shared/platform/clock.ts';
import type { Location, Logger, Progress } from '../../shared/platform/logger.ts';
import { type Io, type Output, writeAll } from './io.ts';
import { liveProgress, type ProgressDisplay, plainProgress } from './progress.ts';
import { createStyle, type Style, wantsColour } from './style.ts';

/** How much is said beside the result. */
export interface Verbosity {
  /** One JSON object on stdout; what people read goes to stderr. */
  readonly json: boolean;
  readonly verbose: boolean;
  /** Warnings and errors only. */
  readonly quiet: boolean;
}

/** Where a command writes: the result for people, data for machines, and what happens meanwhile. */
export interface Terminal {
  /** For what `print` writes. */
  readonly style: Style;
  /** Columns that `print` may use, at most 100. */
  readonly width: number;
  readonly logger: Logger;
  /** Milliseconds from a task's first progress to its last, by the task's name. */
  readonly taskTimes: ReadonlyMap<string, number>;
  /** Lines for people. */
  print(...lines: readonly string[]): void;
  /** Data for machines, on stdout; false when nobody reads it any more. */
  data(text: string): Promise<boolean>;
  /** Takes the live line away. */
  clear(): void;
}

/**
 * The columns to write in: the terminal's within reason, 80 elsewhere and where a terminal does not know (it
 * then says 0).
 */
export function widthOf(stream: Output): number {
  return Math.min(Math.max(stream.columns || 80, 40), 100);
}

/** A terminal over the process's streams, or a test's. */
export function createTerminal(io: Io, verbosity: Verbosity): Terminal {
  const { json, quiet } = verbosity;
  const words: Output = json ? io.stderr : io.stdout;
  const display = displayFor(io, quiet);
  const times = new TaskTimes(io.clock);
  return {
    style: createStyle(wantsColour(words, io.environment)),
    width: widthOf(words),
    logger: createLogger(io, verbosity, display, times),
    taskTimes: times.elapsed,
    print(...lines) {
      if (quiet) return;
      display.clear();
      words.write(`${lines.join('\n')}\n`);
    },
    data(text) {
      display.clear();
      return writeAll(io.stdout, text);
    },
    clear: () => display.clear(),
  };
}

const noDisplay: ProgressDisplay = { update() {}, clear() {} };

function displayFor(io: Io, quiet: boolean): ProgressDisplay {
  if (quiet) return noDisplay;
  const live = io.stderr.isTTY === true && io.environment.TERM !== 'dumb' && !io.environment.CI;
  if (!live) return plainProgress(io.stderr, io.clock);
  return liveProgress(io.stderr, createStyle(wantsColour(io.stderr, io.environment)), io.clock);
}

function createLogger(io: Io, verbosity: Verbosity, display: ProgressDisplay, times: TaskTimes): Logger {
  const style = createStyle(wantsColour(io.stderr, io.environment));
  const say = (text: string): void => {
    display.clear();
    io.stderr.write(`${text}\n`);
  };
  return {
    debug: (message) => {
      if (verbosity.verbose) say(style.dim(message));
    },
    info: (message) => {
      if (!verbosity.quiet) say(style.dim(message));
    },
    warn: (message, at) => say(`${style.doubtful('warning:')} ${at ? `${placeOf(at)}: ` : ''}${message}`),
    progress: (progress) => {
      times.note(progress);
      display.update(progress);
    },
  };
}

function placeOf({ file, line, column }: Location): string {
  return [file, line, column].filter((part) => part !== undefined).join(':');
}

/** Times each task by its progress: the verbs' results hold no wall-clock time, and people want to know. */
class TaskTimes {
  readonly elapsed = new Map<string, number>();
  readonly #starts = new Map<string, number>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  note({ task }: Progress): void {
    const now = this.#clock.now();
    const start = this.#starts.get(task) ?? now;
    this.#starts.set(task, start);
    this.elapsed.set(task, now - start);
  }
}
