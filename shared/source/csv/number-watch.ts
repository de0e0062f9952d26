/** A cell that is worth a word. */
export interface Sighting {
  rows: number;
  /** The first one's row and text. */
  readonly row: number;
  readonly text: string;
}

const zero = 48;
const exponentOnly = /^\d+e\d+$/i;

/** Looks at how the numbers of a column are written, while they are read. */
export class NumberWatch {
  /** Numbers with zeros before them, `01000`. */
  zeros: Sighting | undefined;
  /** Digits, an `e` and digits, `12e5`: perhaps hexadecimal names. */
  exponents: Sighting | undefined;
  /** Bit `n` (of 0 to 31): a number of `n` characters was there. */
  lengths = 0;

  /**
   * Whether all numbers are of as many characters, four at least, some with zeros before them: names, not amounts.
   * Hours, months and days of the year are written so with fewer.
   */
  get looksLikeCodes(): boolean {
    const { lengths, zeros } = this;
    return zeros !== undefined && (lengths & (lengths - 1)) === 0 && lengths >>> 0 >= 1 << 4;
  }

  /** A cell that {@link hasLeadingZero}. */
  sawZero(row: number, bytes: Buffer, start: number, end: number): void {
    if (this.zeros) this.zeros.rows++;
    else this.zeros = { rows: 1, row, text: bytes.toString('latin1', start, end) };
  }

  /** A number that is not written plainly. */
  sawOther(row: number, text: string): void {
    if (!exponentOnly.test(text)) return;
    if (this.exponents) this.exponents.rows++;
    else this.exponents = { rows: 1, row, text };
  }
}

/** Whether a number begins with a zero that another digit follows. */
export function hasLeadingZero(bytes: Buffer, start: number, end: number): boolean {
  if (bytes[start] !== zero || end - start < 2) return false;
  const next = bytes[start + 1]!;
  return next >= zero && next <= 57;
}
