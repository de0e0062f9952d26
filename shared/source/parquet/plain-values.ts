import type { SchemaElement } from 'hyparquet';
import type { TextDictionary } from '../../dataset/table/text-dictionary.ts';
import { day } from '../../platform/time-lengths.ts';
import type { ParquetKind } from './parquet-kind.ts';

/** What values become: numbers and milliseconds, or codes of texts and booleans. */
export type PlainTarget = Float64Array | Int32Array;

/**
 * Unpacks plainly written values: `out[0 … out.length)` from `bytes` at `start` on.
 *
 * @returns false when a value is met that needs the long way: a whole number beyond ±(2^53 - 1).
 * @throws RangeError when the bytes are too few.
 */
export type PlainReader = (bytes: Uint8Array, start: number, out: PlainTarget) => boolean;

/** Whether numbers lie in memory as they do in a file. */
const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** How a column's values are read from their plain bytes; undefined for types that are left to the library. */
export function plainReader(
  element: SchemaElement,
  kind: ParquetKind,
  dictionary: TextDictionary,
): PlainReader | undefined {
  const { type } = element;
  const scale = kind === 'decimal' ? Number(`1e${element.scale ?? 0}`) : 1;
  if (kind === 'text') return type === 'BYTE_ARRAY' ? texts(dictionary) : undefined;
  switch (type) {
    case 'BOOLEAN':
      return booleans;
    case 'INT32': {
      const unsigned = isUnsigned(element);
      const factor = kind === 'date' ? day : 1;
      return numbers(
        4,
        (view, at) => ((unsigned ? view.getUint32(at, true) : view.getInt32(at, true)) * factor) / scale,
      );
    }
    case 'INT64': {
      const divisor = kind === 'date' ? unitsInMillisecond(element) : 1;
      if (divisor === undefined || divisor > 1000 || isUnsigned(element)) return undefined;
      return wholes(divisor, scale);
    }
    case 'FLOAT':
      return numbers(4, (view, at) => view.getFloat32(at, true));
    case 'DOUBLE':
      return littleEndian ? doubles : numbers(8, (view, at) => view.getFloat64(at, true));
    default:
      return undefined;
  }
}

function isUnsigned({ converted_type, logical_type }: SchemaElement): boolean {
  return (
    converted_type?.startsWith('UINT') === true ||
    (logical_type?.type === 'INTEGER' && !logical_type.isSigned)
  );
}

function unitsInMillisecond({ converted_type, logical_type }: SchemaElement): number | undefined {
  const unit = logical_type?.type === 'TIMESTAMP' ? logical_type.unit : undefined;
  if (unit === 'MILLIS' || converted_type === 'TIMESTAMP_MILLIS') return 1;
  if (unit === 'MICROS' || converted_type === 'TIMESTAMP_MICROS') return 1000;
  return undefined;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Doubles are copied as they are. */
function doubles(bytes: Uint8Array, start: number, out: PlainTarget): boolean {
  const end = start + 8 * out.length;
  if (end > bytes.length) throw new RangeError(`${bytes.length - start} bytes for ${out.length} values`);
  new Uint8Array(out.buffer, out.byteOffset, out.byteLength).set(bytes.subarray(start, end));
  return true;
}

function numbers(width: number, read: (view: DataView, at: number) => number): PlainReader {
  return (bytes, start, out) => {
    const view = viewOf(bytes);
    for (let i = 0, at = start; i < out.length; i++, at += width) out[i] = read(view, at);
    return true;
  };
}

/** 64-bit integers, divided: to milliseconds (floored), or by a decimal's scale. */
function wholes(divisor: number, scale: number): PlainReader {
  return (bytes, start, out) => {
    const view = viewOf(bytes);
    for (let i = 0, at = start; i < out.length; i++, at += 8) {
      const value = view.getInt32(at + 4, true) * 4294967296 + view.getUint32(at, true);
      if (!Number.isSafeInteger(value)) return false;
      out[i] = divisor > 1 ? Math.floor(value / divisor) : value / scale;
    }
    return true;
  };
}

const booleans: PlainReader = (bytes, start, out) => {
  if (start + (out.length + 7) / 8 > bytes.length + 1) throw new RangeError('booleans are cut short');
  for (let i = 0; i < out.length; i++) out[i] = (bytes[start + (i >> 3)]! >> (i & 7)) & 1;
  return true;
};

function texts(dictionary: TextDictionary): PlainReader {
  return (bytes, start, out) => {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = start;
    for (let i = 0; i < out.length; i++) {
      const end = at + 4 + buffer.readUInt32LE(at);
      if (end > buffer.length) throw new RangeError('a text is cut short');
      out[i] = dictionary.codeOf(buffer, at + 4, end);
      at = end;
    }
    return true;
  };
}
