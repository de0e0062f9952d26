import type { KeyPath } from '../messages/key-path.ts';
import type { Problem } from '../messages/problem.ts';
import type { FileSourceConfig } from '../sections/sources/file-source.ts';
import type { HttpSourceConfig } from '../sections/sources/http-source.ts';

/** A source whose rows may be text. */
type TextSource = FileSourceConfig | HttpSourceConfig;

const csvSettings = ['delimiter', 'comment', 'skip-rows', 'header', 'decimal', 'thousands'] as const;
const textFormats: ReadonlySet<string> = new Set(['csv', 'json', 'ndjson']);

/** Settings of text that the format does not use, or that contradict each other. */
export function* textProblems(
  source: TextSource,
  format: string | undefined,
  at: KeyPath,
): Iterable<Problem> {
  for (const key of csvSettings) {
    const value = source[key];
    if (value === undefined || format === undefined || format === 'csv') continue;
    const message = `${JSON.stringify(value)}: ${key === 'delimiter' ? 'a delimiter' : key} is for csv, and the ${source.type === 'file' ? 'files are' : 'format is'} ${format}; leave it out`;
    yield { path: [...at, key], message };
  }
  const { encoding, delimiter, comment } = source;
  if (encoding !== undefined && format !== undefined && !textFormats.has(format)) {
    const message = `"${encoding}": an encoding is for text, and the files are ${format}; leave it out`;
    yield { path: [...at, 'encoding'], message };
  }
  if (encoding !== undefined && !isEncoding(encoding)) {
    const message = `"${encoding}" is not an encoding that is known; allowed: utf-8, utf-16le, utf-16be, windows-1250, windows-1251, windows-1252, iso-8859-1, iso-8859-2, iso-8859-15, macintosh, shift_jis, euc-jp, gbk, gb18030, big5, euc-kr, and others of the WHATWG Encoding Standard`;
    yield { path: [...at, 'encoding'], message };
  }
  if (delimiter !== undefined && /["\r\n]/.test(delimiter)) {
    const message = `${JSON.stringify(delimiter)} ends or quotes fields in CSV; allowed: another character, such as ";"`;
    yield { path: [...at, 'delimiter'], message };
  }
  if (comment !== undefined && !/^[!#$%&'*/:<>@\\^_`|~;-]$/.test(comment)) {
    const message = `${JSON.stringify(comment)} cannot begin a comment; allowed: a character that no row begins with, such as "#" or "%"`;
    yield { path: [...at, 'comment'], message };
  }
  if (comment !== undefined && comment === delimiter) {
    const message = `"${comment}" is the delimiter too; allowed: another character, such as "#"`;
    yield { path: [...at, 'comment'], message };
  }
  yield* numberProblems(source, at);
  yield* headerProblems(source, at);
}

function isEncoding(label: string): boolean {
  try {
    return new TextDecoder(label) instanceof TextDecoder;
  } catch {
    return false;
  }
}

function* numberProblems({ decimal = '.', thousands }: TextSource, at: KeyPath): Iterable<Problem> {
  if (thousands !== decimal) return;
  const other = decimal === '.' ? ',' : '.';
  const message = `"${thousands}" stands before the decimals (decimal: "${decimal}"), so it cannot stand between thousands; did you mean decimal: "${other}"?`;
  yield { path: [...at, 'thousands'], message };
}

function* headerProblems({ header }: TextSource, at: KeyPath): Iterable<Problem> {
  if (!Array.isArray(header)) return;
  for (const [i, name] of header.entries()) {
    const first = header.indexOf(name);
    if (first === i) continue;
    const message = `columns ${first + 1} and ${i + 1} are both named "${name}"; allowed: a name of its own for every column`;
    yield { path: [...at, 'header', i], message };
  }
}
