import type { SourcePart } from '../../dataset/table/origin.ts';
import type { Column } from '../../dataset/table/table.ts';
import type { ByteSource } from '../files/byte-source.ts';
import { createMissingTest } from '../missing.ts';
import { checkSameColumns } from '../same-columns.ts';
import { type CellRules, CsvColumn } from './csv-column.ts';
import { CsvFile } from './csv-file.ts';
import type { CsvHeader } from './csv-header.ts';
import type { CsvOptions } from './csv-text.ts';
import type { NumberWatch, Sighting } from './number-watch.ts';
import { UnnamedColumns } from './unnamed-columns.ts';

const blockSize = 1 << 18;

/** One reading of all files: of all columns, or of those that turned out to be text. */
export class CsvPass {
  rows = 0;
  readonly parts: SourcePart[] = [];
  /** What was read otherwise than it is written, in sentences. */
  readonly told: string[] = [];
  readonly #options: CsvOptions;
  readonly #rules: CellRules;
  readonly #only: ReadonlySet<string> | undefined;
  readonly #columns = new Map<string, CsvColumn>();
  readonly #unnamed: UnnamedColumns;
  #firstHeader: { file: string; columns: readonly string[] } | undefined;

  /** @param only the columns to be read, as text. */
  constructor(options: CsvOptions, rules: CellRules, only: ReadonlySet<string> | undefined) {
    this.#options = options;
    this.#rules = rules;
    this.#only = only;
    this.#unnamed = new UnnamedColumns(rules);
  }

  columnsToReread(): Set<string> {
    return this.#namesOf((column) => column.needsRereading);
  }

  /** Columns of numbers that look like codes, see `NumberWatch`. */
  columnsOfCodes(): Set<string> {
    const { numberColumns } = this.#options;
    return this.#namesOf(
      ({ watch, needsRereading }, name) =>
        !needsRereading && watch.looksLikeCodes && !numberColumns?.has(name),
    );
  }

  watches(): Map<string, NumberWatch> {
    return new Map([...this.#columns].map(([name, column]) => [name, column.watch]));
  }

  /** Texts that mean missing, by column. */
  markers(): Map<string, ReadonlyMap<string, Sighting>> {
    return new Map([...this.#columns].map(([name, column]) => [name, column.markers]));
  }

  finish(): Map<string, Column> {
    return new Map([...this.#columns].map(([name, column]) => [name, column.finish()]));
  }

  /** Drops columns without a name and without values. @throws ConfigurationError when one has values. */
  checkUnnamed(): void {
    this.told.push(...this.#unnamed.check());
  }

  async readAll(sources: readonly ByteSource[]): Promise<void> {
    let sizeAfter = sources.reduce((sum, source) => sum + (source.size ?? 0), 0);
    for (const source of sources) {
      sizeAfter -= source.size ?? 0;
      await this.#read(source, sizeAfter);
    }
  }

  #namesOf(isWanted: (column: CsvColumn, name: string) => boolean): Set<string> {
    return new Set(
      [...this.#columns].filter(([name, column]) => isWanted(column, name)).map(([name]) => name),
    );
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
    if (!this.#only) this.#unnamed.append(block);
    this.rows += rows;
  }

  /** A file's header: its columns must be the first file's, or are added to them. */
  #meet(header: CsvHeader, file: string): void {
    const { columns: wanted, textColumns, union, labels } = this.#options;
    const columns = header.columns.filter((name) => name !== '');
    if (!this.#firstHeader) this.#firstHeader = { file, columns };
    else if (!union) checkSameColumns(this.#firstHeader, { file, columns });
    this.#unnamed.begin(header, file);
    this.told.push(...header.told);
    for (const name of columns) {
      if (this.#columns.has(name) || (wanted && !wanted.has(name)) || (this.#only && !this.#only.has(name)))
        continue;
      const kind = this.#only || textColumns.has(name) ? 'text' : 'number';
      const isLabel = name === labels?.column;
      const isMissing = isLabel ? createMissingTest(this.#options, name) : this.#rules.isMissing;
      const column = new CsvColumn(kind, { ...this.#rules, isMissing }, isLabel);
      column.appendMissing(this.rows);
      this.#columns.set(name, column);
    }
  }
}
