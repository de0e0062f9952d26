import type { Column } from '../../dataset/table/table.ts';
import { TextDictionary } from '../../dataset/table/text-dictionary.ts';
import { numberOfBareText } from '../../dataset/values/number-text.ts';
import { firstCodes, firstFloats, grownCodes, grownFloats } from '../columns/growing-array.ts';
import { longestNumber, plainNumber } from './number-cell.ts';
import type { NumberReader } from './number-notation.ts';
import { hasLeadingZero, NumberWatch, type Sighting } from './number-watch.ts';
import { undouble } from './quoted-cell.ts';

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
  /** How numbers are read; default: as `numberOfBareText` says. */
  readonly readNumber?: NumberReader | undefined;
}

const missingCode = -1;
/** Excel's errors begin with it. */
const hash = 35;

/**
 * One column under construction. It holds numbers as long as every cell that is not missing is a number;
 * at the first that is not it becomes text. Where numbers of earlier blocks would lose how they were
 * written (`007`, `1.50`) it asks to be read again instead, see {@link needsRereading}.
 */
export class CsvColumn {
  /** Numbers came before the first text: their texts are gone, and the column must be read again as text. */
  needsRereading = false;
  /** How the numbers are written. */
  watch = new NumberWatch();
  /** Texts that mean missing: Excel's errors and None, or all but the empty one. */
  readonly markers = new Map<string, Sighting>();
  #kind: 'number' | 'text';
  #rows = 0;
  #sawNumber = false;
  #numbers = new Float64Array(0);
  #codes = new Int32Array(0);
  #dictionary: TextDictionary | undefined;
  /** Texts of number columns that are not numbers: whether they mean missing, asked once each. */
  readonly #others: TextDictionary;
  readonly #rules: CellRules;
  #scratch = Buffer.alloc(256);

  readonly #allMarkers: boolean;

  /** @param allMarkers count every text that means missing. */
  constructor(kind: 'number' | 'text', rules: CellRules, allMarkers = false) {
    this.#kind = kind;
    this.#allMarkers = allMarkers;
    this.#rules = rules;
    this.#others = new TextDictionary((text) => rules.isMissing(text));
  }

  /** Adds column `position` of a block. @param expected how many rows there will be, as a guess. */
  append(block: CellBlock, position: number, expected: number): void {
    if (this.needsRereading) return;
    if (this.#kind === 'number' && !this.#appendNumbers(block, position, expected)) {
      // Texts that mean missing were counted of a block that is begun again.
      if (this.#sawNumber || this.markers.size > 0) {
        this.needsRereading = true;
        this.markers.clear();
        this.watch = new NumberWatch();
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

  /** The column, when all rows are added. */
  finish(): Column {
    if (this.#kind === 'number') {
      this.#numbers = firstFloats(this.#numbers, this.#rows);
      return { type: 'number', values: this.#numbers };
    }
    this.#codes = firstCodes(this.#codes, this.#rows);
    return {
      type: 'category',
      codes: this.#codes,
      dictionary: this.#dictionary?.texts ?? [],
    };
  }

  /** False when a cell is neither number nor missing; what was added of the block then does not count. */
  #appendNumbers(block: CellBlock, position: number, expected: number): boolean {
    const { bytes, starts, ends, rows, width } = block;
    const numbers = grownFloats(this.#numbers, this.#rows + rows, expected);
    this.#numbers = numbers;
    const read = this.#rules.readNumber;
    let sawNumber = false;
    let lengths = this.watch.lengths;
    for (let row = 0, cell = position, at = this.#rows; row < rows; row++, cell += width, at++) {
      const start = starts[cell]!;
      const end = ends[cell]!;
      let value = start < 0 ? Number.NaN : read ? read(bytes, start, end) : plainNumber(bytes, start, end);
      if (Number.isNaN(value)) {
        value = this.#otherNumber(block, cell, at);
        if (Number.isNaN(value)) {
          if (!this.#isMissing(block, cell, at)) return false;
          numbers[at] = Number.NaN;
          continue;
        }
      }
      if (hasLeadingZero(bytes, start, end)) this.watch.sawZero(at, bytes, start, end);
      lengths |= 1 << (end - start);
      numbers[at] = value;
      sawNumber = true;
    }
    this.watch.lengths = lengths;
    this.#sawNumber ||= sawNumber;
    return true;
  }

  /** A number that is written with an exponent or very many digits, or has blanks around it. */
  #otherNumber(block: CellBlock, cell: number, row: number): number {
    const { bytes } = block;
    const start = block.starts[cell]!;
    const end = block.ends[cell]!;
    if (start < 0 || start === end || end - start > longestNumber) return Number.NaN;
    const { trim, readNumber } = this.#rules;
    if (!readNumber && canBeginNumber(bytes[start]!)) {
      const text = bytes.toString('latin1', start, end);
      const value = numberOfBareText(text);
      if (!Number.isNaN(value)) {
        this.watch.sawOther(row, text);
        return value;
      }
    }
    const first = bytes[start]!;
    const last = bytes[end - 1]!;
    if (!trim || (first > 32 && first < 128 && last > 32 && last < 128)) return Number.NaN;
    const text = bytes.toString('utf8', start, end).trim();
    return readNumber ? readNumber(Buffer.from(text), 0, Buffer.byteLength(text)) : numberOfBareText(text);
  }

  #isMissing(block: CellBlock, cell: number, row: number): boolean {
    if (this.#codeOf(this.#others, block, cell) !== missingCode) return false;
    this.#sawMarker(block, cell, row);
    return true;
  }

  #sawMarker({ bytes, starts, ends }: CellBlock, cell: number, row: number): void {
    const start = starts[cell]!;
    const end = ends[cell]!;
    if (start < 0 || start === end) return;
    if (!this.#allMarkers && bytes[start] !== hash && !isNone(bytes, start, end)) return;
    const text = bytes.toString('utf8', start, end).trim();
    const seen = this.markers.get(text);
    if (seen) seen.rows++;
    else if (text !== '') this.markers.set(text, { rows: 1, row, text });
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
      const code =
        start >= 0 ? dictionary.codeOf(bytes, start, ends[cell]!) : this.#codeOf(dictionary, block, cell);
      codes[at] = code;
      if (code === missingCode && start !== ends[cell]) this.#sawMarker(block, cell, at);
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

/** `None`, which Python writes for nothing, and people for one of several kinds. */
function isNone(bytes: Buffer, start: number, end: number): boolean {
  return end - start === 4 && bytes.readUInt32BE(start) === 0x4e6f6e65;
}

/** Digits, signs, a point, and the first letter of infinity. */
function canBeginNumber(byte: number): boolean {
  return (byte >= 43 && byte <= 57) || byte === 73 || byte === 105;
}
