import fc from 'fast-check';
import { expect, test } from 'vitest';
import { namePieces } from './name-breaks.ts';

test('a long name may break after the marks between its words, and a short one nowhere', () => {
  expect(namePieces('sensor_17_measurement_of_channel_r')).toEqual([
    ...['sensor_', '17_', 'measurement_', 'of_', 'channel_', 'r'],
  ]);
  expect(namePieces('customer.address/postal_code')).toEqual(['customer.', 'address/', 'postal_', 'code']);
  expect(namePieces('power_to_weight')).toEqual(['power_to_weight']);
});

test('numbers and marks at the ends do not break', () => {
  expect(namePieces('between 1.5 and 1234.5')).toEqual(['between 1.5 and 1234.5']);
  expect(namePieces('___everything_else___')).toEqual(['___everything_', 'else___']);
});

test('the pieces are the name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (name) => {
      expect(namePieces(name).join('')).toBe(name);
    }),
  );
});
