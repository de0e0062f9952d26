import { type JoinConfig, pairsOf } from '../config/sections/steps-section.ts';
import { LargeMap } from '../platform/large-map.ts';
import { byCount, counted } from '../text/counts.ts';
import { measuredShare } from '../text/percent.ts';
import { broughtNames } from './column-trail.ts';
import { keyCodes, noKey } from './key-codes.ts';
import { equalKeys, newestBefore, type RowPairs, unpaired, withUnpaired } from './match-rows.ts';
import { checkFreeName, type StepSite, workColumn } from './step-site.ts';
import { comparedColumns, comparedTimes, type StepTypes, spanIn } from './step-types.ts';
import {
  noRow,
  takeOrMissing,
  takeWorkRows,
  type WorkColumn,
  type WorkTable,
  withColumns,
} from './work-table.ts';

/** What a step has at hand. */
export interface StepInput {
  readonly site: StepSite;
  readonly table: WorkTable;
  /** All tables, as the steps before left them. */
  readonly tables: ReadonlyMap<string, WorkTable>;
  readonly types: StepTypes;
  /** Receives what there is to say. */
  remark(words: string): void;
}

/** Brings in columns of another table. Rows are in the order of the first's, then of the other's. */
export function runJoin(input: StepInput, join: JoinConfig): WorkTable {
  const { site, table, tables, types } = input;
  const other = tables.get(join.with)!;
  const { own, theirs } = comparedColumns(site, [table, other], pairsOf(join.on), types);
  const [left, right] = keyCodes([own, theirs], [table.rows, other.rows]) as [Int32Array, Int32Array];
  const pairs = join['as-of']
    ? asOfPairs(input, other, { left, right }, join['as-of'])
    : equalKeys(left, right);
  const alone = unpaired(pairs, table.rows);
  if (join.kind === 'anti') return takeWorkRows(table, alone);
  tell(input, join, { pairs, alone, left, right });
  const all = join.kind === 'left' ? withUnpaired(pairs, table.rows) : pairs;
  return bring(input, join, other, all);
}

function asOfPairs(
  { site, table, types }: StepInput,
  other: WorkTable,
  { left, right }: { readonly left: Int32Array; readonly right: Int32Array },
  asOf: NonNullable<JoinConfig['as-of']>,
): RowPairs {
  const [pair] = pairsOf(asOf.time);
  const times = comparedTimes(site, [table, other], pair!, types);
  return newestBefore(left, right, {
    left: times.own.values,
    right: times.theirs.values,
    tolerance: asOf.tolerance
      ? spanIn(site, 'as-of.tolerance', asOf.tolerance, times.own)
      : Number.POSITIVE_INFINITY,
    sameTime: asOf['same-time'],
  });
}

function bring(
  { site, table }: StepInput,
  join: JoinConfig,
  other: WorkTable,
  { left, right }: RowPairs,
): WorkTable {
  const kept = takeWorkRows(table, left);
  const frames = [
    ...kept.frames,
    ...other.frames.map((frame) => right.map((row) => (row < 0 ? noRow : frame[row]!))),
  ];
  const made = `joined from ${other.name} (step ${site.number})`;
  const brought = broughtColumns(site, join, other).map(([name, as]): [string, WorkColumn] => {
    const part = workColumn(site, other, name);
    checkFreeName(site, table, as, `write columns: { ${name}: ${other.name}_${name} }, or a prefix`);
    const { frame } = part;
    return [
      as,
      {
        ...part,
        column: takeOrMissing(part.column, right),
        made,
        ...(frame === undefined ? {} : { frame: frame + kept.frames.length }),
      },
    ];
  });
  return withColumns({ ...kept, frames }, brought);
}

/** What a join brings in: what it names, else all but the other's keys. */
function broughtColumns(site: StepSite, join: JoinConfig, other: WorkTable): [string, string][] {
  if (join.columns) {
    const named = broughtNames(join);
    for (const [name] of named) workColumn(site, other, name);
    return named;
  }
  const keys = new Set(pairsOf(join.on).map(([, theirs]) => theirs));
  return [...other.columns.keys()]
    .filter((name) => !keys.has(name))
    .map((name) => [name, (join.prefix ?? '') + name]);
}

interface Found {
  readonly pairs: RowPairs;
  readonly alone: Int32Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
}

function tell(
  { site, table, remark }: StepInput,
  join: JoinConfig,
  { pairs, alone, left, right }: Found,
): void {
  const kept = pairs.left.length + (join.kind === 'left' ? alone.length : 0);
  const paired = table.rows - alone.length;
  if (pairs.left.length > paired) {
    const doubled = repeatedKeys(right);
    remark(
      `${site.name}: ${counted(table.rows, 'row')} of ${table.name} ${byCount(table.rows, 'becomes', 'become')} ${counted(kept, 'row')}, because ${counted(doubled, 'key')} of ${join.with} ${byCount(doubled, 'stands', 'stand')} in several rows. If one is meant: dedupe or group ${join.with} first, or join as-of`,
    );
  }
  if (alone.length === 0) return;
  const missing = left.reduce((sum, code) => sum + Number(code === noKey), 0);
  const share = measuredShare(alone.length / table.rows);
  const why = missing === 0 ? '' : ` (${counted(missing, 'row')} of them without a key)`;
  const then = join.kind === 'left' ? 'what is brought in is missing there' : 'they are left out';
  remark(
    `${site.name}: ${counted(alone.length, 'row')} of ${table.name} (${share}) ${byCount(alone.length, 'has', 'have')} no partner in ${join.with}${why}: ${then}`,
  );
}

function repeatedKeys(codes: Int32Array): number {
  const counts = new LargeMap<number, number>();
  for (const code of codes) if (code !== noKey) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts.values()].filter((count) => count > 1).length;
}
