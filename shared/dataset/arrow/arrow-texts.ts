import { type Column as ArrowColumn, type Batch, Type } from '@uwdata/flechette';
import type { CategoryColumn, Column } from '../table/table.ts';
import { TextDictionary } from '../table/text-dictionary.ts';

type MissingTest = (text: string) => boolean;

/** Codes of a column's values as texts, in order of first appearance. @param textOf writes values that are not texts. */
export function textColumn(
  column: ArrowColumn<unknown>,
  isMissing: MissingTest,
  textOf: (value: unknown) => string = String,
): CategoryColumn {
  const dictionary = new TextDictionary(isMissing);
  const codes = new Int32Array(column.length);
  let at = 0;
  for (const batch of column.data) {
    const codeOf = coder(batch, dictionary, textOf);
    for (let row = 0; row < batch.length; row++, at++) {
      codes[at] = batch.nullCount > 0 && !batch.isValid(row) ? -1 : codeOf(row);
    }
  }
  return { type: 'category', codes, dictionary: dictionary.texts };
}

/** Plain UTF-8 is coded from its bytes; other values by way of a string. */
function coder(
  batch: Batch<unknown>,
  dictionary: TextDictionary,
  textOf: (value: unknown) => string,
): (row: number) => number {
  const { offsets, values } = batch;
  if (batch.type.typeId === Type.Utf8 && offsets instanceof Int32Array && values instanceof Uint8Array) {
    const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
    return (row) => dictionary.codeOf(bytes, offsets[row]!, offsets[row + 1]!);
  }
  return (row) => {
    const bytes = Buffer.from(textOf(batch.value(row)));
    return dictionary.codeOf(bytes, 0, bytes.length);
  };
}

/**
 * A dictionary-coded column: texts keep the file's dictionary and order, other values are looked up.
 *
 * @param decode makes a column of the dictionary's values.
 */
export function codedColumn(
  column: ArrowColumn<unknown>,
  isMissing: MissingTest,
  decode: (values: ArrowColumn<unknown>) => Column,
): Column {
  const values = dictionaryOf(column.data[0]);
  if (!values) return { type: 'category', codes: new Int32Array(0), dictionary: [] };
  const keys = new Int32Array(column.length);
  let at = 0;
  for (const batch of column.data) {
    copyKeys(batch, keys, at);
    at += batch.length;
  }
  return lookUp(keys, isText(values) ? textColumn(values, isMissing) : decode(values));
}

function copyKeys(batch: Batch<unknown>, keys: Int32Array, at: number): void {
  const { values, length, nullCount, validity } = batch;
  if (values instanceof Int32Array) keys.set(values.subarray(0, length), at);
  else for (let row = 0; row < length; row++) keys[at + row] = Number(values[row]);
  if (nullCount === 0) return;
  for (let row = 0; row < length; row++) {
    if (((validity[row >> 3]! >> (row & 7)) & 1) === 0) keys[at + row] = -1;
  }
}

function dictionaryOf(batch: Batch<unknown> | undefined): ArrowColumn<unknown> | undefined {
  return batch && 'dictionary' in batch ? (batch.dictionary as ArrowColumn<unknown>) : undefined;
}

function isText({ type }: ArrowColumn<unknown>): boolean {
  return type.typeId === Type.Utf8 || type.typeId === Type.LargeUtf8 || type.typeId === Type.Utf8View;
}

function lookUp(keys: Int32Array, values: Column): Column {
  switch (values.type) {
    case 'category':
      // Distinct texts, as every writer's dictionary should have: the file's own codes are right already.
      if (values.codes.every((code, entry) => code === entry)) return { ...values, codes: keys };
      return { ...values, codes: keys.map((key) => (key < 0 ? -1 : values.codes[key]!)) };
    case 'boolean':
      return { ...values, values: Int8Array.from(keys, (key) => (key < 0 ? -1 : values.values[key]!)) };
    default:
      return {
        ...values,
        values: Float64Array.from(keys, (key) => (key < 0 ? Number.NaN : values.values[key]!)),
      };
  }
}
