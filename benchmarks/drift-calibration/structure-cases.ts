import { type Column, type Table, tableOf } from '../../shared/dataset/table/table.ts';
import {
  type DependenceOfSides,
  dependenceInFile,
  dependenceInGroups,
} from '../../shared/drift/dependence/row-dependence.ts';
import type { Random } from '../../shared/platform/random.ts';
import { simulatedTable, type TableKind } from './tables.ts';

/** A pair of tables of eight columns, with what is known of how their rows hang together. */
export interface Pair {
  readonly before: Table;
  readonly after: Table;
  readonly dependence?: DependenceOfSides;
}

export interface StructureCase {
  readonly name: string;
  /** Whether nothing has changed. */
  readonly quiet: boolean;
  /** Whether its rows depend on each other. */
  readonly dependent?: boolean;
  /** Whether it is judged as well without looking at how rows hang together. */
  readonly blind?: boolean;
  readonly sizes: readonly [reference: number, current: number];
  readonly draw: (random: Random, sizes: readonly [number, number]) => Pair;
}

function filled(rows: number, draw: () => number): Column {
  return { type: 'number', values: Float64Array.from({ length: rows }, draw) };
}

/** Eight columns by one rule. */
function eight(make: (i: number) => Column): Table {
  return tableOf(Array.from({ length: 8 }, (_, i) => [`x${i}`, make(i)] as const));
}

function inFile(before: Table, after: Table): DependenceOfSides {
  return { reference: dependenceInFile(before), current: dependenceInFile(after) };
}

function ofKind(kind: TableKind): StructureCase['draw'] {
  return (random, [n, m]) => {
    const [before, after] = [simulatedTable(kind, n, random), simulatedTable(kind, m, random)];
    return { before, after, dependence: inFile(before, after) };
  };
}

/** x_t = φ x_{t-1} + e, of unit variance. */
function autoregression(phi: number): StructureCase['draw'] {
  const draw = (rows: number, random: Random): Table =>
    eight(() => {
      let value = random.normal();
      return filled(rows, () => (value = phi * value + Math.sqrt(1 - phi * phi) * random.normal()));
    });
  return (random, [n, m]) => {
    const [before, after] = [draw(n, random), draw(m, random)];
    return { before, after, dependence: inFile(before, after) };
  };
}

/** Rows in groups of ten, half of whose variance is the group's. */
function groupsOfTen(random: Random, [n, m]: readonly [number, number]): Pair {
  const draw = (rows: number) => {
    const group = filled(rows, () => 0);
    if (group.type === 'number')
      for (let row = 0; row < rows; row++) group.values[row] = Math.floor(row / 10);
    const table = eight(() => {
      const means = Float64Array.from({ length: Math.ceil(rows / 10) }, () => random.normal());
      let row = 0;
      return filled(rows, () => (means[Math.floor(row++ / 10)]! + random.normal()) / Math.SQRT2);
    });
    return { table, side: dependenceInGroups(group, 'group') };
  };
  const [before, after] = [draw(n), draw(m)];
  return {
    before: before.table,
    after: after.table,
    dependence: { reference: before.side, current: after.side },
  };
}

/** Normal columns of which the first is changed in the current rows. */
function changed(
  change: (values: Float64Array, random: Random) => Float64Array,
  before0 = change,
): StructureCase['draw'] {
  return (random, sizes) => {
    const pair = ofKind('continuous')(random, sizes);
    const x0 = (table: Table): Float64Array => {
      const column = table.columns.get('x0');
      if (column?.type !== 'number') throw new TypeError('x0 is not of numbers');
      return column.values.map((value) => 10 + value);
    };
    const withFirst = (table: Table, values: Float64Array): Table =>
      tableOf([...table.columns, ['x0', { type: 'number', values }]]);
    const first = x0(pair.before);
    const before = withFirst(pair.before, before0 === change ? first : before0(first, random));
    const after = withFirst(pair.after, change(x0(pair.after), random));
    return { before, after, dependence: inFile(before, after) };
  };
}

const missing = (share: number) => (values: Float64Array, random: Random) =>
  values.map((value) => (random.next() < share ? Number.NaN : value));

/** Normal columns of which the first holds categories, by their shares before and after. */
function categories(shares: Readonly<Record<string, readonly [number, number]>>): StructureCase['draw'] {
  const dictionary = Object.keys(shares);
  /** A code for each two thousandth of the rows. */
  const deck = (side: 0 | 1): number[] =>
    dictionary.flatMap((name, code) =>
      Array.from({ length: Math.round(2000 * shares[name]![side]) }, () => code),
    );
  return (random, sizes) => {
    const pair = ofKind('continuous')(random, sizes);
    const column = (side: 0 | 1): Column => {
      const codes = deck(side);
      return {
        type: 'category',
        dictionary,
        codes: Int32Array.from({ length: sizes[side] }, () => codes[random.integer(codes.length)]!),
      };
    };
    const before = tableOf([...pair.before.columns, ['x0', column(0)]]);
    const after = tableOf([...pair.after.columns, ['x0', column(1)]]);
    return { before, after, dependence: inFile(before, after) };
  };
}

/** A category beside three that were there. */
function newCategory(share: number): StructureCase['draw'] {
  const other = [1 / 3, (1 - share) / 3] as const;
  return categories({ a: other, b: other, c: other, new: [0, share] });
}

const sizes = [
  [100, 100],
  [300, 300],
  [1000, 300],
] as const;

const kinds: readonly Omit<StructureCase, 'sizes'>[] = [
  ...(['continuous', 'categorical', 'discrete', 'missing', 'mixed'] as const).map((kind) => ({
    name: kind === 'categorical' ? 'categories falling as 1/rank' : kind,
    quiet: true,
    draw: ofKind(kind),
  })),
  { name: 'autoregression 0.5', quiet: true, dependent: true, blind: true, draw: autoregression(0.5) },
  { name: 'autoregression 0.9', quiet: true, dependent: true, blind: true, draw: autoregression(0.9) },
  { name: 'groups of ten', quiet: true, dependent: true, blind: true, draw: groupsOfTen },
  { name: 'a dead sensor', quiet: false, draw: changed((values) => values.fill(10)) },
  { name: 'times 10', quiet: false, draw: changed((values) => values.map((value) => 10 * value)) },
  {
    name: 'apart by 8 deviations',
    quiet: false,
    draw: changed((values) => values.map((value) => value + 8)),
  },
  { name: 'missing: 1% to 6%', quiet: false, draw: changed(missing(0.06), missing(0.01)) },
  { name: 'a new category of 1%', quiet: false, draw: newCategory(0.01) },
  { name: 'a new category of 2%', quiet: false, draw: newCategory(0.02) },
  { name: 'a new category of 5%', quiet: false, draw: newCategory(0.05) },
  { name: 'a label of 10% to 15%', quiet: false, draw: categories({ no: [0.9, 0.85], yes: [0.1, 0.15] }) },
  { name: 'a label of 50% to 60%', quiet: false, draw: categories({ no: [0.5, 0.4], yes: [0.5, 0.6] }) },
  {
    name: 'a deviation 1.25 times as large',
    quiet: false,
    draw: changed((values) => values.map((value) => 10 + 1.25 * (value - 10))),
  },
  {
    name: 'a deviation 1.5 times as large',
    quiet: false,
    draw: changed((values) => values.map((value) => 10 + 1.5 * (value - 10))),
  },
  {
    name: 'moved by 0.3 deviations',
    quiet: false,
    blind: true,
    draw: changed((values) => values.map((value) => value + 0.3)),
  },
];

/** Every kind of pair at every size. */
export const structureCases: readonly StructureCase[] = kinds.flatMap((kind) =>
  sizes.map((own) => ({ ...kind, sizes: own })),
);
