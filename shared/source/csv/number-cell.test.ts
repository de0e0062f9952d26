import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { numberOfBareText } from '../../dataset/values/number-text.ts';
import { numberOfBytes } from './number-cell.ts';

const parsed = (text: string): number => {
  const bytes = Buffer.from(`9${text}9`);
  return numberOfBytes(bytes, 1, bytes.length - 1);
};

describe('a cell', () => {
  test.each([
    '0',
    '-0',
    '+2',
    '007',
    '5.',
    '.5',
    '1e3',
    '1E-3',
    '-1.5e+10',
    '123456789012345678.5',
    '4.9e-324',
    '0.1',
    '9007199254740991',
    '1.7976931348623157e308',
  ])('that holds %s is a number, rounded as the language rounds', (text) => {
    expect(parsed(text)).toBe(Number(text));
    expect(numberOfBareText(text)).toBe(Number(text));
  });

  test.each([
    ['inf', Infinity],
    ['-INF', -Infinity],
    ['+Infinity', Infinity],
  ])('that holds %s is infinite', (text, value) => {
    expect(parsed(text)).toBe(value);
  });

  test.each([
    '',
    '.',
    '-',
    '+',
    'e5',
    '1e',
    '1e+',
    '0x10',
    '1_000',
    '1,5',
    '12%',
    'nan',
    'NaN',
    '1 2',
    '--1',
    '1.2.3',
    '٣',
    '9007199254740992',
    '9007199254740993',
    '123456789012345678901',
  ])('that holds %j is none', (text) => {
    expect(parsed(text)).toBeNaN();
    expect(numberOfBareText(text)).toBeNaN();
  });
});

test('bytes and texts are read alike, whatever the digits', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 22 });
  const text = fc
    .tuple(
      fc.constantFrom('', '-', '+'),
      digits,
      fc.constantFrom('', '.'),
      digits,
      fc.constantFrom('', 'e5', 'E-30', 'e400'),
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, (cell) => {
      expect(parsed(cell)).toBe(numberOfBareText(cell));
    }),
    { numRuns: 2000 },
  );
});
