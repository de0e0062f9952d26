import type { Column } from '../../dataset/table/table.ts';
import { ConfigurationError, quote } from '../../platform/errors.ts';
import { counted } from '../../text/counts.ts';
import { namelessColumn, namingLine, namingSettings } from '../columns/column-names.ts';
import { type CellBlock, type CellRules, CsvColumn } from './csv-column.ts';
import type { CsvHeader } from './csv-header.ts';
import { rowLabels } from './row-labels.ts';

interface Unnamed {
  readonly file: string;
  readonly header: CsvHeader;
  readonly position: number;
  readonly column: CsvColumn;
}

/**
 * Columns without a name; only reading the file shows what they are: a delimiter at the end of every row,
 * the index that pandas wrote or R's row names, or a name that was forgotten.
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
   * @returns sentences about columns that are left out: empty ones, and the index of a table.
   * @throws ConfigurationError for a column with other values.
   */
  check(): string[] {
    const files = new Map<string, { header: CsvHeader; positions: number[] }>();
    const indexes: Index[] = [];
    for (const { file, header, position, column } of this.#all) {
      const place = `${file}:${header.namesLine}`;
      if (header.beyond > 0 && position === header.columns.length - 1) {
        if (column.needsRereading || !isEmpty(column.finish())) throw rowsBeyond(header, place);
      }
      const nameless = () => namelessColumn(header.columns, position, place, header.namesLine);
      if (column.needsRereading) throw nameless();
      const found = column.finish();
      if (isEmpty(found)) {
        const known = files.get(file) ?? { header, positions: [] };
        known.positions.push(position);
        files.set(file, known);
        continue;
      }
      const labels = position === 0 ? rowLabels(found) : undefined;
      if (labels === undefined) throw nameless();
      indexes.push({ place, header, labels });
    }
    return [
      ...[...files].map(([file, { header, positions }]) => sentence(file, header, positions)),
      ...indexSentences(indexes),
    ];
  }
}

/** A first column without a name that only says which row is which. */
interface Index {
  readonly place: string;
  readonly header: CsvHeader;
  readonly labels: string;
}

/** One sentence for all files whose index holds the like: a folder may have hundreds. */
function indexSentences(indexes: readonly Index[]): string[] {
  return [...new Set(indexes.map(({ labels }) => labels))].map((labels) => {
    const [first, ...others] = indexes.filter((one) => one.labels === labels);
    const more = others.length === 0 ? '' : ` (and of ${counted(others.length, 'more file')})`;
    const { columns, namesLine } = first!.header;
    return (
      `${first!.place}: the first column${more} has no name and ${labels}, as pandas writes the index of a table and R its row names: ` +
      `it is left out. To keep it, add ${namingLine(namingSettings(columns, namesLine))}`
    );
  });
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
