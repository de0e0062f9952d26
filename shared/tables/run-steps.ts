// Several sources made into one table by declared steps (arquero; docs/adr/0037-steps.md).
import type { Lock } from '../config/lock/lock.ts';
import type { Config } from '../config/sections/schema.ts';
import type { NamedSourceConfig } from '../config/sections/sources/source.ts';
import type { StepConfig } from '../config/sections/steps-section.ts';
import type { SourceTable } from '../dataset/table/origin.ts';
import type { ColumnType } from '../dataset/table/table.ts';
import type { TypedColumn } from '../dataset/types/infer-types.ts';
import type { Logger } from '../platform/logger.ts';
import { namedValues } from '../platform/named-values.ts';
import type { SourceColumn } from './column-trail.ts';
import { runDerive, runFilter } from './expression-steps.ts';
import { runGroup } from './group-step.ts';
import { runJoin, type StepInput } from './join-step.ts';
import { inKeyOrder } from './ordered-source.ts';
import { outputParts } from './output-parts.ts';
import { runDedupe, runRename, runSelect, runUnion } from './plain-steps.ts';
import { SourceRows } from './source-rows.ts';
import { sourceView } from './source-view.ts';
import { siteOf } from './step-site.ts';
import { type StepTypes, withTypes } from './step-types.ts';
import { timelessJoin } from './timeless-join.ts';
import { plainTable, type WorkTable } from './work-table.ts';

/** What steps start from. */
export interface StepsInput {
  /** What each source answered, by its name in `data.sources`. */
  readonly sources: ReadonlyMap<string, SourceTable>;
  readonly config: Config;
  readonly lock?: Lock | undefined;
  /** Take a few values for missing that break a type which the lock froze; otherwise they are an error. */
  readonly lenient?: boolean;
}

/**
 * Runs `data.steps`. The same sources give the same bytes: rows are in the order of the first source's, or of its key, and
 * of each join's; sums are in the order of the rows.
 *
 * @returns the first source's table as the steps leave it, for prepare to type, clean and split as it does any other.
 * @throws ConfigurationError naming step, source and column.
 */
export function runSteps(
  { sources, config, lock, lenient = false }: StepsInput,
  logger: Logger,
): SourceTable {
  const remarks: string[] = [];
  const remark = (words: string): void => void remarks.push(words);
  const rows = new SourceRows();
  const views = new Map([...sources.keys()].map((name) => [name, sourceView(config, lock, name)]));
  const typed = new Map<string, { types: [string, ColumnType][]; formats: [string, string][] }>();
  const found = ({ source, name }: SourceColumn, { column, format }: TypedColumn): void => {
    const known = typed.get(source) ?? { types: [], formats: [] };
    typed.set(source, known);
    known.types.push([name, column.type]);
    if (format !== undefined) known.formats.push([name, format]);
  };
  const types = { views, rows, logger, lenient, found };
  const tables = new Map<string, WorkTable>();
  for (const [name, source] of sources)
    tables.set(name, started(name, source, config, { types, rows, remark }));
  const [first] = sources.keys();
  for (const [index, step] of (config.data.steps ?? []).entries()) {
    const name = step.table ?? first!;
    const site = siteOf(index, step);
    const input = { site, table: tables.get(name)!, tables, types, remark };
    const blind = step.join && timelessJoin(input, step.join, config, sources.get(step.join.with)!.table);
    if (blind) remark(blind);
    tables.set(name, run(step, input));
  }
  const done = tables.get(first!)!;
  const table = plainTable(done);
  const made = [...done.columns].flatMap(([name, part]) =>
    part.made === undefined ? [] : [[name, part.made] as const],
  );
  return {
    table,
    parts: outputParts(first!, table, done.frames[0]!, rows),
    steps: {
      sources,
      remarks,
      made: new Map(made),
      typed: new Map(
        [...typed].map(([name, own]) => [
          name,
          { types: namedValues(own.types), formats: namedValues(own.formats) },
        ]),
      ),
    },
  };
}

function started(
  name: string,
  source: SourceTable,
  { data }: Config,
  {
    types,
    rows,
    remark,
  }: { readonly types: StepTypes; readonly rows: SourceRows; readonly remark: (words: string) => void },
): WorkTable {
  const columns = [...source.table.columns].map(
    ([column, values]) =>
      [column, { column: values, typed: false, read: { source: name, name: column }, frame: 0 }] as const,
  );
  const read = { name, rows: source.table.rows, columns: new Map(columns), frames: [rows.add(source)] };
  const declared = data.sources![name]!;
  const table = hasMarks(declared)
    ? withTypes({ name: `data.sources.${name}`, number: 0 }, read, read.columns.keys(), types)
    : read;
  const { key } = declared;
  if (key === undefined) return table;
  const site = { name: `data.sources.${name}.key`, number: 0 };
  return inKeyOrder(site, table, typeof key === 'string' ? [key] : key, { types, remark });
}

/** Numbers written in a notation that the source declares are read where that is known. */
function hasMarks(source: NamedSourceConfig): boolean {
  const isText = source.type === 'file' || source.type === 'http';
  return isText && (source.decimal !== undefined || source.thousands !== undefined);
}

function run(step: StepConfig, input: StepInput): WorkTable {
  if (step.filter !== undefined) return runFilter(input, step.filter);
  if (step.derive) return runDerive(input, step.derive);
  if (step.join) return runJoin(input, step.join);
  if (step.group) return runGroup(input, step.group);
  if (step.select) return runSelect(input, step.select);
  if (step.rename) return runRename(input, step.rename);
  if (step.dedupe) return runDedupe(input, step.dedupe);
  return runUnion(input, step);
}
