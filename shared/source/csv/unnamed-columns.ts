import type { Column } from '../../dataset/table/table.ts';
import { ConfigurationError, quote } from '../../platform/errors.ts';
import { namelessColumn } from '../columns/column-names.ts';
import { type CellBlock, type CellRules, CsvColumn } from './csv-column.ts';
import type { CsvHeader } from './csv-header.ts';

interface Unnamed {
  readonly file: string;
  readonly header: CsvHeader;
  readonly position: number;
  readonly column: CsvColumn;
}

/**
 * Columns without a name; only reading the file shows what they are: a delimiter at the end of every row,
 * the index that pandas wrote, or a name that was forgotten.
 */
export class UnnamedColumns {
  readonly #rules: CellRules;
  readonly #all: Unnamed[] = [];
  #current: readonly Unnamed[] = [];

  constructor(rules: CellRules) {
    this.#rules = { trim: true, isMissing: (text) => text.trim() === '', readNumber: rules.readNumber };
  }

  /** A file begins. */
  begin(header: CsvHeader, file: string): void {
    this.#current = header.columns.flatMap((name, position) =>
      name === '' ? [{ file, header, position, column: new CsvColumn('number', this.#rules) }] : [],
    );
    this.#all.push(...this.#current);
  }

  append(block: CellBlock): void {
    for (const { column, position } of this.#current) column.append(block, position, 0);
  }

  /**
   * @returns sentences about columns that are left out, being empty.
   * @throws ConfigurationError for a column with values.
   */
  check(): string[] {
    const files = new Map<string, { header: CsvHeader; positions: number[] }>();
    for (const { file, header, position, column } of this.#all) {
      const place = `${file}:${header.namesLine}`;
      const index = ' (pandas writes such a column for its index: use to_csv(index=False))';
      if (header.beyond > 0 && position === header.columns.length - 1) {
        if (column.needsRereading || !isEmpty(column.finish())) throw rowsBeyond(header, place);
      }
      if (column.needsRereading) throw namelessColumn(header.columns, position, place);
      const found = column.finish();
      if (isRowNumber(found)) throw namelessColumn(header.columns, position, place, index);
      if (!isEmpty(found)) throw namelessColumn(header.columns, position, place);
      const known = files.get(file) ?? { header, positions: [] };
      known.positions.push(position);
      files.set(file, known);
    }
    return [...files].map(([file, { header, positions }]) => sentence(file, header, positions));
  }
}

function rowsBeyond({ columns }: CsvHeader, place: string): ConfigurationError {
  const names = columns.slice(0, -1);
  return new ConfigurationError(
    `${place}: the rows have ${columns.length} fields, the header has ${names.length} (${quote(names.join(', '))}), and the last ` +
      'one is not empty in every row; name it in the header. A text that holds the delimiter must stand in quotation marks.',
  );
}

function sentence(file: string, { columns, namesLine }: CsvHeader, positions: readonly number[]): string {
  const count = positions.length;
  const atEnd = positions[0] === columns.length - count;
  return (
    `${file}:${namesLine}: ${count === 1 ? 'a column has' : `${count} columns have`} neither a name nor any value and ` +
    `${count === 1 ? 'is' : 'are'} left out${atEnd ? ': every row ends in a delimiter' : ''}`
  );
}

function isEmpty(column: Column): boolean {
  if (column.type === 'category') return column.dictionary.length === 0;
  return column.values.every((value: number) => Number.isNaN(value));
}

/** 0, 1, 2 … in every row. */
function isRowNumber(column: Column): boolean {
  return (
    column.type === 'number' && column.values.length > 0 && column.values.every((value, row) => value === row)
  );
}
