import { day } from '../../platform/time-lengths.ts';
import { startOfYear } from '../values/date-parts.ts';

/** Functions of one number. Names and meaning are arquero's (`op.sqrt`), which follow JavaScript's Math. */
export const unaryFunctions: ReadonlyMap<string, (value: number) => number> = new Map(
  Object.entries({
    abs: Math.abs,
    acos: Math.acos,
    acosh: Math.acosh,
    asin: Math.asin,
    asinh: Math.asinh,
    atan: Math.atan,
    atanh: Math.atanh,
    cbrt: Math.cbrt,
    ceil: Math.ceil,
    clz32: Math.clz32,
    cos: Math.cos,
    cosh: Math.cosh,
    degrees: (value) => (180 * value) / Math.PI,
    exp: Math.exp,
    expm1: Math.expm1,
    floor: Math.floor,
    fround: Math.fround,
    log: Math.log,
    log10: Math.log10,
    log1p: Math.log1p,
    log2: Math.log2,
    radians: (value) => (Math.PI * value) / 180,
    round: Math.round,
    sign: Math.sign,
    sin: Math.sin,
    sinh: Math.sinh,
    sqrt: Math.sqrt,
    tan: Math.tan,
    tanh: Math.tanh,
    trunc: Math.trunc,
  } satisfies Record<string, (value: number) => number>),
);

/** Functions of two numbers. */
export const binaryFunctions: ReadonlyMap<string, (a: number, b: number) => number> = new Map(
  Object.entries({ atan2: Math.atan2, pow: Math.pow }),
);

/** Functions of one or more numbers, folded from the left. */
export const foldedFunctions: ReadonlyMap<string, (a: number, b: number) => number> = new Map(
  Object.entries({
    greatest: (a: number, b: number) => Math.max(a, b),
    least: (a: number, b: number) => Math.min(a, b),
  }),
);

/** Functions of one date, in UTC; months, quarters and days of the week count from 0, Sunday is 0. */
export const dateFunctions: ReadonlyMap<string, (time: number) => number> = new Map(
  Object.entries({
    timestamp: (time: number) => time,
    utcyear: (time: number) => new Date(time).getUTCFullYear(),
    utcquarter: (time: number) => Math.floor(new Date(time).getUTCMonth() / 3),
    utcmonth: (time: number) => new Date(time).getUTCMonth(),
    utcdate: (time: number) => new Date(time).getUTCDate(),
    utcdayofyear: (time: number) => Math.floor(1 + (time - startOfYear(time)) / day),
    utcdayofweek: (time: number) => new Date(time).getUTCDay(),
    utchours: (time: number) => new Date(time).getUTCHours(),
    utcminutes: (time: number) => new Date(time).getUTCMinutes(),
    utcseconds: (time: number) => new Date(time).getUTCSeconds(),
    utcmilliseconds: (time: number) => new Date(time).getUTCMilliseconds(),
  }),
);

/** Functions of one text that give a text. */
export const textFunctions: ReadonlyMap<string, (text: string) => string> = new Map(
  Object.entries({
    lower: (text: string) => text.toLowerCase(),
    upper: (text: string) => text.toUpperCase(),
    trim: (text: string) => text.trim(),
  }),
);

/** Functions of one text that give a number. */
export const measureFunctions: ReadonlyMap<string, (text: string) => number> = new Map(
  Object.entries({
    length: (text: string) => text.length,
    parse_float: (text: string) => Number.parseFloat(text),
    parse_int: (text: string) => Number.parseInt(text, 10),
  }),
);

/** Functions of a text and a text sought in it; 0 and 1 are false and true where `gives` is boolean. */
export const searchFunctions: ReadonlyMap<
  string,
  { readonly gives: 'number' | 'boolean'; readonly run: (text: string, sought: string) => number }
> = new Map(
  Object.entries({
    startswith: { gives: 'boolean' as const, run: (text: string, s: string) => (text.startsWith(s) ? 1 : 0) },
    endswith: { gives: 'boolean' as const, run: (text: string, s: string) => (text.endsWith(s) ? 1 : 0) },
    includes: { gives: 'boolean' as const, run: (text: string, s: string) => (text.includes(s) ? 1 : 0) },
    indexof: { gives: 'number' as const, run: (text: string, s: string) => text.indexOf(s) },
    lastindexof: { gives: 'number' as const, run: (text: string, s: string) => text.lastIndexOf(s) },
  }),
);

/** Functions with rules of their own. */
const specialFunctions = [
  'bin',
  'is_finite',
  'is_nan',
  'normalize',
  'padend',
  'padstart',
  'parse_date',
  'repeat',
  'replace',
  'substring',
] as const;

/** Every function that an expression may call. */
export const functionNames: readonly string[] = [
  unaryFunctions,
  binaryFunctions,
  foldedFunctions,
  dateFunctions,
  textFunctions,
  measureFunctions,
  searchFunctions,
]
  .flatMap((family) => [...family.keys()])
  .concat(specialFunctions)
  .sort();

const aggregates = new Set(
  (
    'any array_agg array_agg_distinct average bins corr count covariance covariancep distinct entries_agg invalid ' +
    'map_agg max mean median min mode object_agg product quantile stdev stdevp sum unique valid values variance variancep'
  ).split(' '),
);
const windows = new Set(
  (
    'avg_rank cume_dist dense_rank fill_down fill_up first_value lag last_value lead nth_value ntile percent_rank ' +
    'rank row_number'
  ).split(' '),
);
const localDates = new Set(
  'date dayofweek dayofyear hours milliseconds minutes month quarter seconds year'.split(' '),
);

/** Why a function of arquero's is not for derived columns; undefined when there is no more to say than its name. */
export function refusalOf(name: string): string | undefined {
  if (aggregates.has(name)) {
    const twin = name === 'max' || name === 'min' ? `; for the ${name} within a row write Math.${name}` : '';
    return `op.${name} aggregates over rows, and a derived column sees only one row${twin}`;
  }
  if (windows.has(name)) return `op.${name} looks at other rows, and a derived column sees only one row`;
  if (localDates.has(name)) return `op.${name} depends on the machine's time zone; write op.utc${name}`;
  if (name === 'equal') return 'op.equal is written a === b here';
  if (name === 'match' || name === 'split') {
    return `op.${name} gives a list, and a derived column holds one value; op.substring, op.indexof and op.replace take a text apart`;
  }
  if (name === 'random' || name === 'now') return `op.${name} gives something else in every run`;
  return undefined;
}
