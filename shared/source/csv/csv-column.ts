import type { Column } from '../../dataset/table/table.ts';
import { TextDictionary } from '../../dataset/table/text-dictionary.ts';
import { firstCodes, firstFloats, grownCodes, grownFloats } from '../growing-array.ts';
import { numberOfBytes, numberOfText } from './number-cell.ts';

/** The cells of a block: see CsvScanner. */
export interface CellBlock {
  readonly bytes: Buffer;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly rows: number;
  /** Cells in a row. */
  readonly width: number;
}

/** What a column must know of how cells are read. */
export interface CellRules {
  readonly trim: boolean;
  readonly isMissing: (text: string) => boolean;
}

const missingCode = -1;

/**
 * One column under construction. It holds numbers as long as every cell that is not missing is a number;
 * at the first that is not it becomes text. Where numbers of earlier blocks would lose how they were
 * written (`007`, `1.50`) it asks to be read again instead, see {@link needsRereading}.
 */
export class CsvColumn {
  /** Numbers came before the first text: their texts are gone, and the column must be read again as text. */
  needsRereading = false;
  #kind: 'number' | 'text';
  #rows = 0;
  #sawNumber = false;
  #numbers: Float64Array = new Float64Array(0);
  #codes: Int32Array = new Int32Array(0);
  #dictionary: TextDictionary | undefined;
  /** Texts of number columns that are not numbers: whether they mean missing, asked once each. */
  readonly #others: TextDictionary;
  readonly #rules: CellRules;
  #scratch = Buffer.alloc(256);

  constructor(kind: 'number' | 'text', rules: CellRules) {
    this.#kind = kind;
    this.#rules = rules;
    this.#others = new TextDictionary((text) => rules.isMissing(text));
  }

  /** Adds column `position` of a block. @param expected how many rows there will be, as a guess. */
  append(block: CellBlock, position: number, expected: number): void {
    if (this.needsRereading) return;
    if (this.#kind === 'number' && !this.#appendNumbers(block, position, expected)) {
      if (this.#sawNumber) {
        this.needsRereading = true;
        this.#numbers = new Float64Array(0);
        return;
      }
      this.#becomeText();
    }
    if (this.#kind === 'text') this.#appendTexts(block, position, expected);
    this.#rows += block.rows;
  }

  /** Adds rows in which the column is missing. */
  appendMissing(rows: number): void {
    const end = this.#rows + rows;
    if (this.#kind === 'number') {
      this.#numbers = grownFloats(this.#numbers, end, 0).fill(Number.NaN, this.#rows, end);
    } else {
      this.#codes = grownCodes(this.#codes, end, 0).fill(missingCode, this.#rows, end);
    }
    this.#rows = end;
  }

  /** The column; call once, at the end. */
  finish(): Column {
    if (this.#kind === 'number') {
      return { type: 'number', values: firstFloats(this.#numbers, this.#rows) };
    }
    return {
      type: 'category',
      codes: firstCodes(this.#codes, this.#rows),
      dictionary: this.#dictionary?.texts ?? [],
    };
  }

  /** False when a cell is neither number nor missing; what was added of the block then does not count. */
  #appendNumbers(block: CellBlock, position: number, expected: number): boolean {
    const { bytes, starts, ends, rows, width } = block;
    const numbers = grownFloats(this.#numbers, this.#rows + rows, expected);
    this.#numbers = numbers;
    let sawNumber = false;
    for (let row = 0, cell = position, at = this.#rows; row < rows; row++, cell += width, at++) {
      const start = starts[cell]!;
      let value = start < 0 ? Number.NaN : numberOfBytes(bytes, start, ends[cell]!);
      if (Number.isNaN(value)) {
        value = this.#otherNumber(block, cell);
        if (Number.isNaN(value)) {
          if (!this.#isMissing(block, cell)) return false;
          numbers[at] = Number.NaN;
          continue;
        }
      }
      numbers[at] = value;
      sawNumber = true;
    }
    this.#sawNumber ||= sawNumber;
    return true;
  }

  /** A number with blanks around it, or one whose marks were doubled. */
  #otherNumber(block: CellBlock, cell: number): number {
    const start = block.starts[cell]!;
    const end = block.ends[cell]!;
    if (start === end || !this.#rules.trim || start < 0 || end - start > 4096) return Number.NaN;
    const first = block.bytes[start]!;
    const last = block.bytes[end - 1]!;
    if (first > 32 && first < 128 && last > 32 && last < 128) return Number.NaN;
    return numberOfText(block.bytes.toString('utf8', start, end).trim());
  }

  #isMissing(block: CellBlock, cell: number): boolean {
    return this.#codeOf(this.#others, block, cell) === missingCode;
  }

  #becomeText(): void {
    this.#kind = 'text';
    this.#numbers = new Float64Array(0);
    this.#codes = new Int32Array(this.#rows).fill(missingCode);
  }

  #appendTexts(block: CellBlock, position: number, expected: number): void {
    const { bytes, starts, ends, rows, width } = block;
    this.#dictionary ??= new TextDictionary(this.#rules.isMissing);
    const dictionary = this.#dictionary;
    const codes = grownCodes(this.#codes, this.#rows + rows, expected);
    this.#codes = codes;
    for (let row = 0, cell = position, at = this.#rows; row < rows; row++, cell += width, at++) {
      const start = starts[cell]!;
      codes[at] =
        start >= 0 ? dictionary.codeOf(bytes, start, ends[cell]!) : this.#codeOf(dictionary, block, cell);
    }
  }

  #codeOf(dictionary: TextDictionary, block: CellBlock, cell: number): number {
    const start = block.starts[cell]!;
    const end = block.ends[cell]!;
    if (start >= 0) return dictionary.codeOf(block.bytes, start, end);
    if (this.#scratch.length < end) this.#scratch = Buffer.alloc(end);
    return dictionary.codeOf(this.#scratch, 0, undouble(block.bytes, ~start, end, this.#scratch));
  }
}

/** Copies a quoted cell with each doubled mark once; the number of bytes written. */
export function undouble(bytes: Buffer, start: number, end: number, out: Buffer): number {
  let length = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    out[length++] = byte;
    if (byte === 34) at++;
  }
  return length;
}
