import type { StepConfig } from '../config/sections/steps-section.ts';
import { stackTables } from '../dataset/table/stacked-tables.ts';
import type { Column } from '../dataset/table/table.ts';
import { byCount, counted } from '../text/counts.ts';
import { listNames } from '../text/nearest-name.ts';
import { unionOf } from './column-trail.ts';
import type { StepInput } from './join-step.ts';
import { keyCodes, rowsByKey } from './key-codes.ts';
import { checkFreeName, stepError, workColumn } from './step-site.ts';
import { typedColumn } from './step-types.ts';
import { takeWorkRows, type WorkColumn, type WorkTable } from './work-table.ts';

/** The columns that stay, in the order named; of `except` the others. */
export function runSelect({ site, table }: StepInput, select: NonNullable<StepConfig['select']>): WorkTable {
  const named = Array.isArray(select) ? select : select.except;
  for (const name of named) workColumn(site, table, name);
  const kept = Array.isArray(select)
    ? select
    : [...table.columns.keys()].filter((name) => !named.includes(name));
  return { ...table, columns: new Map(kept.map((name) => [name, table.columns.get(name)!])) };
}

/** The same columns under other names. */
export function runRename({ site, table }: StepInput, names: Readonly<Record<string, string>>): WorkTable {
  const gone = new Set(Object.keys(names));
  for (const [old, renamed] of Object.entries(names)) {
    workColumn(site, table, old);
    if (!gone.has(renamed)) checkFreeName(site, table, renamed, `rename ${old} to something else`);
  }
  const columns = [...table.columns].map(
    ([name, part]) => [Object.hasOwn(names, name) ? names[name]! : name, part] as const,
  );
  const twice = columns.find(([name], i) => columns.findIndex(([other]) => other === name) < i);
  if (twice)
    throw stepError(
      site,
      `two columns of ${table.name} would be called ${twice[0]}; give each a name of its own`,
    );
  return { ...table, columns: new Map(columns) };
}

/** The rows of other tables below these. */
export function runUnion(input: StepInput, step: StepConfig): WorkTable {
  const { site, table, tables } = input;
  const all = [table, ...unionOf(step).map((name) => tables.get(name)!)];
  for (const other of all.slice(1)) {
    const lacking = [...table.columns.keys()].filter((name) => !other.columns.has(name));
    const more = [...other.columns.keys()].filter((name) => !table.columns.has(name));
    if (lacking.length + more.length === 0) continue;
    const words = [
      ...(lacking.length > 0 ? [`${other.name} has no ${listNames(lacking)}`] : []),
      ...(more.length > 0 ? [`${table.name} has no ${listNames(more)}`] : []),
    ];
    throw stepError(
      site,
      `${words.join(', and ')}; a union has the same columns: select or rename them first`,
    );
  }
  const names = [...table.columns.keys()];
  const columns = names.map((name): [string, WorkColumn] => [name, stacked(input, all, name)]);
  const frames = [concat(all.map(({ frames: [own] }) => own!))];
  return { name: table.name, rows: frames[0]!.length, columns: new Map(columns), frames };
}

function stacked(input: StepInput, tables: readonly WorkTable[], name: string): WorkColumn {
  const { site, types } = input;
  const raw = tables.map((table) => table.columns.get(name)!);
  const alike = raw.every(
    ({ typed, column }) => typed === raw[0]!.typed && column.type === raw[0]!.column.type,
  );
  const parts = alike ? raw : tables.map((table) => typedColumn(site, table, name, types));
  const other = parts.findIndex(({ column }) => column.type !== parts[0]!.column.type);
  if (other >= 0) {
    throw stepError(
      site,
      `${name} is a ${parts[0]!.column.type} in ${tables[0]!.name} and a ${parts[other]!.column.type} in ${tables[other]!.name}; declare types of the source, so that it is the same in both`,
    );
  }
  const { frame: _frame, ...first } = parts[0]!;
  const own = raw.every(({ frame }) => frame === 0) ? { frame: 0 } : {};
  return { ...first, ...own, column: stack(parts.map(({ column }) => column)) };
}

function stack(columns: readonly Column[]): Column {
  return stackTables(
    columns.map((column) => ({
      rows: column.type === 'category' ? column.codes.length : column.values.length,
      columns: new Map([['column', column]]),
    })),
  ).columns.get('column')!;
}

function concat(parts: readonly Int32Array[]): Int32Array {
  const whole = new Int32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Of rows that are equal in some columns one; rows that lack one of them all stay. */
export function runDedupe(input: StepInput, dedupe: NonNullable<StepConfig['dedupe']>): WorkTable {
  const { site, table, types, remark } = input;
  const { by, keep } = Array.isArray(dedupe) ? { by: dedupe, keep: 'first' } : dedupe;
  const [codes] = keyCodes([by.map((name) => typedColumn(site, table, name, types).column)]) as [Int32Array];
  const { rows, starts } = rowsByKey(codes);
  const stays = Uint8Array.from(codes, (code) => Number(code < 0));
  for (let code = 0; code + 1 < starts.length; code++) {
    stays[rows[keep === 'first' ? starts[code]! : starts[code + 1]! - 1]!] = 1;
  }
  const kept = codes.map((_, row) => row).filter((row) => stays[row] === 1);
  const gone = table.rows - kept.length;
  if (gone > 0) {
    remark(
      `${site.name}: ${counted(gone, 'row')} of ${table.name} with the same ${by.join(', ')} as another ${byCount(gone, 'is', 'are')} left out`,
    );
  }
  return takeWorkRows(table, kept);
}
