import { car } from './models.ts';

/** A body that `--max-body` just lets in. */
const megabyte = 2 ** 20 - 100;
/** As many of a piece as fit into a megabyte. */
export const filled = (piece: string, open = '[', close = ']'): string =>
  `${open}${piece.repeat(Math.floor(megabyte / piece.length)).slice(0, -1)}${close}`;

/** Bodies by what they are: each is JSON, or nearly, and meant to cost more than it should. */
export const hostileBodies: Record<string, string> = {
  'brackets, 5,000': '['.repeat(5000),
  'brackets and their ends, 5,000': '['.repeat(5000) + ']'.repeat(5000),
  'brackets, a megabyte': '['.repeat(megabyte),
  'braces, 5,000': '{"a":'.repeat(5000),
  'braces and their ends, 5,000': `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`,
  'a record with a deep value': JSON.stringify({ ...car, power: 0 }).replace(
    ':0',
    `:${'['.repeat(900)}${']'.repeat(900)}`,
  ),
  'a record with a value that is just allowed': JSON.stringify({ ...car, power: 0 }).replace(
    ':0',
    `:${'['.repeat(30)}${']'.repeat(30)}`,
  ),
  'empty objects, a megabyte': filled('{},'),
  'empty lists, a megabyte': filled('[],'),
  'empty records, a megabyte': filled('{},', '{"records":[', ']}'),
  'empty instances, a megabyte': filled('{},', '{"instances":[', ']}'),
  'instances that are lists, a megabyte': filled('[],', '{"instances":[', ']}'),
  'tensors, a megabyte': filled('{},', '{"inputs":[', ']}'),
  'a data frame of empty rows, a megabyte': filled(
    '[],',
    '{"dataframe_split":{"columns":["power"],"data":[',
    ']}}',
  ),
  'a data frame of as many columns': `{"dataframe_split":{"columns":[${Array.from({ length: 90_000 }, (_, i) => `"c${i}"`)}],"data":[]}}`,
  'a record of as many fields': `{${Array.from({ length: 90_000 }, (_, i) => `"c${i}":0`)}}`,
  'columns, a megabyte': `{"inputs":{${Array.from({ length: 70_000 }, (_, i) => `"c${i}":[0]`)}}}`,
  'numbers, a megabyte': filled('0,'),
  'nulls, a megabyte': filled('null,', '{"instances":[', ']}'),
  'a number too large': JSON.stringify({ ...car, power: 0 }).replace(':0', ':1e999'),
  'a long number': JSON.stringify({ ...car, power: 0 }).replace(':0', `:${'9'.repeat(500_000)}`),
  'a long text': JSON.stringify({ ...car, origin: 'x'.repeat(1_000_000) }),
  'a long date': JSON.stringify({ ...car, sold: '1'.repeat(1_000_000) }),
  'a long name': JSON.stringify({ ...car, ['x'.repeat(1_000_000)]: 1 }),
  'names of prototypes':
    '{"__proto__":{"power":1},"constructor":{"prototype":1},"toString":1,"hasOwnProperty":1}',
  'half a sign of UTF-16': JSON.stringify({ ...car, origin: '\ud800' }),
  'a text that does not end': `"${'\\'.repeat(1001)}`,
  'not JSON': '{"power": nan}',
  nothing: '',
  'a lonely null': 'null',
};
