import { expect, test } from 'vitest';
import { shownTime } from './shown-time.ts';

test.each([
  ['2002-07-25T00:00:00.000Z', '2002-07-25'],
  ['2002-07-25T00:00:00Z', '2002-07-25'],
  ['2002-07-25T08:00:00.000Z', '2002-07-25T08:00:00.000Z'],
  ['2002-07-25', '2002-07-25'],
  ['1976', '1976'],
])('%s is shown as %s', (time, shown) => {
  expect(shownTime(time)).toBe(shown);
});
