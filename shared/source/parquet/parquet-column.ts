import type { DecodedArray, ParquetParsers } from 'hyparquet';
import type { Column } from '../../dataset/table/table.ts';
import { TextDictionary } from '../../dataset/table/text-dictionary.ts';
import {
  decimalText,
  LostDigits,
  usualWideNumbers,
  type WideNumbers,
} from '../../dataset/values/decimal-text.ts';
import { floorDivide } from '../../dataset/values/floor-divide.ts';
import { day } from '../../platform/time-lengths.ts';
import { byFirstAppearance } from '../columns/category-order.ts';
import { unscaledOf } from './decimal-bytes.ts';
import type { ParquetKind } from './parquet-kind.ts';

/** Instants as milliseconds since 1970, floored: never as Date objects. */
const instantParsers: Partial<ParquetParsers> = {
  timestampFromMilliseconds: (value: bigint) => Number(value),
  timestampFromMicroseconds: (value: bigint) => floorDivide(value, 1000n),
  timestampFromNanoseconds: (value: bigint) => floorDivide(value, 1_000_000n),
  dateFromDays: (days: number) => days * day,
};

/** Takes the pages of one column, each at its first row. */
export interface ParquetColumn {
  readonly parsers: Partial<ParquetParsers>;
  /** Pages hold whole numbers and bytes as they are stored, not what they stand for. */
  readonly raw?: boolean;
  put(page: DecodedArray, firstRow: number): void;
  finish(): Column;
}

/** @param scale of decimals: digits after the point. @param wide how numbers beyond ±2^53 are read. */
export function createParquetColumn(
  kind: ParquetKind,
  rows: number,
  isMissing: (text: string) => boolean,
  scale = 0,
  wide: WideNumbers = usualWideNumbers,
): ParquetColumn {
  switch (kind) {
    case 'text':
      return textColumn(rows, isMissing);
    case 'boolean':
      return booleanColumn(rows);
    case 'integer64':
      return wholeColumn(rows, isMissing, 0, wide);
    case 'decimal':
      return { ...wholeColumn(rows, isMissing, scale, wide), raw: true };
    default:
      return numberColumn(kind, rows);
  }
}

function numberColumn(kind: 'number' | 'date', rows: number): ParquetColumn {
  const values = new Float64Array(rows).fill(Number.NaN);
  return {
    parsers: instantParsers,
    put(page, firstRow) {
      for (let i = 0; i < page.length; i++) {
        const value: unknown = page[i];
        if (typeof value === 'number') values[firstRow + i] = value;
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

/** 64-bit integers and decimals: numbers, or texts when one lies beyond ±2^53 and `wide` says so. */
function wholeColumn(
  rows: number,
  isMissing: (text: string) => boolean,
  scale: number,
  wide: WideNumbers,
): ParquetColumn {
  /** Without their scale. */
  const wholes = new Float64Array(rows).fill(Number.NaN);
  /** Those that a double cannot hold, by row. */
  const beyond = new Map<number, bigint>();
  return {
    parsers: {},
    put(page, firstRow) {
      for (let i = 0; i < page.length; i++) {
        const value = unscaledOf(page[i]);
        if (value === undefined) continue;
        const number = Number(value);
        wholes[firstRow + i] = number;
        if (!Number.isSafeInteger(number)) beyond.set(firstRow + i, BigInt(value));
      }
    },
    finish() {
      if (beyond.size > 0 && wide.asTexts(scale)) return textsOf(wholes, beyond, scale, isMissing);
      const factor = Number(`1e${scale}`);
      const values = wholes.map((whole) => whole / factor);
      const lost = new LostDigits();
      for (const [row, whole] of beyond) {
        const text = decimalText(whole, scale);
        values[row] = Number(text);
        lost.add(row, text, values[row]!);
      }
      lost.tell(wide);
      return { type: 'number', values };
    },
  };
}

function textsOf(
  wholes: Float64Array,
  beyond: ReadonlyMap<number, bigint>,
  scale: number,
  isMissing: (text: string) => boolean,
): Column {
  const texts = textColumn(wholes.length, isMissing);
  const page = Array.from(wholes, (whole, row) =>
    Number.isNaN(whole)
      ? undefined
      : texts.parsers.stringFromBytes!(Buffer.from(decimalText(beyond.get(row) ?? BigInt(whole), scale))),
  );
  texts.put(page, 0);
  return texts.finish();
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
