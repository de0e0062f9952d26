import type { Batch, Cell } from './cell.ts';
import { realValued, type TableKind, tableKinds } from './tables.ts';

const sizes = [30, 100, 300, 1000, 10_000, 100_000] as const;
const shifts = [0.1, 0.2, 0.3, 0.5, 1] as const;

const batchSize = 20;

/** Repeats by size: small tables are cheap, and the whole grid is to take two hours of one core. */
function repeatsFor(rows: number): number {
  return rows <= 2600 ? 200 : rows <= 25_000 ? 100 : 60;
}

function quiet(kind: TableKind, [reference, current]: readonly [number, number], profiles: boolean): Cell {
  return { kind, reference, current, profiles, shift: 0, repeats: repeatsFor(reference + current) };
}

/** Every kind of table at every pairing of sizes; and, of mixed and of categorical tables, by profiles alone. */
function fullGrid(): Cell[] {
  const pairs = sizes.flatMap((reference) => sizes.map((current) => [reference, current] as const));
  return [
    ...pairs.flatMap((pair) => tableKinds.map((kind) => quiet(kind, pair, false))),
    ...pairs.flatMap((pair) => (['mixed', 'categorical'] as const).map((kind) => quiet(kind, pair, true))),
    ...powerGrid(
      [
        [100, 100],
        [300, 300],
        [1000, 1000],
        [10_000, 1000],
        [10_000, 10_000],
      ],
      100,
    ),
  ];
}

/** One of eight normal columns moved. */
function powerGrid(pairs: readonly (readonly [number, number])[], repeats: number): Cell[] {
  return pairs.flatMap(([reference, current]) =>
    shifts.map(
      (shift): Cell => ({ kind: 'continuous', reference, current, profiles: false, shift, repeats }),
    ),
  );
}

function quickGrid(): Cell[] {
  const pairs = [
    [30, 30],
    [30, 1000],
    [1000, 30],
    [300, 300],
    [3000, 3000],
  ] as const;
  return [
    ...pairs.flatMap((pair) => tableKinds.map((kind) => ({ ...quiet(kind, pair, false), repeats: 40 }))),
    ...pairs.map((pair) => ({ ...quiet('mixed', pair, true), repeats: 40 })),
    ...powerGrid([[300, 300]], 40),
  ];
}

const publishedSizes = [
  [100, 100],
  [300, 100],
  [300, 300],
  [1000, 300],
  [3000, 1000],
] as const;

/** Real-valued tables by their published profiles, and the same tables by their rows. */
export function publishedGrid(repeats: number): Cell[] {
  return publishedSizes.flatMap((pair) =>
    [true, false].map(
      (published): Cell => ({
        ...quiet(realValued, pair, published),
        repeats,
        ...(published ? { published } : {}),
      }),
    ),
  );
}

/** The cells to simulate; `quick` takes about two minutes. */
export function gridOf(quick: boolean): Cell[] {
  return quick ? quickGrid() : fullGrid();
}

/** The cells that raise suspicion, drawn anew: `kind/reference/current[/profiles]`. */
export function againOf(names: readonly string[], series: number, repeats: number): Cell[] {
  return names.map((name) => {
    const [kind, reference, current, profiles] = name.split('/');
    const known = tableKinds.find((one) => one === kind);
    if (!known || !(Number(reference) > 0) || !(Number(current) > 0))
      throw new RangeError(
        `cell ${name} to draw again: expected a name like mixed/300/100 or mixed/300/100/profiles`,
      );
    const size = { reference: Number(reference), current: Number(current) };
    return { kind: known, ...size, profiles: profiles === 'profiles', shift: 0, repeats, series };
  });
}

/** All cells' repeats in batches, ordered so that at any moment every cell is about as far. */
export function batchesOf(cells: readonly Cell[]): Batch[] {
  return cells
    .flatMap((cell) =>
      Array.from({ length: Math.ceil(cell.repeats / batchSize) }, (_, i): Batch => {
        const from = i * batchSize;
        return { cell, from, repeats: Math.min(batchSize, cell.repeats - from) };
      }),
    )
    .sort((a, b) => a.from / a.cell.repeats - b.from / b.cell.repeats);
}
