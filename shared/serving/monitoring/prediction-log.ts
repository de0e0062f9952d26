import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import { messageOf } from '../../platform/errors.ts';
import { createRandom, type Random } from '../../platform/random.ts';
import type { RequestAnswer } from '../answers.ts';
import type { EventLog } from './event-log.ts';
import { formatPredictionLine } from './prediction-line.ts';

export interface PredictionLogOptions {
  readonly folder: string;
  /** Bytes after which a file is put aside and the next one begun. */
  readonly fileBytes: number;
  /** Files that are kept, the current one included. */
  readonly files: number;
  /** Share of the records that is written, from 0 to 1. */
  readonly rate: number;
  /** Of the draws that choose them. */
  readonly seed: number | string;
  /** Bytes that wait for the disk at most; what comes on top is dropped. */
  readonly queueBytes: number;
}

const currentFile = 'predictions.ndjson';
/** `predictions-20261125T221329123Z-0001.ndjson`: names in the order of time. */
const rotatedFile = /^predictions-\d{8}T\d{9}Z-\d{4,}\.ndjson$/;

/**
 * Writes predictions as NDJSON, rotated by size. Requests never wait for it: lines queue up to a bound and are dropped
 * and counted beyond it; a disk that refuses is reported once, and its lines are counted.
 */
export class PredictionLog {
  written = 0;
  /** Records for which there was no room in the queue. */
  dropped = 0;
  /** Records that the disk refused. */
  failed = 0;
  readonly #options: PredictionLogOptions;
  readonly #clock: Clock;
  readonly #events: EventLog;
  readonly #random: Random;
  #queue: string[] = [];
  #queuedBytes = 0;
  #work: Promise<void> | undefined;
  #file: FileHandle | undefined;
  #size = 0;
  #rotations = 0;
  #refused = false;

  constructor(options: PredictionLogOptions, clock: Clock, events: EventLog) {
    this.#options = options;
    this.#clock = clock;
    this.#events = events;
    this.#random = createRandom(options.seed).fork('prediction-log');
  }

  /** Makes the folder and opens the file: a log that cannot begin is a mistake to report at the start. */
  async begin(): Promise<void> {
    await mkdir(this.#options.folder, { recursive: true });
    await this.#open();
  }

  add(answer: RequestAnswer, request: string): void {
    const { rate, queueBytes } = this.#options;
    let time: string | undefined;
    for (let record = 0; record < answer.rows.length; record++) {
      if (rate < 1 && this.#random.next() >= rate) continue;
      if (this.#queuedBytes >= queueBytes) {
        this.dropped++;
        continue;
      }
      time ??= new Date(this.#clock.now()).toISOString();
      const line = formatPredictionLine(answer, record, time, request);
      this.#queue.push(line);
      this.#queuedBytes += line.length;
    }
    if (this.#queue.length > 0) this.#work ??= this.#drain();
  }

  /** Waits until all that was queued is on the disk. */
  async flush(): Promise<void> {
    await this.#work;
  }

  async close(): Promise<void> {
    await this.flush();
    await this.#file?.close();
    this.#file = undefined;
  }

  async #drain(): Promise<void> {
    // The lines of one turn of the event loop, and those that come while the disk is busy, go out together.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#queue.length > 0) {
      const lines = this.#queue;
      this.#queue = [];
      this.#queuedBytes = 0;
      try {
        await this.#write(lines);
        this.written += lines.length;
        this.#refused = false;
      } catch (error) {
        this.failed += lines.length;
        // What was written of the lines would be half a line to the reader.
        await this.#file?.truncate(this.#size).catch(() => undefined);
        if (!this.#refused) {
          this.#events.warn('the prediction log cannot be written', { error: messageOf(error) });
        }
        this.#refused = true;
      }
    }
    this.#work = undefined;
  }

  async #write(lines: readonly string[]): Promise<void> {
    const bytes = Buffer.from(lines.join(''));
    if (this.#size > 0 && this.#size + bytes.length > this.#options.fileBytes) await this.#rotate();
    this.#file ?? (await this.#open());
    await this.#file!.appendFile(bytes);
    this.#size += bytes.length;
  }

  async #open(): Promise<void> {
    this.#file = await open(path.join(this.#options.folder, currentFile), 'a', 0o640);
    this.#size = (await this.#file.stat()).size;
  }

  async #rotate(): Promise<void> {
    const { folder, files } = this.#options;
    await this.#file?.close();
    this.#file = undefined;
    const time = new Date(this.#clock.now()).toISOString().replace(/[-:.]/g, '');
    const name = `predictions-${time}-${String(++this.#rotations).padStart(4, '0')}.ndjson`;
    await rename(path.join(folder, currentFile), path.join(folder, name));
    const old = (await readdir(folder)).filter((file) => rotatedFile.test(file)).sort();
    for (const file of old.slice(0, Math.max(0, old.length - (files - 1)))) await rm(path.join(folder, file));
  }
}
