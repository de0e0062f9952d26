import { describe, expect, test } from 'vitest';
import { composition, type Fit, type PagePart } from './composition.ts';
import { unshortenedPart } from './frame.ts';
import { type Markdown, md } from './markdown.ts';

const note = (names: readonly string[]): Markdown => md`left out: ${names.join(', ')}`;
const within = (limit: number): Fit => ({ limit, measure: (text) => text.length, note });

const parts: readonly PagePart[] = [
  { name: 'the head', importance: 9, levels: [() => md`head`] },
  {
    name: 'the list',
    importance: 2,
    levels: [() => md`one two three four`, () => md`one two`, () => undefined],
  },
  unshortenedPart('the extra', 1, () => md`extra`),
  unshortenedPart('the silence', 3, () => undefined),
  { name: 'the foot', importance: 8, levels: [() => md`foot`] },
];

describe('composition', () => {
  test('shows all where all fits', () => {
    const page = 'head\n\none two three four\n\nextra\n\nfoot\n';
    expect(composition(parts, within(page.length))).toBe(page);
    expect(composition(parts, within(1000))).toBe(page);
  });

  test('leaves out the least important first, and says so before the last part', () => {
    const long = [
      parts[0]!,
      parts[1]!,
      unshortenedPart('the extra', 1, () => md`${'x'.repeat(80)}`),
      parts[4]!,
    ];
    expect(composition(long, within(70))).toBe('head\n\none two three four\n\nleft out: the extra\n\nfoot\n');
    expect(composition(long, within(45))).toBe('head\n\none two\n\nleft out: the extra\n\nfoot\n');
  });

  test('what had nothing to say is not called left out', () => {
    expect(composition(parts, within(40))).not.toContain('silence');
  });

  test('refuses a limit below its shortest form', () => {
    expect(() => composition(parts, within(10))).toThrow('its shortest form is');
  });
});
