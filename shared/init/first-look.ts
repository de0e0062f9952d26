import { type Config, configSchema } from '../config/sections/schema.ts';
import type { SourceTable } from '../dataset/table/origin.ts';
import { createRowPlaces } from '../dataset/table/row-place.ts';
import type { Column, Table } from '../dataset/table/table.ts';
import { typeColumn } from '../dataset/types/infer-types.ts';
import { ConfigurationError, messageOf, quote } from '../platform/errors.ts';
import type { ColumnFormats, LeftOut, SourceDeclaration } from './proposal.ts';

/** A column that cannot be read as it is, and the lines of ciclo.yml of which one says how. */
export interface UnreadableColumn extends LeftOut {
  readonly lines: readonly string[];
  /** The notations that fit, as `features.<column>.format` says them. */
  readonly formats: readonly string[];
}

/** A table before anybody has said what its columns are. */
export interface FirstLook {
  /** Its columns of the types that their values show, in the order of the source. */
  readonly table: Table;
  /** Columns that can be read in several ways, or in none: they need a line in ciclo.yml before a model can see them. */
  readonly unreadable: readonly UnreadableColumn[];
}

/**
 * The configuration that a table is read by before its target is known: that of a regression on a column that there is not,
 * so that no column is read as labels.
 */
export function configBeforeTarget(source: SourceDeclaration, formats: ColumnFormats = {}): Config {
  const features = formatFeatures(formats);
  return configSchema.parse({ task: 'regression', target: '\u0000', data: { source }, features });
}

/** What `features` says of columns whose notation somebody has named. */
export function formatFeatures(formats: ColumnFormats): Record<string, { format: string }> {
  return Object.fromEntries(Object.entries(formats).map(([name, format]) => [name, { format }]));
}

/** The flags of which one says how a column is written. @example formatFlags('day', ['d/M/yyyy']) // '--format "day=d/M/yyyy"' */
export function formatFlags(column: string, formats: readonly string[]): string {
  return formats.map((format) => `--format "${column}=${format}"`).join(', or ');
}

/** Types the columns, each by itself, so that one which cannot be read does not stop the others. */
export function firstLook({ table, parts }: SourceTable, config: Config): FirstLook {
  const places = createRowPlaces(parts);
  const columns: [string, Column][] = [];
  const unreadable: UnreadableColumn[] = [];
  for (const [name, column] of table.columns) {
    try {
      columns.push([name, typeColumn(name, column, { config, places }).column]);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      unreadable.push(unreadableColumn(name, messageOf(error)));
    }
  }
  return { table: { rows: table.rows, columns: new Map(columns) }, unreadable };
}

/** Of a message with the rows and the lines that mend it: what is amiss, and the lines. */
function unreadableColumn(column: string, message: string): UnreadableColumn {
  const [first = '', ...others] = message.split('\n');
  const lines = others.flatMap((line) => /^ {2}(features: .*)$/.exec(line)?.[1] ?? []);
  return {
    column,
    why: first.replace(`column ${quote(column)}: `, '').replace(/:$/, ''),
    lines,
    formats: lines.flatMap(
      (line) => /format: (?:"([^"]+)"|([^\s}]+)) \} \}$/.exec(line)?.slice(1).find(Boolean) ?? [],
    ),
  };
}
