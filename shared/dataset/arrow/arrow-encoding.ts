import {
  Column as ArrowColumn,
  Batch,
  bool,
  type DataType,
  dictionary,
  float64,
  int32,
  TimeUnit,
  timestamp,
  utf8,
} from '@uwdata/flechette';
import type { Column } from '../table/table.ts';

/** A batch of codes: the encoder finds the texts under `dictionary`. */
class CodeBatch extends Batch<unknown> {
  readonly dictionary: ArrowColumn<string>;

  constructor(options: ConstructorParameters<typeof Batch>[0], texts: ArrowColumn<string>) {
    super(options);
    this.dictionary = texts;
  }
}

/**
 * A column as one Arrow batch; see `tableToArrow` for the types. Values under nulls are zero.
 *
 * @throws RangeError for a date that is not a whole millisecond, and for texts of more than 2 GiB together.
 */
export function arrowOfColumn(column: Column, name: string): Batch<unknown> {
  switch (column.type) {
    case 'number':
      return numbers(column.values);
    case 'category':
      return codes(column.codes, column.dictionary, name);
    case 'boolean':
      return booleans(column.values);
    case 'date':
      return dates(column.values, name);
  }
}

function batchOf(type: DataType, length: number, validity: Validity, values: Batch<unknown>['values']) {
  return new Batch({ length, type, values, nullCount: validity.nulls, validity: validity.bits });
}

interface Validity {
  readonly nulls: number;
  /** One bit a row, least significant first; empty when nothing is null. */
  readonly bits: Uint8Array;
}

/** Nothing is null. */
export const allValid: Validity = { nulls: 0, bits: new Uint8Array(0) };

/** Bits of the rows that are not null. @param isNull asked once for each row. */
function validityOf(length: number, isNull: (row: number) => boolean): Validity {
  let nulls = 0;
  let first = 0;
  while (first < length && !isNull(first)) first++;
  if (first === length) return allValid;
  const bits = new Uint8Array((length + 7) >> 3).fill(255);
  for (let row = first; row < length; row++) {
    if (isNull(row)) {
      nulls++;
      bits[row >> 3]! &= ~(1 << (row & 7));
    }
  }
  const spare = length & 7;
  if (spare > 0) bits[bits.length - 1]! &= (1 << spare) - 1;
  return { nulls, bits };
}

function numbers(values: Float64Array): Batch<unknown> {
  const validity = validityOf(values.length, (row) => Number.isNaN(values[row]!));
  // The bits of NaN differ between machines: none is written.
  const written = validity.nulls > 0 ? values.map((value) => (Number.isNaN(value) ? 0 : value)) : values;
  return batchOf(float64(), values.length, validity, written);
}

function dates(values: Float64Array, name: string): Batch<unknown> {
  const validity = validityOf(values.length, (row) => Number.isNaN(values[row]!));
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
  const type = timestamp(TimeUnit.MILLISECOND, 'UTC');
  return batchOf(type, values.length, validity, new BigInt64Array(words.buffer));
}

function booleans(values: Int8Array): Batch<unknown> {
  const validity = validityOf(values.length, (row) => values[row]! < 0);
  const bits = new Uint8Array((values.length + 7) >> 3);
  for (let row = 0; row < values.length; row++) {
    if (values[row] === 1) bits[row >> 3]! |= 1 << (row & 7);
  }
  return batchOf(bool(), values.length, validity, bits);
}

function codes(values: Int32Array, texts: readonly string[], name: string): Batch<unknown> {
  const validity = validityOf(values.length, (row) => values[row]! < 0);
  const written = validity.nulls > 0 ? values.map((code) => Math.max(code, 0)) : values;
  const type = utf8();
  const { bytes, offsets } = encodeTexts(texts, name);
  const batch = new Batch<string>({
    length: texts.length,
    nullCount: 0,
    validity: allValid.bits,
    type,
    offsets,
    values: bytes,
  });
  return new CodeBatch(
    {
      length: values.length,
      type: dictionary(type, int32()),
      values: written,
      nullCount: validity.nulls,
      validity: validity.bits,
    },
    new ArrowColumn([batch], type),
  );
}

function encodeTexts(texts: readonly string[], name: string): { bytes: Uint8Array; offsets: Int32Array } {
  const offsets = new Int32Array(texts.length + 1);
  let length = 0;
  for (let i = 0; i < texts.length; i++) {
    length += Buffer.byteLength(texts[i]!);
    if (length > 0x7fffffff) throw new RangeError(`column ${name}: its distinct texts exceed 2 GiB`);
    offsets[i + 1] = length;
  }
  const bytes = Buffer.alloc(length);
  for (let i = 0; i < texts.length; i++) bytes.write(texts[i]!, offsets[i]!);
  return { bytes, offsets };
}
