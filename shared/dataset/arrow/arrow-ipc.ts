// Bytes of Arrow IPC as what the decoder makes of them, and refused where they are not whole.
import {
  type Column as ArrowColumn,
  type Table as ArrowTable,
  type Field,
  Type,
  tableFromIPC,
} from '@uwdata/flechette';
import { IntegrityError, messageOf } from '../../platform/errors.ts';
import { registerArrowCodecs } from './arrow-compression.ts';
import { joined } from './arrow-pieces.ts';
import { splitStream } from './arrow-stream.ts';

/**
 * Arrow IPC bytes as tables of the decoder: one, or several that follow each other where a stream replaces a
 * dictionary, which the decoder by itself would take for the dictionary of all.
 *
 * @throws IntegrityError when the bytes are not complete Arrow IPC.
 */
export function parseArrow(bytes: Uint8Array, name: string): ArrowTable[] {
  registerArrowCodecs();
  try {
    return isFile(bytes) ? [decode(bytes)] : splitStream(bytes).map((piece) => decode(joined(piece)));
  } catch (error) {
    throw new IntegrityError(
      `${name} is not a whole Arrow IPC file or stream (${messageOf(error)}); write it again`,
      { cause: error },
    );
  }
}

function decode(bytes: Uint8Array): ArrowTable {
  // Buffers are read in place, as arrays of eight-byte items.
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
  const table = tableFromIPC(aligned, { useBigInt: true, useDecimalInt: true });
  for (const [i, column] of table.children.entries()) checkBuffers(column, table.schema.fields[i]!);
  return table;
}

const magic = 'ARROW1';

/** Whether these are a file's bytes, with a footer. @throws RangeError when they are a file's without its end. */
function isFile(bytes: Uint8Array): boolean {
  const text = (from: number): string =>
    Buffer.from(bytes.subarray(from, from + magic.length)).toString('latin1');
  if (text(0) !== magic) return false;
  if (bytes.length < 2 * magic.length || text(bytes.length - magic.length) !== magic) {
    throw new RangeError(`it begins as a file but does not end with ${magic}`);
  }
  return true;
}

/** The decoder reads past a short buffer as if it held nothing: lengths are checked here. */
function checkBuffers(column: ArrowColumn<unknown>, { name, type }: Field): void {
  for (const batch of column.data) {
    const short = (what: string): Error => new Error(`column ${name} has too few ${what}`);
    if (
      batch.nullCount > 0 &&
      batch.validity &&
      batch.validity.length * 8 < batch.length &&
      type.typeId !== Type.Null
    )
      throw short('validity bits');
    if (
      batch.values &&
      type.typeId !== Type.Utf8 &&
      type.typeId !== Type.LargeUtf8 &&
      !nested.has(type.typeId)
    ) {
      const items = type.typeId === Type.Bool ? batch.values.length * 8 : batch.values.length;
      if (items < batch.length) throw short('values');
    }
    if (batch.offsets && batch.offsets.length < batch.length) throw short('offsets');
  }
}

const nested: ReadonlySet<number> = new Set([
  Type.Binary,
  Type.LargeBinary,
  Type.BinaryView,
  Type.Utf8View,
  Type.Null,
]);
