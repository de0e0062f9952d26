import type { Column, Table } from './table.ts';

type Values = Float64Array | Float32Array | Int32Array | Int8Array;

/** The same values in memory that threads have in common, where they are not there already. */
export function shared<T extends Values>(values: T): T {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const kind = values.constructor as new (buffer: SharedArrayBuffer) => T;
  const copy = new kind(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}

function sharedColumn(column: Column): Column {
  return column.type === 'category'
    ? { ...column, codes: shared(column.codes) }
    : ({ ...column, values: shared(column.values) } as Column);
}

/** The table with its rows in memory that threads have in common: given to another thread, they are not copied. */
export function inSharedMemory({ rows, columns }: Table): Table {
  return { rows, columns: new Map([...columns].map(([name, column]) => [name, sharedColumn(column)])) };
}
