import { expect, test } from 'vitest';
import { rowsOf } from '../testing/read-helpers.ts';
import { readAndHear, realTables } from '../testing/real-tables.ts';
import { type NumberNotation, numberReader } from './number-notation.ts';

const read = (notation: NumberNotation, text: string): number => {
  const bytes = Buffer.from(text);
  return numberReader(notation)!(bytes, 0, bytes.length);
};

test.each(realTables.notations)(
  'numbers with decimal $decimal and thousands $thousands are what pandas reads',
  async ({ decimal, thousands, texts, values }) => {
    const text = `x\n${texts.map((cell) => `"${cell}"\n`).join('')}`;
    const { table } = await readAndHear(
      { 'a.csv': text },
      { decimal, ...(thousands === null ? {} : { thousands }), delimiter: '|' },
    );
    expect(table.columns.get('x')).toEqual({ type: 'number', values: Float64Array.from(values) });
  },
);

test('groups are whole: of threes, or in the Indian way', () => {
  const notation: NumberNotation = { thousands: ',' };
  expect(['1,234', '12,34,567.5', '1,23,456', '123,456,789', '-1,000'].map((t) => read(notation, t))).toEqual(
    [1234, 1234567.5, 123456, 123456789, -1000],
  );
  for (const text of [
    '1,23',
    '12,34',
    '1234,567',
    ',123',
    '1,,234',
    '1,234,',
    '123,45,678',
    '1,2345',
    '1.234,567',
  ]) {
    expect([text, read(notation, text)]).toEqual([text, Number.NaN]);
  }
});

test('a space between thousands may be non-breaking, narrow or thin, and an apostrophe typographic', () => {
  for (const space of [' ', '\u00a0', '\u202f', '\u2009']) {
    expect(read({ decimal: ',', thousands: ' ' }, `12${space}345${space}678,5`)).toBe(12345678.5);
  }
  expect(read({ thousands: "'" }, '1\u2019234.5')).toBe(1234.5);
});

test('another decimal mark than the declared one makes no number', () => {
  expect(read({ decimal: ',' }, '1.5')).toBeNaN();
  expect(read({ decimal: ',', thousands: '.' }, '1.5')).toBeNaN();
  expect(read({ decimal: ',' }, '-inf')).toBe(Number.NEGATIVE_INFINITY);
});

test('a table from a European spreadsheet is read with its two settings', async () => {
  const text = 'amount;city;y\n1.680,48;Köln;6,79\n;Paris;25,88\n "2.945,73" ;Köln;-38,5\n';
  const { table, told } = await readAndHear({ 'a.csv': text }, { decimal: ',', thousands: '.' });
  expect(rowsOf(table)).toEqual([
    { amount: 1680.48, city: 'Köln', y: 6.79 },
    { amount: null, city: 'Paris', y: 25.88 },
    { amount: 2945.73, city: 'Köln', y: -38.5 },
  ]);
  expect(told).toEqual([]);
});
