import { type GroupConfig, pairsOf } from '../config/sections/steps-section.ts';
import { byCount, counted } from '../text/counts.ts';
import { rollUpGroups } from './group-rows.ts';
import type { StepInput } from './join-step.ts';
import { keyCodes, noKey } from './key-codes.ts';
import { rollupColumns } from './rollup-values.ts';
import { checkFreeName, stepError } from './step-site.ts';
import { comparedColumns, comparedTimes, spanIn, stepTimes, typedColumn } from './step-types.ts';
import { rollUpWindows } from './window-rows.ts';
import {
  madeColumn,
  noRow,
  takeWorkRows,
  type WorkColumn,
  type WorkTable,
  withColumns,
} from './work-table.ts';

/** One row for each group; or, with a window, columns from the rows before each row. */
export function runGroup(input: StepInput, group: GroupConfig): WorkTable {
  return group.window === undefined ? grouped(input, group) : windowed(input, group, group.window);
}

function grouped(input: StepInput, group: GroupConfig): WorkTable {
  const { site, table, types, remark } = input;
  if (group.of !== undefined && group.of !== table.name) {
    throw stepError(site, 'of needs a window; to roll a source up write table: beside group, then join it');
  }
  const by = pairsOf(group.by).map(([name]) => name);
  const parts = by.map((name) => [name, typedColumn(site, table, name, types)] as const);
  const [codes] = keyCodes([parts.map(([, { column }]) => column)], [table.rows]) as [Int32Array];
  const time = group.time === undefined ? undefined : pairsOf(group.time)[0]![1];
  const times = time === undefined ? undefined : stepTimes(site, table, time, types);
  const rolled = rollUpGroups(codes, rollupColumns(site, table, group.rollup, types), times?.values);
  const without = codes.reduce((sum, code) => sum + Number(code === noKey), 0);
  if (without > 0) {
    remark(
      `${site.name}: ${counted(without, 'row')} of ${table.name} without ${by.join(', ')} ${byCount(without, 'is', 'are')} in no group and left out`,
    );
  }
  const keys = takeWorkRows({ ...table, columns: new Map(parts) }, rolled.first);
  // A group is of several rows: it has no place in a file.
  const bare = {
    ...keys,
    frames: [new Int32Array(keys.rows).fill(noRow)],
    columns: new Map([...keys.columns].map(([name, part]) => [name, unframed(part)])),
  };
  for (const [name] of rolled.columns) checkFreeName(site, bare, name, 'give what is rolled up another name');
  const made = `grouped (step ${site.number})`;
  return withColumns(
    bare,
    rolled.columns.map(([name, column]) => [name, madeColumn(bare, column, made)]),
  );
}

function unframed({ frame: _frame, ...part }: WorkColumn): WorkColumn {
  return part;
}

function windowed(
  input: StepInput,
  group: GroupConfig,
  window: NonNullable<GroupConfig['window']>,
): WorkTable {
  const { site, table, tables, types } = input;
  const other = group.of === undefined ? table : tables.get(group.of)!;
  if (group.time === undefined) {
    throw stepError(
      site,
      'window needs time: the column that it counts back from, date or { date: ordered_at }',
    );
  }
  const [pair] = pairsOf(group.time);
  const times = comparedTimes(site, [table, other], pair!, types);
  const compared = comparedColumns(site, [table, other], pairsOf(group.by), types);
  const [left, right] = keyCodes([compared.own, compared.theirs], [table.rows, other.rows]) as [
    Int32Array,
    Int32Array,
  ];
  const columns = rollupColumns(site, other, group.rollup, types);
  const span = spanIn(site, 'window', window, times.own);
  const rolled = rollUpWindows(
    { left, leftTimes: times.own.values, right, rightTimes: times.theirs.values, span },
    columns,
  );
  const made = `rolled up from ${other.name} (step ${site.number})`;
  return withColumns(
    table,
    rolled.map(([name, column]) => {
      checkFreeName(site, table, name, 'give what is rolled up another name');
      return [name, madeColumn(table, column, made)];
    }),
  );
}
