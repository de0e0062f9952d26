import { expect, test } from 'vitest';
import { formatSize } from './sizes.ts';

test.each([
  [0, '0 KB'],
  [1, '1 KB'],
  [80_000, '80 KB'],
  [999_001, '1,000 KB'],
  [1_000_000, '1.0 MB'],
  [12_340_000, '12.3 MB'],
])('%i bytes are %s', (bytes, words) => {
  expect(formatSize(bytes)).toBe(words);
});
