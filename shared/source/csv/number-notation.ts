import { numberOfBytes } from './number-cell.ts';

/** How numbers are written: `data.source.decimal` and `data.source.thousands`. */
export interface NumberNotation {
  readonly decimal?: '.' | ',' | undefined;
  readonly thousands?: ',' | '.' | "'" | ' ' | '_' | undefined;
}

/** The number written in `bytes[start, end)`; NaN when it is none. */
export type NumberReader = (bytes: Buffer, start: number, end: number) => number;

const point = 46;
const longest = 64;

/**
 * Reads numbers in a notation; undefined for the usual one.
 *
 * Groups of digits are whole: one to three digits and then threes (`1.234.567,5`), or in the Indian way twos and a
 * last three (`12,34,567`). `thousands: ' '` is also the non-breaking, the narrow and the thin space, `'` also the
 * typographic apostrophe.
 */
export function numberReader({ decimal = '.', thousands }: NumberNotation): NumberReader | undefined {
  if (decimal === '.' && thousands === undefined) return undefined;
  const mark = decimal.charCodeAt(0);
  const groupMark = thousands === undefined ? noMark : groupMarks[thousands];
  const plain = Buffer.alloc(longest);
  return (bytes, start, end) => {
    if (end - start > longest || start === end) return Number.NaN;
    let length = 0;
    let at = start;
    if (bytes[at] === 43 || bytes[at] === 45) plain[length++] = bytes[at++]!;
    const groups = new Groups();
    while (at < end) {
      const byte = bytes[at]!;
      if (byte >= 48 && byte <= 57) {
        plain[length++] = byte;
        groups.digits++;
        at++;
        continue;
      }
      const width = groupMark(bytes, at, end);
      if (width === 0) break;
      if (!groups.close()) return Number.NaN;
      at += width;
    }
    if (!groups.finish()) return Number.NaN;
    if (at < end && bytes[at] === mark) {
      plain[length++] = point;
      at++;
    }
    // Digits after the mark and an exponent; a point here would be a second one, or the thousands of another notation.
    for (; at < end; at++) {
      const byte = bytes[at]!;
      if (byte === point) return Number.NaN;
      plain[length++] = byte;
    }
    return numberOfBytes(plain, 0, length);
  };
}

/** Whether digits stand in whole groups, from left to right. */
class Groups {
  /** Digits since the last mark. */
  digits = 0;
  #groups = 0;
  #first = 0;
  /** Digits of the groups between the first and the last, once there is one. */
  #between = 0;

  /** A mark. */
  close(): boolean {
    const { digits } = this;
    this.digits = 0;
    this.#groups++;
    if (this.#groups === 1) {
      this.#first = digits;
      return digits >= 1 && digits <= 3;
    }
    if (this.#between === 0) this.#between = digits;
    return digits === this.#between && (digits === 3 || (digits === 2 && this.#first <= 2));
  }

  /** The end of the digits. */
  finish(): boolean {
    return this.#groups === 0 || this.digits === 3;
  }
}

/** How many bytes a mark between groups takes; 0 when there is none. */
type MarkWidth = (bytes: Buffer, at: number, end: number) => number;

const noMark: MarkWidth = () => 0;
const oneByte =
  (code: number): MarkWidth =>
  (bytes, at) =>
    bytes[at] === code ? 1 : 0;

/** U+2019 in UTF-8. */
const apostrophe: MarkWidth = (bytes, at) => {
  if (bytes[at] === 39) return 1;
  return bytes[at] === 0xe2 && bytes[at + 1] === 0x80 && bytes[at + 2] === 0x99 ? 3 : 0;
};

/** U+00A0, U+202F and U+2009 in UTF-8. */
const space: MarkWidth = (bytes, at) => {
  if (bytes[at] === 32) return 1;
  if (bytes[at] === 0xc2 && bytes[at + 1] === 0xa0) return 2;
  const last = bytes[at + 2];
  return bytes[at] === 0xe2 && bytes[at + 1] === 0x80 && (last === 0xaf || last === 0x89) ? 3 : 0;
};

const groupMarks: Readonly<Record<NonNullable<NumberNotation['thousands']>, MarkWidth>> = {
  ',': oneByte(44),
  '.': oneByte(46),
  _: oneByte(95),
  "'": apostrophe,
  ' ': space,
};
