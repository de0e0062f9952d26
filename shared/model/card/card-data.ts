import { sourcesOf } from '../../config/sections/data-section.ts';
import type { Config } from '../../config/sections/schema.ts';
import { isObjectSource } from '../../config/sections/sources/file-source.ts';
import { objectPaths } from '../../config/sections/sources/object-storage.ts';
import type { SourceConfig } from '../../config/sections/sources/source.ts';
import { rowUseWords } from '../../dataset/quality/row-use.ts';
import { sampleWords } from '../../dataset/quality/sample-report.ts';
import type { ColumnSchema } from '../../dataset/schema/schema.ts';
import { columnNumber } from '../../text/column-number.ts';
import { counted, formatCount } from '../../text/counts.ts';
import { escapeMarkdown as literal, markdownTable, oneLine } from '../../text/markdown.ts';
import { shownTime } from '../../text/shown-time.ts';
import type { ModelCardInput } from './card-input.ts';

/** A cell of which there is nothing to say. */
const nothing = '–';

/** The card's section on the rows and columns the model learned from. */
export function dataSection(input: ModelCardInput): string {
  const { schema, quality, config } = input;
  const parts = ['## Data', sourceOf(config, quality?.rows.folds?.length) + windowOf(input)];
  if (quality) {
    const { read, kept, dropped, train, validation, test, folds } = quality.rows;
    const use = folds
      ? rowUseWords(quality.rows)
      : `${formatCount(train)} to train, ${formatCount(validation)} to validate, ${formatCount(test)} to test`;
    const sample = sampleWords(quality.rows);
    if (sample !== undefined) {
      parts.push(`The rows are a sample: ${literal(sample)}. Whatever is counted here is counted in it.`);
    }
    parts.push(
      `${counted(read, 'row')} read, ${formatCount(dropped)} dropped by cleaning, ${formatCount(kept)} kept: ${use}.`,
    );
  }
  const shown = schema.columns.filter(({ role }) => role !== 'ignored');
  const rows = shown.map((column) => [
    literal(column.name) + (column.role === 'target' ? ' (target)' : ''),
    column.type,
    literal(column.unit ?? nothing),
    seenOf(column, input),
    missingOf(column, input),
    literal(oneLine(column.description ?? nothing)),
  ]);
  const head = ['Column', 'Type', 'Unit', 'Typical training values', 'Missing', 'Description'];
  // Units and descriptions that nobody has given would be a column of dashes.
  const filled = head.map((_, i) => rows.some((row) => row[i] !== nothing));
  const kept = (cells: readonly string[]) => cells.filter((_, i) => filled[i]);
  parts.push(markdownTable(kept(head), rows.map(kept)));
  return parts.join('\n\n');
}

function windowOf({ window }: ModelCardInput): string {
  return window ? ` Rows up to ${literal(shownTime(window.until))} (${literal(window.column)}).` : '';
}

function sourceOf({ data, split }: Config, folds: number | undefined): string {
  const steps = data.steps?.length ?? 0;
  const joined = steps === 0 ? '' : `, made into one table by ${counted(steps, 'declared step')}`;
  const place = `${sourcesOf(data).map(placeOf).join('; ')}${joined}`;
  const window = data.time === undefined ? '' : ` Time of a row: ${literal(data.time)}.`;
  if (folds !== undefined) {
    const by =
      split.by === 'time' ? 'by time, each predicted from what is older' : 'by a hash of each row’s key';
    return `From ${place}, in ${folds} folds ${by}.${window}`;
  }
  const by = split.by === 'time' ? 'by time, the newest rows to test' : 'by a hash of each row’s key';
  return `From ${place}, split ${by}.${window}`;
}

function placeOf(source: SourceConfig): string {
  if (source.type === 'file' && isObjectSource(source)) {
    const buckets = new Set(objectPaths(source.path).map((path) => path.split('/', 3).join('/')));
    return `object storage, ${[...buckets].map(literal).join(', ')}`;
  }
  switch (source.type) {
    case 'file':
      return `files ${[source.path].flat().map(literal).join(', ')}`;
    case 'http':
      // Its host may come from a variable.
      return URL.canParse(source.url)
        ? `the API at ${literal(new URL(source.url).host)}`
        : 'an API whose address is in a variable';
    case 'postgres':
      return 'a PostgreSQL query';
    case 'duckdb':
      return 'a query of DuckDB';
    case 'trino':
      return 'a query of Trino';
  }
}

function seenOf(column: ColumnSchema, { schema }: ModelCardInput): string {
  if (column.role === 'target' && schema.classes) return `${schema.classes.length} classes`;
  if (column.seen) {
    const show = (value: number) =>
      column.type === 'date'
        ? new Date(value).toISOString().slice(0, 10)
        : columnNumber(value, { among: column.seen!, unit: column.unit });
    return `${show(column.seen[0])} to ${show(column.seen[1])}`;
  }
  if (!column.categories) return nothing;
  const first = column.categories.slice(0, 6).map(literal).join(', ');
  return column.categories.length > 6 ? `${column.categories.length}: ${first}, …` : first;
}

function missingOf({ name }: ColumnSchema, { quality }: ModelCardInput): string {
  const found = quality?.columns.find((column) => column.name === name);
  if (!found || !quality) return nothing;
  if (found.missing === 0) return 'none';
  return `${formatCount(found.missing)} of ${formatCount(quality.rows.kept)}`;
}
