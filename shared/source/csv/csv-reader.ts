import type { SourcePart, SourceTable } from '../../dataset/table/origin.ts';
import type { Column } from '../../dataset/table/table.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import type { ByteSource } from '../byte-source.ts';
import { createMissingTest } from '../missing.ts';
import { checkSameColumns } from '../same-columns.ts';
import { type CellRules, CsvColumn } from './csv-column.ts';
import { CsvFile, type CsvOptions } from './csv-file.ts';
import type { CsvHeader } from './csv-header.ts';

const blockSize = 1 << 18;

/**
 * Reads CSV files as one table, in their order, block by block: cells go from bytes into typed columns
 * without a string for each. A column in which text appears after numbers is read a second time as text.
 *
 * @throws ConfigurationError for whatever is wrong with a file, with its name, line and row.
 */
export async function readCsv(sources: readonly ByteSource[], options: CsvOptions): Promise<SourceTable> {
  const first = new CsvPass(options, undefined);
  await first.readAll(sources);
  const again = first.columnsToReread();
  const columns = first.finish();
  if (again.size > 0) {
    const second = new CsvPass(options, again);
    await second.readAll(sources);
    const texts = second.finish();
    first.parts.forEach((part, i) => {
      if (part.digest !== second.parts[i]!.digest) {
        throw new ConfigurationError(
          `${part.name} changed while it was read; read it when nothing writes to it`,
        );
      }
    });
    for (const name of again) columns.set(name, texts.get(name)!);
  }
  return { table: { rows: first.rows, columns }, parts: first.parts };
}

/** One reading of all files: of all columns, or of those that turned out to be text. */
class CsvPass {
  rows = 0;
  readonly parts: SourcePart[] = [];
  readonly #options: CsvOptions;
  readonly #rules: CellRules;
  readonly #only: ReadonlySet<string> | undefined;
  readonly #columns = new Map<string, CsvColumn>();
  #firstHeader: { file: string; columns: readonly string[] } | undefined;

  constructor(options: CsvOptions, only: ReadonlySet<string> | undefined) {
    this.#options = options;
    this.#only = only;
    this.#rules = { trim: options.trim, isMissing: createMissingTest(options) };
  }

  columnsToReread(): Set<string> {
    return new Set([...this.#columns].filter(([, column]) => column.needsRereading).map(([name]) => name));
  }

  finish(): Map<string, Column> {
    return new Map([...this.#columns].map(([name, column]) => [name, column.finish()]));
  }

  async readAll(sources: readonly ByteSource[]): Promise<void> {
    let sizeAfter = sources.reduce((sum, source) => sum + (source.size ?? 0), 0);
    for (const source of sources) {
      sizeAfter -= source.size ?? 0;
      await this.#read(source, sizeAfter);
    }
  }

  async #read(source: ByteSource, sizeAfter: number): Promise<void> {
    const firstRow = this.rows;
    const file = new CsvFile(source, this.#options, sizeAfter);
    for await (const chunk of source.open()) {
      for (let from = 0; from < chunk.length; from += blockSize) {
        this.#take(file, chunk.subarray(from, from + blockSize), false);
      }
    }
    this.#take(file, new Uint8Array(0), true);
    for (const [name, column] of this.#columns) {
      if (!file.header!.columns.includes(name)) column.appendMissing(this.rows - firstRow);
    }
    this.parts.push({ name: source.name, digest: source.digest(), firstRow, rows: this.rows - firstRow });
  }

  #take(file: CsvFile, chunk: Uint8Array, final: boolean): void {
    const before = file.header;
    const rows = file.scan(chunk, final);
    if (!before && file.header) this.#meet(file.header, file.source.name);
    if (rows === 0) return;
    const { header, scanner } = file;
    const block = {
      bytes: file.bytes,
      starts: scanner.starts,
      ends: scanner.ends,
      rows,
      width: header!.columns.length,
    };
    const expected = this.rows + file.expectedRows(rows);
    header!.columns.forEach((name, position) => {
      this.#columns.get(name)?.append(block, position, expected);
    });
    this.rows += rows;
  }

  /** A file's header: its columns must be the first file's, or are added to them. */
  #meet(header: CsvHeader, file: string): void {
    const { columns: wanted, textColumns, union } = this.#options;
    if (!this.#firstHeader) this.#firstHeader = { file, columns: header.columns };
    else if (!union) checkSameColumns(this.#firstHeader, { file, columns: header.columns });
    for (const name of header.columns) {
      if (this.#columns.has(name) || (wanted && !wanted.has(name)) || (this.#only && !this.#only.has(name)))
        continue;
      const column = new CsvColumn(this.#only || textColumns.has(name) ? 'text' : 'number', this.#rules);
      column.appendMissing(this.rows);
      this.#columns.set(name, column);
    }
  }
}
