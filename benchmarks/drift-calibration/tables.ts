import {
  type CategoryColumn,
  type Column,
  type NumberColumn,
  type Table,
  tableOf,
} from '../../shared/dataset/table/table.ts';
import type { Random } from '../../shared/platform/random.ts';

/** What kinds of columns a simulated table has. */
export const tableKinds = [
  'continuous',
  'heavy-tailed',
  'discrete',
  'categorical',
  'missing',
  'correlated',
  'mixed',
] as const;

/** Sixty columns of real values: what published profiles are tried on. */
export const realValued = 'real-valued';

export type TableKind = (typeof tableKinds)[number] | typeof realValued;

type Maker = (rows: number, random: Random) => Column;

function numberColumn(draw: (random: Random) => number): Maker {
  return (rows, random): NumberColumn => {
    const values = new Float64Array(rows);
    for (let i = 0; i < rows; i++) values[i] = draw(random);
    return { type: 'number', values };
  };
}

function poisson(mean: number): (random: Random) => number {
  const limit = Math.exp(-mean);
  return (random) => {
    let product = random.next();
    let count = 0;
    for (; product > limit; count++) product *= random.next();
    return count;
  };
}

/** Categories with chances falling as 1/rank, as names and places do. */
function categoryColumn(levels: number): Maker {
  const cumulative = new Float64Array(levels);
  let sum = 0;
  for (let i = 0; i < levels; i++) {
    sum += 1 / (i + 1);
    cumulative[i] = sum;
  }
  const dictionary = Array.from({ length: levels }, (_, i) => `level ${i}`);
  return (rows, random): CategoryColumn => {
    const codes = new Int32Array(rows);
    for (let i = 0; i < rows; i++) {
      const at = random.next() * sum;
      let low = 0;
      let high = levels - 1;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (cumulative[middle]! < at) low = middle + 1;
        else high = middle;
      }
      codes[i] = low;
    }
    return { type: 'category', codes, dictionary };
  };
}

/** The same column with a share of its values missing. */
function missing(share: number, make: Maker): Maker {
  return (rows, random) => {
    const column = make(rows, random);
    for (let i = 0; i < rows; i++) {
      if (random.next() >= share) continue;
      if (column.type === 'category') column.codes[i] = -1;
      else column.values[i] = column.type === 'boolean' ? -1 : Number.NaN;
    }
    return column;
  };
}

const normal = numberColumn((random) => random.normal());
const cauchy = numberColumn((random) => random.normal() / random.normal());
const lognormal = numberColumn((random) => Math.exp(2 * random.normal()));
/** Two groups, of which the smaller lies three deviations off and is narrow. */
const mixture = numberColumn((random) => (random.next() < 0.7 ? random.normal() : 3 + 0.3 * random.normal()));
/** Of about sixty values, the outer ones rare. */
const rounded = numberColumn((random) => Math.round(10 * random.normal()) / 10);
const zeroInflated = numberColumn((random) => (random.next() < 0.6 ? 0 : Math.exp(random.normal())));
const coin = numberColumn((random) => Number(random.next() < 0.1));
const digit = numberColumn((random) => random.integer(10));

function repeated(times: number, ...makers: readonly Maker[]): Maker[] {
  return Array.from({ length: times }, () => makers).flat();
}

const makers: Readonly<Record<Exclude<TableKind, 'correlated'>, readonly Maker[]>> = {
  continuous: repeated(8, normal),
  'heavy-tailed': repeated(4, cauchy, lognormal),
  discrete: [...repeated(2, coin, digit, numberColumn(poisson(2)), numberColumn(poisson(20)))],
  categorical: [2, 3, 5, 10, 20, 50, 100, 200].map(categoryColumn),
  [realValued]: repeated(15, normal, lognormal, mixture, rounded),
  missing: [
    ...repeated(2, missing(0.2, normal), missing(0.02, lognormal)),
    ...[5, 50].map((levels) => missing(0.1, categoryColumn(levels))),
    missing(0.5, digit),
    missing(0.9, normal),
  ],
  mixed: [
    normal,
    cauchy,
    zeroInflated,
    digit,
    coin,
    categoryColumn(3),
    categoryColumn(60),
    missing(0.1, normal),
  ],
};

/** Eight normal columns with correlation 0.8. */
function correlated(rows: number, random: Random): Column[] {
  const common = Float64Array.from({ length: rows }, () => random.normal() * Math.sqrt(0.8));
  return Array.from({ length: 8 }, () => ({
    type: 'number' as const,
    values: common.map((value) => value + random.normal() * Math.sqrt(0.2)),
  }));
}

/** A table of eight columns of a kind, of real values sixty; every table of a kind is of the same distribution. */
export function simulatedTable(kind: TableKind, rows: number, random: Random): Table {
  const columns =
    kind === 'correlated' ? correlated(rows, random) : makers[kind].map((make) => make(rows, random));
  return tableOf(columns.map((column, i) => [`x${i}`, column]));
}

/** What a model might predict: a sum of the number columns and noise, of which missing values are no part. */
export function simulatedPredictions(table: Table, random: Random): Table {
  const values = Float64Array.from({ length: table.rows }, () => random.normal());
  for (const column of table.columns.values()) {
    if (column.type !== 'number') continue;
    for (let i = 0; i < table.rows; i++) {
      // Squashed, as a model would, so that no single value rules the sum.
      const value = column.values[i]!;
      values[i]! += Number.isNaN(value) ? 0 : Math.tanh(value);
    }
  }
  return tableOf([['prediction', { type: 'number', values }]]);
}

/** The same table with one column of numbers moved up. */
export function shifted(table: Table, name: string, by: number): Table {
  const columns = new Map(table.columns);
  const column = columns.get(name);
  if (column?.type !== 'number')
    throw new RangeError(`shift of column ${name}: the table has no such numbers`);
  columns.set(name, { type: 'number', values: column.values.map((value) => value + by) });
  return tableOf(columns);
}
