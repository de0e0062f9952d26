import { type Config, type ConfigInput, configSchema } from '../../config/sections/schema.ts';
import { sha256 } from '../../platform/digest.ts';
import { type LogEntry, recordingLogger } from '../../platform/logger.ts';
import { type PrepareDatasetInput, type PreparedDataset, prepareDataset } from '../prepare-dataset.ts';
import { heldOutRows } from '../split/divided-rows.ts';
import type { SourceTable } from '../table/origin.ts';
import { type Column, rowAt, tableOf, takeRows } from '../table/table.ts';

type Cell = number | string | boolean | null;

/** A column as a source would answer it: numbers or booleans where all values are, else texts. */
function columnOfCells(cells: readonly Cell[]): Column {
  const present = cells.filter((cell) => cell !== null);
  if (present.length > 0 && present.every((cell) => typeof cell === 'boolean')) {
    return { type: 'boolean', values: Int8Array.from(cells, (cell) => (cell === null ? -1 : Number(cell))) };
  }
  if (present.every((cell) => typeof cell === 'number')) {
    return {
      type: 'number',
      values: Float64Array.from(cells, (cell) => (cell === null ? Number.NaN : Number(cell))),
    };
  }
  const dictionary: string[] = [];
  const codeOf = new Map<string, number>();
  const codes = Int32Array.from(cells, (cell) => {
    if (cell === null) return -1;
    const text = String(cell);
    const code = codeOf.get(text) ?? dictionary.push(text) - 1;
    codeOf.set(text, code);
    return code;
  });
  return { type: 'category', codes, dictionary };
}

/**
 * What a source would answer.
 *
 * @param columns cells by column. @param files how many rows each file has; default one file, `rows.csv`.
 */
export function sourceOf(
  columns: Readonly<Record<string, readonly Cell[] | Column>>,
  files?: Readonly<Record<string, number>>,
): SourceTable {
  const table = tableOf(
    Object.entries(columns).map(([name, cells]) => [name, 'type' in cells ? cells : columnOfCells(cells)]),
  );
  let firstRow = 0;
  const parts = Object.entries(files ?? { 'rows.csv': table.rows }).map(([name, rows]) => {
    const part = { name, digest: digestOfRange(table, firstRow, rows), firstRow, rows };
    firstRow += rows;
    return part;
  });
  return { table, parts };
}

function digestOfRange(table: SourceTable['table'], firstRow: number, rows: number): string {
  const taken = takeRows(
    table,
    Uint32Array.from({ length: rows }, (_, i) => firstRow + i),
  );
  return sha256(JSON.stringify(Array.from({ length: rows }, (_, row) => rowAt(taken, row))));
}

type ConfigParts = Omit<Partial<ConfigInput>, 'data'> & {
  data?: Omit<Partial<ConfigInput['data']>, 'source'>;
};

/** A regression of `y` on the rows of `rows.csv`, with overrides; on three sides where no folds are declared. */
export function configOf({ data, split, ...parts }: ConfigParts = {}): Config {
  return configSchema.parse({
    task: 'regression',
    target: 'y',
    ...parts,
    split: split?.folds === undefined ? { test: 0.2, ...split } : split,
    data: { source: { type: 'file', path: 'rows.csv' }, ...data },
  });
}

type HeldOut = Extract<PreparedDataset, { kind: 'hold-out' }>;

/** Prepares rows on three sides, and keeps the warnings. */
export function prepared(
  source: SourceTable,
  config: Config = configOf(),
  use: Pick<PrepareDatasetInput, 'lock' | 'moveLock'> = {},
): HeldOut & { warnings: string[] } {
  const entries: LogEntry[] = [];
  const result = prepareDataset({ source, config, ...use }, { logger: recordingLogger(entries) });
  return {
    ...heldOutRows(result),
    warnings: entries.filter(({ level }) => level === 'warn').map(({ message }) => message),
  };
}

/** The message of the error that preparing throws; what is thrown otherwise is thrown on. */
export function refusal(
  source: SourceTable,
  config: Config = configOf(),
  use: Pick<PrepareDatasetInput, 'lock' | 'moveLock'> = {},
): string {
  try {
    prepared(source, config, use);
  } catch (error) {
    if (error instanceof Error && error.name === 'ConfigurationError') return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** The numbers 0 to n - 1, as `value` makes them. */
export function times<T>(n: number, value: (i: number) => T): T[] {
  return Array.from({ length: n }, (_, i) => value(i));
}
