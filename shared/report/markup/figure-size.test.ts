import { expect, test } from 'vitest';
import { figureSize } from './figure-size.ts';

test('a figure is the smaller, the more letters it has', () => {
  expect(['2.87', '<0.1%', '12,346'].map(figureSize)).toEqual(['', '', '']);
  expect(['993,000,000', '1,030,000,000'].map(figureSize)).toEqual([' long', ' long']);
  expect(figureSize('8,470,000,000,000')).toBe(' longer');
});
