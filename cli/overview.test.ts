import { expect, test } from 'vitest';
// It leaves marks in the process, and commands are loaded by the tests only.
import 'zod';
import { fixedClock } from '../shared/platform/clock.ts';
import { commandList } from './command-list.ts';
import { overview } from './overview.ts';
import type { Io, Output } from './terminal/io.ts';
import { RecordingOutput, runInMemory } from './testing/test-io.ts';

async function ran(argv: readonly string[], columns?: number) {
  const [stdout, stderr] = [new RecordingOutput(columns), new RecordingOutput(columns)];
  const streams = { stdout: stdout as Output, stderr: stderr as Output };
  const around = { environment: {}, cwd: process.cwd(), clock: fixedClock(0) };
  const io: Io = {
    ...streams,
    ...around,
    stdin: process.stdin,
    unfinished: new Set(),
    signals: new Map(),
  };
  return { code: await overview(argv, io), stdout: stdout.text, stderr: stderr.text };
}

test.each([
  ['--help', undefined],
  ['--help', 120],
  ['-h', 60],
  ['help', undefined],
  ['--version', undefined],
  ['-V', 80],
])(
  'without loading a command, %s at %s columns prints what the whole program prints',
  async (word, columns) => {
    const whole = await runInMemory([word], columns === undefined ? {} : { columns });
    expect(whole.code).toBe(0);
    expect(await ran([word], columns)).toEqual(whole);
  },
);

test.each(commandList.map(({ term }) => term.split(' ')[0]!))(
  'the help of %s has no line that 80 columns cannot hold',
  async (command) => {
    const { code, stdout } = await runInMemory([command, '--help'], { columns: 80 });
    expect(code).toBe(0);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  },
);
