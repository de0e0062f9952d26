import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clipApart, clipText, visibleText } from './visible-text.ts';

describe('visibleText', () => {
  test('writes out what turns a line around, but leaves languages that run from right to left', () => {
    expect(visibleText('\u202egpj.exe')).toBe('\\u202Egpj.exe');
    expect(visibleText('a\u0000b\u200bc')).toBe('a\\u0000b\\u200Bc');
    expect(visibleText('مرحبا')).toBe('مرحبا');
    expect(visibleText('\ud800')).toBe('\ufffd');
  });
});

describe('clipApart', () => {
  test('cuts the middle out of texts that begin alike, so that they differ', () => {
    const species = ['Unknown bird - small', 'Unknown bird - large', 'Canada goose', 'European starling'];
    expect(clipApart(species, 12)).toEqual(['Unk… - small', 'Unk… - large', 'Canada goose', 'European st…']);
  });
});

describe('clipText', () => {
  test('never cuts a character in two', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        fc.integer({ min: 1, max: 20 }),
        (text, length) => {
          const clipped = clipText(text, length);
          expect([...clipped].length).toBeLessThanOrEqual(Math.max(length, [...text].length === 0 ? 0 : 1));
          expect(clipped.isWellFormed()).toBe(true);
          expect(clipped === text || (clipped.endsWith('…') && text.startsWith(clipped.slice(0, -1)))).toBe(
            true,
          );
        },
      ),
    );
  });
});
