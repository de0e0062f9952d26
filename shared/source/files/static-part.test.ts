import { expect, test } from 'vitest';
import { staticPart } from './static-part.ts';

test.each([
  ['data/*.csv', 'data', '*.csv'],
  ['data/20*/part-?.csv', 'data', '20*/part-?.csv'],
  ['*.csv', '', '*.csv'],
  ['/*.csv', '/', '*.csv'],
  ['/data/*.csv', '/data', '*.csv'],
  // On Windows "C:" alone is the current folder of that drive.
  ['C:/*.csv', 'C:/', '*.csv'],
  ['C:/data/*.csv', 'C:/data', '*.csv'],
])('the folder of %s is "%s", and the pattern in it %s', (pattern, folder, rest) => {
  expect(staticPart(pattern)).toEqual({ folder, rest });
});
