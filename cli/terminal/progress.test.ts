import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { fixedClock } from '../../shared/platform/clock.ts';
import { RecordingOutput } from '../testing/test-io.ts';
import type { Output } from './io.ts';
import { liveLine, liveProgress, plainProgress } from './progress.ts';
import { createStyle } from './style.ts';

const plain = createStyle(false);

describe('the line on a terminal', () => {
  test('shows the task, a bar, the count and the figures', () => {
    const line = liveLine({ task: 'train linear', done: 25, total: 50, detail: 'loss 0.213' }, 79, plain);
    expect(line).toBe(`train linear  ${'━'.repeat(12)}${'─'.repeat(12)}  25/50  loss 0.213`);
  });

  test('has no bar when the end is not known', () => {
    expect(liveLine({ task: 'read page', done: 7, detail: '700 rows' }, 79, plain)).toBe(
      'read page  7  700 rows',
    );
  });

  test.each([20, 40, 60, 79])('is never wider than the terminal: %i columns', (width) => {
    for (const style of [plain, createStyle(true)]) {
      const line = liveLine(
        { task: 'train neural-network', done: 3, total: 200, detail: 'loss 0.2131  validation loss 0.3122' },
        width,
        style,
      );
      expect([...stripVTControlCharacters(line)].length).toBeLessThanOrEqual(width);
    }
  });

  test('is drawn at most every 60 ms, and taken away again', async () => {
    const clock = fixedClock(0);
    const stream = new RecordingOutput(80);
    const display = liveProgress(stream as Output, plain, clock);
    display.update({ task: 'a', done: 1, total: 100 });
    display.update({ task: 'a', done: 2, total: 100 });
    expect(stream.text).not.toContain('2/100');
    await clock.sleep(60);
    display.update({ task: 'a', done: 3, total: 100 });
    expect(stream.text).toContain('3/100');
    const before = stream.text.length;
    display.clear();
    display.clear();
    expect(stream.text.slice(before)).toContain('\u001b[2K');
    expect(stream.text).not.toContain('\u001b[?25l'); // the cursor is never hidden, so it need not come back
  });
});

describe('the lines of a log', () => {
  async function linesOf(total: number | undefined, step: number, count: number): Promise<string[]> {
    const clock = fixedClock(0);
    const stream = new RecordingOutput();
    const display = plainProgress(stream as Output, clock);
    for (let done = 1; done <= count; done++) {
      display.update({
        task: 'train',
        done,
        ...(total === undefined ? {} : { total }),
        detail: `loss ${done}`,
      });
      await clock.sleep(step);
    }
    return stream.text.trimEnd().split('\n');
  }

  test('are one for each tenth when the work is slow', async () => {
    const lines = await linesOf(200, 400, 200);
    expect(lines).toHaveLength(10);
    expect(lines[0]).toBe('train   20/200  loss 20');
    expect(lines.at(-1)).toBe('train  200/200  loss 200');
  });

  test('are at most one a second, and the last, when the work is quick', async () => {
    expect(await linesOf(200, 1, 200)).toEqual(['train  200/200  loss 200']);
  });

  test('are one in ten seconds when a tenth takes long', async () => {
    const lines = await linesOf(1000, 3000, 9);
    expect(lines).toEqual(['train     5/1000  loss 5', 'train     9/1000  loss 9']);
  });

  test('are one a second when the end is not known', async () => {
    expect(await linesOf(undefined, 250, 12)).toEqual(['train  5  loss 5', 'train  9  loss 9']);
  });

  test('start again when the task does', () => {
    const stream = new RecordingOutput();
    const display = plainProgress(stream as Output, fixedClock(0));
    for (let round = 0; round < 2; round++) {
      for (const done of [1, 2]) display.update({ task: 'evaluate', done, total: 2 });
    }
    expect(stream.text).toBe('evaluate  2/2\nevaluate  2/2\n');
  });
});
