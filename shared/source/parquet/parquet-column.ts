import type { DecodedArray, ParquetParsers } from 'hyparquet';
import type { Column } from '../../dataset/table/table.ts';
import { TextDictionary } from '../../dataset/table/text-dictionary.ts';
import { day } from '../../platform/time-lengths.ts';
import { byFirstAppearance } from '../category-order.ts';
import type { ParquetKind } from './parquet-kind.ts';

/** Instants as milliseconds since 1970, floored: never as Date objects. */
const instantParsers: Partial<ParquetParsers> = {
  timestampFromMilliseconds: (value: bigint) => Number(value),
  timestampFromMicroseconds: (value: bigint) => floorDivide(value, 1000n),
  timestampFromNanoseconds: (value: bigint) => floorDivide(value, 1_000_000n),
  dateFromDays: (days: number) => days * day,
};

function floorDivide(value: bigint, divisor: bigint): number {
  const quotient = value / divisor;
  return Number(value % divisor < 0n ? quotient - 1n : quotient);
}

/** Takes the pages of one column, each at its first row. */
export interface ParquetColumn {
  readonly parsers: Partial<ParquetParsers>;
  put(page: DecodedArray, firstRow: number): void;
  finish(): Column;
}

/** @param scale of decimals: digits after the point. */
export function createParquetColumn(
  kind: ParquetKind,
  rows: number,
  isMissing: (text: string) => boolean,
  scale = 0,
): ParquetColumn {
  switch (kind) {
    case 'text':
      return textColumn(rows, isMissing);
    case 'boolean':
      return booleanColumn(rows);
    case 'integer64':
      return integerColumn(rows, isMissing);
    default:
      return numberColumn(kind, rows, scale);
  }
}

function numberColumn(kind: 'number' | 'decimal' | 'date', rows: number, scale: number): ParquetColumn {
  const values = new Float64Array(rows).fill(Number.NaN);
  const factor = Number(`1e${scale}`);
  return {
    parsers: instantParsers,
    put(page, firstRow) {
      for (let i = 0; i < page.length; i++) {
        const value: unknown = page[i];
        if (typeof value === 'number') values[firstRow + i] = value;
      }
      if (kind !== 'decimal') return;
      // The decoder multiplies by 10^-scale, which rounds twice: back to the whole number, then one division.
      for (let row = firstRow; row < firstRow + page.length; row++) {
        const whole = Math.round(values[row]! * factor);
        if (Number.isSafeInteger(whole)) values[row] = whole / factor;
      }
    },
    finish: () => ({ type: kind === 'date' ? 'date' : 'number', values }),
  };
}

function booleanColumn(rows: number): ParquetColumn {
  const values = new Int8Array(rows).fill(-1);
  return {
    parsers: {},
    put(page, firstRow) {
      for (let i = 0; i < page.length; i++) {
        const value: unknown = page[i];
        if (typeof value === 'boolean') values[firstRow + i] = value ? 1 : 0;
      }
    },
    finish: () => ({ type: 'boolean', values }),
  };
}

/** 64-bit integers: numbers, or texts when one lies beyond ±2^53. */
function integerColumn(rows: number, isMissing: (text: string) => boolean): ParquetColumn {
  const values = new Float64Array(rows).fill(Number.NaN);
  /** Those that a double cannot hold, by row. */
  const wide = new Map<number, bigint>();
  return {
    parsers: {},
    put(page, firstRow) {
      for (let i = 0; i < page.length; i++) {
        const value: unknown = page[i];
        if (typeof value !== 'bigint') continue;
        const number = Number(value);
        values[firstRow + i] = number;
        if (!Number.isSafeInteger(number)) wide.set(firstRow + i, value);
      }
    },
    finish() {
      if (wide.size === 0) return { type: 'number', values };
      const texts = textColumn(rows, isMissing);
      const page = Array.from(values, (value, row) =>
        Number.isNaN(value)
          ? undefined
          : texts.parsers.stringFromBytes!(Buffer.from(String(wide.get(row) ?? value))),
      );
      texts.put(page, 0);
      return texts.finish();
    },
  };
}

/** Texts: the parser answers a code instead of a string, so that a value seen before costs none. */
function textColumn(rows: number, isMissing: (text: string) => boolean): ParquetColumn {
  const codes = new Int32Array(rows).fill(-1);
  const dictionary = new TextDictionary(isMissing);
  const codeOf = (bytes: Uint8Array | undefined): number | undefined =>
    bytes &&
    dictionary.codeOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0, bytes.byteLength);
  return {
    parsers: {
      stringFromBytes: codeOf,
      jsonFromBytes: codeOf,
      uuidFromBytes: (bytes: Uint8Array | undefined) => bytes && codeOf(Buffer.from(uuidText(bytes))),
    },
    put(page, firstRow) {
      for (let i = 0; i < page.length; i++) {
        const code: unknown = page[i];
        if (typeof code === 'number') codes[firstRow + i] = code;
      }
    },
    finish: () => byFirstAppearance({ type: 'category', codes, dictionary: dictionary.texts }),
  };
}

function uuidText(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
