import {
  type Column as ArrowColumn,
  type Batch,
  type DataType,
  DateUnit,
  TimeUnit,
  Type,
} from '@uwdata/flechette';
import { ConfigurationError } from '../../platform/errors.ts';
import { day } from '../../platform/time-lengths.ts';
import type { Column } from '../table/table.ts';
import { decimalText, LostDigits, usualWideNumbers, type WideNumbers } from '../values/decimal-text.ts';
import { floorDivide } from '../values/floor-divide.ts';
import { codedColumn, textColumn } from './arrow-texts.ts';

/**
 * An Arrow column as a table's column. Integers, floats and decimals become numbers; 64-bit integers and decimals of
 * which one lies beyond ±2^53 become texts where `wide` says so, so that no digit is lost; dates and timestamps are
 * floored to whole milliseconds. The Arrow table must have been read with `useBigInt` and `useDecimalInt`.
 *
 * @param origin what messages call the file. @param isMissing says which texts mean missing.
 * @throws ConfigurationError for lists, structs, binary data and other types that a table cannot hold.
 */
export function columnOfArrow(
  column: ArrowColumn<unknown>,
  name: string,
  origin: string,
  isMissing: (text: string) => boolean = () => false,
  wide: WideNumbers = usualWideNumbers,
): Column {
  const { type } = column;
  switch (type.typeId) {
    case Type.Null:
      return { type: 'number', values: new Float64Array(column.length).fill(Number.NaN) };
    case Type.Int:
      return type.bitWidth === 64 ? wholes(column, undefined, isMissing, wide) : numbers(column);
    case Type.Float:
      return numbers(column);
    case Type.Decimal:
      return wholes(column, type.scale, isMissing, wide);
    case Type.Bool:
      return booleans(column);
    case Type.Date:
      return type.unit === DateUnit.DAY ? days(column) : instants(column, TimeUnit.MILLISECOND);
    case Type.Timestamp:
      return instants(column, type.unit);
    case Type.Utf8:
    case Type.LargeUtf8:
    case Type.Utf8View:
      return textColumn(column, isMissing);
    case Type.Dictionary:
      return codedColumn(column, isMissing, (texts) => columnOfArrow(texts, name, origin, isMissing, wide));
    default:
      throw new ConfigurationError(
        `${origin}: column ${name} is of the Arrow type ${typeName(type)}, which a table cannot hold; ` +
          'a column is of numbers, texts, booleans, dates or timestamps: flatten it, or leave it out of the file',
      );
  }
}

function typeName(type: DataType): string {
  return Object.entries(Type).find(([, id]) => id === type.typeId)?.[0] ?? `number ${type.typeId}`;
}

type ReadValue = (batch: Batch<unknown>, row: number) => number;

function filled(column: ArrowColumn<unknown>, read: ReadValue): Float64Array {
  const values = new Float64Array(column.length);
  let at = 0;
  for (const batch of column.data) {
    for (let row = 0; row < batch.length; row++, at++) {
      values[at] = batch.nullCount > 0 && !batch.isValid(row) ? Number.NaN : read(batch, row);
    }
  }
  return values;
}

function numbers(column: ArrowColumn<unknown>): Column {
  if (!column.data.every(({ values }) => values instanceof Float64Array)) {
    return { type: 'number', values: filled(column, (b, row) => Number(b.value(row))) };
  }
  const values = new Float64Array(column.length);
  let at = 0;
  for (const { values: own, length, nullCount, validity } of column.data) {
    if (own instanceof Float64Array) values.set(own.subarray(0, length), at);
    for (let row = 0; nullCount > 0 && row < length; row++) {
      if (((validity[row >> 3]! >> (row & 7)) & 1) === 0) values[at + row] = Number.NaN;
    }
    at += length;
  }
  return { type: 'number', values };
}

function days(column: ArrowColumn<unknown>): Column {
  return { type: 'date', values: filled(column, (b, row) => Number(b.values[row]) * day) };
}

function instants(column: ArrowColumn<unknown>, unit: number): Column {
  const read: ReadValue =
    unit === TimeUnit.SECOND
      ? (b, row) => Number(b.values[row]) * 1000
      : unit === TimeUnit.MILLISECOND
        ? (b, row) => Number(b.values[row])
        : (b, row) => floorDivide(BigInt(b.values[row]!), unit === TimeUnit.MICROSECOND ? 1000n : 1_000_000n);
  return { type: 'date', values: filled(column, read) };
}

function booleans(column: ArrowColumn<unknown>): Column {
  const values = new Int8Array(column.length);
  let at = 0;
  for (const batch of column.data) {
    for (let row = 0; row < batch.length; row++, at++) {
      values[at] = batch.nullCount > 0 && !batch.isValid(row) ? -1 : batch.value(row) ? 1 : 0;
    }
  }
  return { type: 'boolean', values };
}

const largest = BigInt(Number.MAX_SAFE_INTEGER);

/** 64-bit integers and decimals, which the decoder gives as whole numbers. */
function wholes(
  column: ArrowColumn<unknown>,
  scale: number | undefined,
  isMissing: (text: string) => boolean,
  wide: WideNumbers,
): Column {
  const values = new Float64Array(column.length);
  const lost = new LostDigits();
  const digits = scale ?? 0;
  const texts = wide.asTexts(digits);
  let at = 0;
  for (const batch of column.data) {
    for (let row = 0; row < batch.length; row++, at++) {
      if (batch.nullCount > 0 && !batch.isValid(row)) {
        values[at] = Number.NaN;
        continue;
      }
      // The array of values is that of integers; decimals take several of its items.
      const whole = (scale === undefined ? batch.values[row] : batch.value(row)) as bigint | number;
      const isWide = typeof whole === 'bigint' && (whole > largest || whole < -largest);
      if (isWide && texts)
        return textColumn(column, isMissing, (value) => decimalText(BigInt(value as bigint), digits));
      values[at] = digits === 0 ? Number(whole) : Number(`${whole}e${-digits}`);
      if (isWide) lost.add(at, decimalText(whole, digits), values[at]!);
    }
  }
  lost.tell(wide);
  return { type: 'number', values };
}
