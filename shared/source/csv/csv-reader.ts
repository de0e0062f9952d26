// CSV files as people keep them: delimiter, encoding, header and notation are found (docs/adr/0003-csv-parser.md).
import type { SourcePart, SourceTable } from '../../dataset/table/origin.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/logger.ts';
import type { ByteSource } from '../files/byte-source.ts';
import { utf8Source } from '../files/encoded-source.ts';
import { createMissingTest } from '../missing.ts';
import { CsvPass } from './csv-pass.ts';
import { csvRemarks } from './csv-remarks.ts';
import type { CsvOptions } from './csv-text.ts';
import { codesOrNumbers } from './digit-codes.ts';
import { numberReader } from './number-notation.ts';

/**
 * Reads CSV files as one table, in their order, block by block: cells go from bytes into typed columns
 * without a string for each. A column in which text appears after numbers is read a second time as text, and so is
 * one whose numbers are all of one length, some with zeros before them: `01000` is a name, see {@link codesOrNumbers}.
 *
 * @throws ConfigurationError for whatever is wrong with a file, with its name, line and row.
 */
export async function readCsv(
  sources: readonly ByteSource[],
  options: CsvOptions,
  logger: Logger,
): Promise<SourceTable> {
  const texts = sources.map((source) => utf8Source(source, options.encoding));
  const rules = {
    trim: options.trim,
    isMissing: createMissingTest(options),
    readNumber: numberReader(options),
  };
  const first = new CsvPass(options, rules, undefined);
  await first.readAll(texts);
  first.checkUnnamed();
  const codes = first.columnsOfCodes();
  const again = new Set([...first.columnsToReread(), ...codes]);
  const columns = first.finish();
  const markers = first.markers();
  if (again.size > 0) {
    const second = new CsvPass(options, rules, again);
    await second.readAll(texts);
    checkUnchanged(first.parts, second.parts);
    for (const [name, column] of second.finish()) {
      columns.set(name, codes.has(name) ? codesOrNumbers(column, rules.readNumber) : column);
    }
    for (const [name, found] of second.markers()) markers.set(name, found);
  }
  for (const remark of csvRemarks(first, columns, markers, options)) logger.warn(remark);
  return { table: { rows: first.rows, columns }, parts: first.parts };
}

function checkUnchanged(before: readonly SourcePart[], after: readonly SourcePart[]): void {
  before.forEach((part, i) => {
    if (part.digest === after[i]!.digest) return;
    throw new ConfigurationError(`${part.name} changed while it was read; read it when nothing writes to it`);
  });
}
