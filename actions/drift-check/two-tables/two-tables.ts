// The comparison of two tables without a pipeline, as `ciclo drift-check --reference … --current …` does it.
import { configSchema } from '../../../shared/config/sections/schema.ts';
import { arrivedRows } from '../../../shared/dataset/monitored-rows.ts';
import { profileOver, profileTable } from '../../../shared/dataset/profile/profile.ts';
import type { DatasetSchema } from '../../../shared/dataset/schema/schema.ts';
import type { SourceTable } from '../../../shared/dataset/table/origin.ts';
import { createRowPlaces } from '../../../shared/dataset/table/row-place.ts';
import type { Column, Table } from '../../../shared/dataset/table/table.ts';
import { type TypedTable, typeColumn } from '../../../shared/dataset/types/infer-types.ts';
import { lenientColumn } from '../../../shared/dataset/types/lenient-column.ts';
import { compareTables } from '../../../shared/drift/drift.ts';
import type { DriftInput } from '../../../shared/drift/drift-input.ts';
import type { DriftReport } from '../../../shared/drift/report/drift-report.ts';
import type { DriftOptions } from '../../../shared/drift/verdict/drift-options.ts';
import { ConfigurationError } from '../../../shared/platform/errors.ts';
import type { VerbPorts } from '../../ports.ts';
import { type FileToRead, readFileRows } from '../read-file.ts';
import type { SecondThread } from '../second-thread/second-thread.ts';
import { compareOnThreads } from './compare-on-threads.ts';
import { checkFlags, excludedColumns, leftOutColumns, type NamedColumns } from './compared-columns.ts';
import { rowDependence } from './file-dependence.ts';
import { weeklyPatternOfFiles } from './file-weeks.ts';

/** Two files to compare, without a pipeline. */
export interface TwoTablesInputs extends NamedColumns {
  /** Path or glob, as `reference`. */
  readonly current: string;
  /** Folder that relative paths start from. */
  readonly directory: string;
  readonly options?: DriftOptions;
}

export interface TwoTablesPorts extends VerbPorts {
  /** Reads and compares beside this thread, where there is one; the report is the same. */
  readonly thread?: SecondThread | undefined;
}

/**
 * Compares two tables by hand: every column of the reference, all of equal weight, but for those that differ by nature. Both
 * tables' rows are available, so that all figures are exact.
 *
 * @throws ConfigurationError when a file cannot be read, or a column is named that is not there, or to be both in and out.
 */
export async function compareFiles(inputs: TwoTablesInputs, ports: TwoTablesPorts): Promise<DriftReport> {
  const { directory } = inputs;
  const exclude = excludedColumns(inputs);
  const config = configSchema.parse({
    task: 'regression',
    target: 'no target',
    data: { source: { type: 'file', path: inputs.reference } },
    prepare: { exclude: [...exclude] },
  });
  const file = (path: string): FileToRead => ({
    path,
    directory,
    missingMarkers: config.prepare['missing-markers'],
    trim: config.prepare.trim,
    sharedMemory: ports.thread !== undefined,
  });
  const { thread } = ports;
  const currentRows = thread?.read(file(inputs.current), ports.logger);
  // Where the reference is refused, the result of the other does not matter.
  currentRows?.catch(() => {});
  const { table: reference, formats } = typedTable(
    await calledByFlag('--reference', readFileRows(file(inputs.reference), ports)),
    config,
  );
  checkFlags(inputs, reference);
  const known = schemaOf(reference, { exclude, formats });
  const asRead = await calledByFlag('--current', currentRows ?? readFileRows(file(inputs.current), ports));
  const misread = [...formats.keys()].filter((name) => asRead.table.columns.get(name)?.type === 'number');
  const current =
    misread.length === 0
      ? asRead
      : await calledByFlag(
          '--current',
          readFileRows({ ...file(inputs.current), textColumns: [...formats.keys()] }, ports),
        );
  const arrived = arrivedRows(current, known, { config });
  for (const stray of arrived.strays) ports.logger.warn(stray);
  const leftOut = leftOutColumns({ reference, current: arrived.table }, inputs);
  const schema = schemaOf(reference, { exclude: [...exclude, ...leftOut.map(({ name }) => name)], formats });
  // All figures come from the rows: of the profiles they need only the counts.
  const profile = profileTable(reference, schema, { withoutSupport: true });
  const input: DriftInput = {
    reference: profile,
    current: profileOver(profile, arrived.table),
    tables: { reference, current: arrived.table },
    newColumns: arrived.added,
    dependence: {
      reference: rowDependence(reference, inputs, '--reference'),
      current: rowDependence(arrived.table, inputs, '--current'),
    },
  };
  const report = thread
    ? await compareOnThreads(input, inputs.options, thread)
    : compareTables(input, inputs.options);
  const weekly = weeklyPatternOfFiles(input, inputs);
  return {
    ...report,
    ...(weekly ? { 'weekly-pattern': weekly } : {}),
    ...(leftOut.length === 0 ? {} : { 'left-out': leftOut }),
  };
}

/** Errors about a file name the flag that gave it. */
function calledByFlag<T>(flag: string, reading: Promise<T>): Promise<T> {
  return reading.catch((error: unknown) => {
    throw ofFlag(error, flag);
  });
}

/** What sources advise in terms of ciclo.yml, and what helps where there is none. */
const adviceWithoutPipeline: readonly (readonly [said: RegExp, instead: string])[] = [
  [
    /set data\.source\.format to csv, json, ndjson, parquet or arrow/g,
    'give it a name that ends in .csv, .json, .ndjson, .parquet or .arrow',
  ],
  [/set data\.source\.format to (\w+)/g, 'give it a name that ends in .$1'],
  [/, or set data\.source\.columns: union, which leaves missing what a file lacks/g, ', or name one of them'],
  [/, or say what it is: data: \{ source: \{ encoding: windows-1252 \} \}/g, ''],
  [/data\.source\.rows is \$, which leads to/g, 'the document is'],
  [/; there is one at (\$.*)$/g, '; there is one at $1: put it into a file of its own'],
  [/the folder of ciclo\.yml/g, 'the current folder'],
];

/** A file is named by a flag here, and there is no ciclo.yml. */
function ofFlag(error: unknown, flag: string): unknown {
  if (!(error instanceof ConfigurationError)) return error;
  let message = error.message.replaceAll('data.source.path', flag);
  for (const [said, instead] of adviceWithoutPipeline) message = message.replace(said, instead);
  return new ConfigurationError(message, { cause: error });
}

type Config = ReturnType<typeof configSchema.parse>;

function typedTable({ table, parts }: SourceTable, config: Config): TypedTable {
  const places = createRowPlaces(parts);
  const columns = new Map<string, Column>();
  const formats = new Map<string, string>();
  for (const [name, column] of table.columns) {
    try {
      const typed = typeColumn(name, column, { config, places });
      columns.set(name, typed.column);
      if (typed.format !== undefined) formats.set(name, typed.format);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      // A few words among numbers: they count as missing, as they would in the current rows.
      columns.set(name, lenientColumn(column, { name, type: 'number', places }).column);
    }
  }
  return { table: { rows: table.rows, columns }, formats };
}

interface Seen {
  readonly exclude: readonly string[];
  readonly formats: ReadonlyMap<string, string>;
}

function schemaOf({ columns }: Table, { exclude, formats }: Seen): DatasetSchema {
  return {
    version: 1,
    task: 'regression',
    target: '',
    key: [],
    columns: [...columns].map(([name, { type }]) => ({
      name,
      type,
      role: exclude.includes(name) ? 'ignored' : 'feature',
      nullable: true,
      ...(formats.has(name) ? { format: formats.get(name) } : {}),
    })),
  };
}
