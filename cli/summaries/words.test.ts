import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createStyle, wantsColour } from '../terminal/style.ts';
import { textTable } from './text-table.ts';
import { block, shortDigest, visibleLength, wrap } from './words.ts';

test('a text is broken at spaces and loses no word', () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }),
      fc.integer({ min: 20, max: 90 }),
      (words, width) => {
        const lines = wrap(words.join(' '), width);
        expect(lines.join(' ').split(/\s+/)).toEqual(words);
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
      },
    ),
  );
});

test('styles take no room', () => {
  const style = createStyle(true);
  expect(visibleLength(style.bold(style.good('pass')))).toBe(4);
  expect(
    textTable(
      [
        [style.bold('a'), '1'],
        ['bbb', '22'],
      ],
      ['left', 'right'],
    ),
  ).toEqual([`${style.bold('a')}     1`, 'bbb  22']);
});

test('a block has its name at the left of its first line', () => {
  const words = { style: createStyle(false), width: 30 };
  expect(block('Train', words, ['two candidates are compared here', 'done'])).toEqual([
    'Train    two candidates are',
    '           compared here',
    '         done',
  ]);
});

test('colour is for terminals that can show it and people who want it', () => {
  expect(wantsColour({ isTTY: true }, {})).toBe(true);
  expect(wantsColour({ isTTY: true }, { NO_COLOR: '1' })).toBe(false);
  expect(wantsColour({ isTTY: true }, { NO_COLOR: '' })).toBe(true); // no-color.org: "when present and not an empty string"
  expect(wantsColour({}, { GITHUB_ACTIONS: 'true' })).toBe(true);
  expect(wantsColour({}, { GITHUB_ACTIONS: 'true', NO_COLOR: '1' })).toBe(false);
  expect(wantsColour({}, { FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(true);
  expect(wantsColour({}, { FORCE_COLOR: '' })).toBe(true); // as Node has it: set, and neither 0 nor false
  expect(wantsColour({ isTTY: true }, { FORCE_COLOR: '0' })).toBe(false);
  expect(wantsColour({ isTTY: true }, { TERM: 'dumb' })).toBe(false);
  expect(wantsColour({}, {})).toBe(false);
});

test('digests are short', () => {
  expect(shortDigest(`sha256:${'ab'.repeat(32)}`)).toBe('sha256:abababababab');
});
