import { PassThrough } from 'node:stream';
import { select } from '@clack/prompts';
import { expect, test } from 'vitest';
import { RecordingOutput } from '../cli/testing/test-io.ts';
import { screenOf } from './terminal-screen.ts';

test('lines that a program wrote over are gone, those below them too', () => {
  expect(screenOf('one\r\ntwo\r\nthree\r\n\u001b[2A\u001b[JTWO')).toBe('one\nTWO');
  expect(screenOf('prepare 0/7\r\n\u001b[2K\u001b[1A\u001b[2K\u001b[Gdone\r\n')).toBe('done');
  expect(screenOf('long line\rshort')).toBe('shortline');
  expect(screenOf('abc\u001b[2D\u001b[KX')).toBe('aX');
});

test('colours and modes leave no trace', () => {
  expect(screenOf('\u001b[?25l\u001b[1;32mgreen\u001b[0m  \u001b[?25h\r\n\r\n')).toBe('green');
});

test('what it does not know is an error, not a wrong picture', () => {
  expect(() => screenOf('a\u001b[2Sb')).toThrow('unknown sequence ESC[2S');
});

test('of a question that was answered, the question and the answer are left', async () => {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  const output = new RecordingOutput(80);
  const options = ['apple', 'pear'].map((value) => ({ value, label: value, hint: `a ${value}` }));
  const answered = select({ message: 'Which?', options, input: input as never, output });
  input.write('\r');
  await answered;
  // What a terminal makes of a line's end.
  expect(screenOf(output.text.replaceAll('\n', '\r\n')).split('\n')).toEqual([
    expect.stringMatching(/^[│|]$/),
    expect.stringMatching(/^\S {2}Which\?$/),
    expect.stringMatching(/^[│|] {2}apple$/),
  ]);
});
