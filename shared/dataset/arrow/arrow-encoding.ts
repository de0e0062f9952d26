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
import { type CategoryColumn, columnOf, type Table } from '../table/table.ts';
import { columnBelow } from '../table/taken-table.ts';
import { allValid, type Validity, validityOf } from './arrow-validity.ts';
import type { ArrowValues } from './arrow-values.ts';

/** A batch of codes: the encoder finds the texts under `dictionary`. */
class CodeBatch extends Batch<unknown> {
  readonly dictionary: ArrowColumn<string>;

  constructor(options: ConstructorParameters<typeof Batch>[0], texts: ArrowColumn<string>) {
    super(options);
    this.dictionary = texts;
  }
}

/**
 * A column as one Arrow batch; see `tableToArrow` for the types.
 *
 * @param table that has the column, of which only the texts of categories are made.
 * @param values the column's {@link arrowValues}, or what stands in for as many bytes of them.
 * @throws RangeError for texts of more than 2 GiB together.
 */
export function arrowOfColumn(table: Table, name: string, values: ArrowValues): Batch<unknown> {
  const below = columnBelow(table, name);
  const validity = validityOf(below);
  switch (below.column.type) {
    case 'number':
      return batchOf(float64(), table.rows, validity, values);
    case 'category':
      return codeBatch(columnOf(table, name) as CategoryColumn, { name, validity, values });
    case 'boolean':
      return batchOf(bool(), table.rows, validity, values);
    case 'date':
      return batchOf(timestamp(TimeUnit.MILLISECOND, 'UTC'), table.rows, validity, values);
  }
}

function batchOf(type: DataType, length: number, validity: Validity, values: ArrowValues) {
  return new Batch({ length, type, values, nullCount: validity.nulls, validity: validity.bits });
}

interface CodeParts {
  readonly name: string;
  readonly validity: Validity;
  readonly values: ArrowValues;
}

function codeBatch(
  { codes: { length }, dictionary: texts }: CategoryColumn,
  { name, validity, values }: CodeParts,
) {
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
  const codeType = dictionary(type, int32());
  return new CodeBatch(
    { length, type: codeType, values, nullCount: validity.nulls, validity: validity.bits },
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
