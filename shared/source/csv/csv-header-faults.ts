import { numberOfText } from '../../dataset/values/number-text.ts';
import { ConfigurationError, quote } from '../../platform/errors.ts';
import type { FirstRow } from './csv-first-rows.ts';
import { commonDelimiter } from './csv-sniffing.ts';
import type { CsvText } from './csv-text.ts';

interface HeaderPlace {
  readonly file: string;
  readonly line: number;
}

/** What is around a header. */
export interface HeaderContext extends Pick<CsvText, 'comment' | 'header'> {
  /** The delimiter, when it was found from the header and not declared. */
  readonly detected: number | undefined;
  /** The first lines of data. */
  readonly lines: readonly string[];
  /** The header's own line. */
  readonly first: string;
}

const isNumber = (text: string): boolean => !Number.isNaN(numberOfText(text));
const source = (setting: string): string => `data: { source: { ${setting} } }`;

/** @throws ConfigurationError when what stands where the header should is none: a comment, a title, or data. */
export function checkHeader(
  cells: readonly string[],
  data: readonly FirstRow[],
  place: HeaderPlace,
  context: HeaderContext,
): void {
  checkComment(cells, data, place, context);
  checkTitle(cells, data, place, context);
  checkData(cells, place, context);
}

function checkComment(
  cells: readonly string[],
  data: readonly FirstRow[],
  { file, line }: HeaderPlace,
  { comment, first }: HeaderContext,
): void {
  const mark = first.charAt(0);
  if ((mark !== '#' && mark !== '%') || comment !== undefined || data.length === 0) return;
  const width = cells.length;
  const fits = data[0]!.cells.length === width || trailingCells(width, data).length > 0;
  const named = /^[#%]\S/.test(first) || data[0]!.cells.some(isNumber);
  if (fits && (named || !data[1]?.cells.some(isNumber))) return;
  throw new ConfigurationError(
    `${file}:${line}: the first line is a comment and not the column names (${quote(first)}): add ${source(`comment: ${JSON.stringify(mark)}`)}`,
  );
}

function checkTitle(
  cells: readonly string[],
  data: readonly FirstRow[],
  { file, line }: HeaderPlace,
  { detected, lines, first }: HeaderContext,
): void {
  if (cells.length > 1 || detected === undefined || data.length === 0) return;
  const other = commonDelimiter(lines);
  if (other === undefined) return;
  throw new ConfigurationError(
    `${file}:${line}: the column names (${quote(first)}) are not divided, but the rows below are, by ${quote(other)} ` +
      `(${quote(lines[0])}). If that line is a title, add ${source(`skip-rows: ${data[0]!.line - 1}`)}; ` +
      `if the rows have no names, add ${source('header: false')}; if they are one column of texts, add ` +
      source(`delimiter: ${JSON.stringify(other === ';' ? ',' : ';')}`),
  );
}

/** Years may be names; numbers with decimals are not. */
function checkData(cells: readonly string[], { file, line }: HeaderPlace, { header }: HeaderContext): void {
  if (header === true) return;
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  const numbers = filled.filter(isNumber);
  const fractions = numbers.filter((cell) => /[.]\d/.test(cell));
  const all = filled.length > 0 && numbers.length === filled.length;
  if (!all && (fractions.length === 0 || numbers.length * 2 < filled.length)) return;
  throw new ConfigurationError(
    `${file}:${line}: the first row holds numbers where the column names should be (${quote(cells.join(', '))}). ` +
      `If the file has no names, add ${source('header: false')}, or name its columns: ` +
      `${source('header: [id, weight, …]')}; if these are the names, add ${source('header: true')}`,
  );
}

/** `# a, b`, as numpy.savetxt writes names: the mark is none of the first name's. */
export function withoutHash(
  cells: readonly string[],
  { file, line }: HeaderPlace,
  { trim }: Pick<CsvText, 'trim'>,
): { cells: readonly string[]; told: readonly string[] } {
  const [first = '', ...others] = cells;
  const bare = /^#\s+(\S.*)$/s.exec(first)?.[1];
  if (!trim || bare === undefined) return { cells, told: [] };
  return {
    cells: [bare, ...others],
    told: [`${file}:${line}: the first name ${quote(first)} is read as ${quote(bare)}`],
  };
}

/** Names of nothing for cells that every row has beyond the header, all of them empty: a delimiter at its end. */
export function trailingCells(width: number, data: readonly FirstRow[]): string[] {
  const wider =
    data.length > 0 && data.every(({ cells }) => cells.length === width + 1 && cells.at(-1) === '');
  return wider && width > 0 ? [''] : [];
}
