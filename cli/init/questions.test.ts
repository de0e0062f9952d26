import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { fixedClock } from '../../shared/platform/clock.ts';
import type { Io } from '../terminal/io.ts';
import { RecordingOutput } from '../testing/test-io.ts';
import { askAim, askFormats, askRareLabels } from './asked-choices.ts';
import { Declined, type Questions, terminalQuestions } from './questions.ts';

const keys = { down: '\u001b[B', enter: '\r', space: ' ', stop: '\u0003' };

/** A terminal on which keys are pressed. */
async function terminal(): Promise<{
  questions: Questions;
  press(...pressed: string[]): void;
  shown(): string;
}> {
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  const stderr = new RecordingOutput(80);
  const io = {
    ...{ stdin, stderr, stdout: new RecordingOutput(), cwd: '.', clock: fixedClock(0) },
    ...{ environment: { NO_COLOR: '1' }, unfinished: new Set<string>(), signals: new Map() },
  } as unknown as Io;
  return {
    questions: await terminalQuestions(io),
    press: (...pressed) => {
      for (const key of pressed) stdin.write(key);
    },
    shown: () => stderr.text,
  };
}

const fruits = [
  { value: 'apple', label: 'apple' },
  { value: 'pear', label: 'pear', hint: 'the usual one' },
  { value: 'plum', label: 'plum' },
];

test('Enter takes the answer that is proposed, an arrow another one', async () => {
  const { questions, press, shown } = await terminal();
  const usual = questions.choose('Which?', fruits, 'pear');
  press(keys.enter);
  expect(await usual).toBe('pear');
  expect(shown()).toContain('the usual one');
  const next = questions.choose('Which?', fruits, 'pear');
  press(keys.down, keys.enter);
  expect(await next).toBe('plum');
});

test('of several Space takes one out', async () => {
  const { questions, press } = await terminal();
  const several = questions.several('Which?', fruits, ['apple', 'plum']);
  press(keys.space, keys.enter);
  expect(await several).toEqual(['plum']);
});

test('a text is there already, and can be left as it is', async () => {
  const { questions, press } = await terminal();
  const text = questions.text('Who?', '@acme');
  press('/owners', keys.enter);
  expect(await text).toBe('@acme/owners');
});

test('Ctrl-C ends the questions', async () => {
  const { questions, press } = await terminal();
  const asked = questions.confirm('Go on?', true);
  press(keys.stop);
  await expect(asked).rejects.toThrow(Declined);
});

test('what was said on the command line is not asked', async () => {
  const { questions } = await terminal();
  const candidate = {
    named: true,
    numbered: false,
    why: '',
    task: { value: 'binary', why: 'is 0 or 1' },
  } as const;
  const candidates = [{ ...candidate, column: 'churn' }];
  expect(await askAim(questions, candidates, { target: 'churn' })).toMatchObject({ target: 'churn' });
});

test('rare labels are published by an answer of its own only, never by Enter', async () => {
  const { questions, press, shown } = await terminal();
  const found = { classes: ['a', 'b', 'Jane Roe'], rare: [{ label: 'Jane Roe', rows: 1 }] };
  const usual = askRareLabels(questions, 'owner', found);
  press(keys.enter);
  expect(await usual).toBe(false);
  expect(shown()).toContain('Jane Roe (1 row)');
  const agreed = askRareLabels(questions, 'owner', found);
  press(keys.down, keys.enter);
  expect(await agreed).toBe(true);
});

test('a column of two readings is left out unless one is chosen', async () => {
  const { questions, press } = await terminal();
  const column = {
    column: 'day',
    why: 'its 4 values can be read in two ways',
    lines: [],
    formats: ['d/M/yyyy', 'M/d/yyyy'],
  };
  const usual = askFormats(questions, [column]);
  press(keys.enter);
  expect(await usual).toEqual({});
  const chosen = askFormats(questions, [column]);
  press(keys.down, keys.down, keys.enter);
  expect(await chosen).toEqual({ day: 'M/d/yyyy' });
});
