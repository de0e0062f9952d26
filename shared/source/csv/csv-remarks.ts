import { locateRow, type SourcePart } from '../../dataset/table/origin.ts';
import type { Column } from '../../dataset/table/table.ts';
import { quote } from '../../platform/errors.ts';
import { featureLine } from '../columns/feature-line.ts';
import { markerRemark } from '../columns/told-markers.ts';
import type { CsvPass } from './csv-pass.ts';
import type { CsvOptions } from './csv-text.ts';
import type { NumberWatch, Sighting } from './number-watch.ts';

/** Remarks on how the cells were read, in sentences. */
export function csvRemarks(
  pass: CsvPass,
  columns: ReadonlyMap<string, Column>,
  markers: ReadonlyMap<string, ReadonlyMap<string, Sighting>>,
  options: CsvOptions,
): string[] {
  const remarks = [...pass.told];
  for (const [name, watch] of pass.watches()) {
    if (options.declaredColumns?.has(name)) continue;
    remarks.push(...numberRemarks(name, watch, columns.get(name)!, pass.parts));
  }
  for (const [name, found] of markers) {
    for (const { text, rows, row } of found.values()) {
      const marker = { column: name, text, rows, place: place(pass.parts, row) };
      const remark = markerRemark(marker, columns.get(name)!, options);
      if (remark !== undefined) remarks.push(remark);
    }
  }
  return remarks;
}

function numberRemarks(
  name: string,
  { zeros, exponents }: NumberWatch,
  column: Column,
  parts: readonly SourcePart[],
): string[] {
  const remarks: string[] = [];
  if (zeros && column.type === 'category') {
    remarks.push(
      `column ${quote(name)}: all values have ${zeros.text.length} digits, ${count(zeros.rows)} of them with zeros in front ` +
        `(${place(parts, zeros.row)}: ${quote(zeros.text)}): they are read as names, so that no zero is lost. ` +
        `If they are amounts, add ${featureLine(name, 'number')}`,
    );
  } else if (zeros) {
    remarks.push(
      `column ${quote(name)}: ${zeros.rows === 1 ? 'one number has' : `${count(zeros.rows)} numbers have`} zeros in front, which are lost ` +
        `(${place(parts, zeros.row)}: ${quote(zeros.text)} is read as ${Number(zeros.text.replace(/[^\d.]/g, ''))}). ` +
        `If they are names, add ${featureLine(name, 'category')}`,
    );
  }
  if (exponents && column.type === 'number') {
    remarks.push(
      `column ${quote(name)}: ${exponents.rows === 1 ? 'one value is' : `${count(exponents.rows)} values are`} read as a number with an exponent ` +
        `(${place(parts, exponents.row)}: ${quote(exponents.text)} is ${Number(exponents.text)}). ` +
        `If they are names, such as hexadecimal ones, add ${featureLine(name, 'category')}`,
    );
  }
  return remarks;
}

function place(parts: readonly SourcePart[], row: number): string {
  const { part, row: inPart } = locateRow(parts, row);
  return `${part} row ${inPart}`;
}

function count(rows: number): string {
  return rows.toLocaleString('en-US');
}
