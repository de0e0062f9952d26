// The values of a column as the bytes that Arrow has for them: equal values are equal bytes, on every machine.
import type { Batch } from '@uwdata/flechette';
import type { Column, ColumnType } from '../table/table.ts';

/** What a column's values are in Arrow: an array whose bytes are written as they are. */
export type ArrowValues = Batch<unknown>['values'];

/**
 * A column's values as Arrow has them; those under nulls are zero.
 *
 * @throws RangeError for a date that is not a whole millisecond.
 */
export function arrowValues(column: Column, name: string): ArrowValues {
  switch (column.type) {
    case 'number':
      return numbers(column.values);
    case 'category':
      return codes(column.codes);
    case 'boolean':
      return booleans(column.values);
    case 'date':
      return dates(column.values, name);
  }
}

/** How many bytes {@link arrowValues} has of so many rows. */
export function arrowValueBytes(type: ColumnType, rows: number): number {
  switch (type) {
    case 'number':
    case 'date':
      return rows * 8;
    case 'category':
      return rows * 4;
    case 'boolean':
      return (rows + 7) >> 3;
  }
}

/** The bits of NaN differ between machines: none is written. */
function numbers(values: Float64Array): Float64Array {
  let written = values;
  for (let row = 0; row < values.length; row++) {
    if (!Number.isNaN(values[row]!)) continue;
    if (written === values) written = values.slice();
    written[row] = 0;
  }
  return written;
}

function dates(values: Float64Array, name: string): BigInt64Array {
  const words = new Int32Array(values.length * 2);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (Number.isNaN(value)) continue;
    if (!Number.isSafeInteger(value)) {
      throw new RangeError(`column ${name}, row ${row}: date ${value} is not a whole number of milliseconds`);
    }
    const high = Math.floor(value / 4294967296);
    words[row * 2] = value - high * 4294967296;
    words[row * 2 + 1] = high;
  }
  return new BigInt64Array(words.buffer);
}

function booleans(values: Int8Array): Uint8Array {
  const bits = new Uint8Array((values.length + 7) >> 3);
  for (let row = 0; row < values.length; row++) {
    if (values[row] === 1) bits[row >> 3]! |= 1 << (row & 7);
  }
  return bits;
}

function codes(values: Int32Array): Int32Array {
  return values.includes(-1) ? values.map((code) => Math.max(code, 0)) : values;
}
