import fc from 'fast-check';
import type { ConfigInput } from '../../config/sections/schema.ts';
import { type Config, configSchema } from '../../config/sections/schema.ts';
import type { SourceTable } from '../../dataset/table/origin.ts';
import { rowAt, type Value } from '../../dataset/table/table.ts';
import { sourceOf } from '../../dataset/testing/source-builder.ts';
import { silentLogger } from '../../platform/logger.ts';
import { runSteps } from '../run-steps.ts';

type Cells = Parameters<typeof sourceOf>[0];
type Data = ConfigInput['data'];
type Declared = NonNullable<Data['sources']>[string];

/** Sources for tests: cells by column, by name. */
export interface StepsTest {
  readonly sources: Readonly<Record<string, Cells>>;
  /** What `data.sources` says of them beside where they are. */
  readonly facts?: Readonly<Record<string, Partial<Pick<Declared, 'key' | 'time' | 'timeless' | 'types'>>>>;
  readonly steps: NonNullable<Data['steps']>;
  readonly config?: Partial<Omit<ConfigInput, 'data'>> & { readonly data?: Partial<Data> };
}

/** The configuration of a test: a regression of `y`. */
export function stepsConfig({ sources, facts = {}, steps, config = {} }: StepsTest): Config {
  const declared = Object.keys(sources).map((name) => [
    name,
    { type: 'file', path: `${name}.csv`, ...facts[name] },
  ]);
  return configSchema.parse({
    task: 'regression',
    target: 'y',
    ...config,
    data: { ...config.data, sources: Object.fromEntries(declared), steps },
  });
}

/** What a source of so many cells would answer, as the file `<name>.csv`. */
export function answers(sources: StepsTest['sources']): Map<string, SourceTable> {
  return new Map(
    Object.entries(sources).map(([name, cells]) => {
      const source = sourceOf(cells);
      return [name, sourceOf(cells, { [`${name}.csv`]: source.table.rows })];
    }),
  );
}

/** Runs steps over cells. */
export function runOver(test: StepsTest): SourceTable {
  return runSteps({ sources: answers(test.sources), config: stepsConfig(test) }, silentLogger);
}

/** The rows of a table, each as the values of some columns; default all. */
export function valuesOf({ table }: SourceTable, names?: readonly string[]): Value[][] {
  return Array.from({ length: table.rows }, (_, row) => {
    const record = rowAt(table, row);
    return (names ?? [...table.columns.keys()]).map((name) => record[name]!);
  });
}

/** Two sources: orders, and the customers that made them. */
export const orders = { id: [1, 2, 3, 4], customer: ['a', 'b', null, 'x'], y: [10, 20, 30, 40] };
export const customers = { customer: ['a', 'b', 'b', null], city: ['Rome', 'Oslo', 'Bonn', 'Lyon'] };

/** What a test of steps is refused with. */
export function refusal(test: StepsTest): string {
  try {
    runOver(test);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was refused');
}

const key = fc.option(fc.integer({ min: 0, max: 4 }));
const time = fc.option(fc.integer({ min: 0, max: 20 }));
const text = fc.option(fc.constantFrom('a', 'b', 'c'));
/** Arbitrary tables of a key, a group, a time and a value. */
export const tableOfRows = (max = 12) =>
  fc.array(fc.record({ k: key, g: text, t: time, v: fc.integer({ min: -9, max: 9 }) }), {
    minLength: 1,
    maxLength: max,
  });
/** A row of {@link tableOfRows}. */
export type MadeRow = { k: number | null; g: string | null; t: number | null; v: number };

/** The columns of such rows, and `i`, their numbers. */
export function cellsOf(rows: readonly MadeRow[]) {
  return {
    i: rows.map((_, i) => i),
    k: rows.map(({ k }) => k),
    g: rows.map(({ g }) => g),
    t: rows.map(({ t }) => t),
    v: rows.map(({ v }) => v),
  };
}

/** The types of a table of {@link tableOfRows}. */
export const types = { k: 'number', g: 'category', t: 'number', v: 'number' } as const;
