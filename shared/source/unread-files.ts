// Files that hold tables and are not read, or not as what they are called: told by their names, or by their first bytes.
import path from 'node:path';
import { ConfigurationError } from '../platform/errors.ts';

/** A kind of files. */
interface FileKind {
  readonly endings: readonly string[];
  readonly what: string;
  /** What makes a file that is read. */
  readonly remedy: string;
  /** Whether a file that begins so is one. */
  readonly begins?: (bytes: Buffer) => boolean;
}

const usualCopy = 'write its table as CSV or Parquet';

/** Most of them first: an archive of ZIP may be a spreadsheet. */
const unreadKinds: readonly FileKind[] = [
  {
    endings: ['.xlsx', '.xls', '.xlsm', '.ods', '.numbers'],
    what: 'a spreadsheet',
    remedy: 'save the sheet as CSV (UTF-8)',
    begins: (bytes) =>
      isSheetInZip(bytes) || startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
  },
  {
    endings: ['.sqlite', '.sqlite3', '.db', '.db3'],
    what: 'a database of SQLite',
    remedy: `${usualCopy}: sqlite3 -header -csv <file> "SELECT * FROM <table>" > data.csv`,
    begins: (bytes) => startsWith(bytes, 'SQLite format 3\0'),
  },
  {
    endings: [
      '.rds',
      '.rdata',
      '.rda',
      '.dta',
      '.sav',
      '.sas7bdat',
      '.pkl',
      '.pickle',
      '.h5',
      '.hdf5',
      '.npy',
      '.npz',
    ],
    what: 'a file of a statistics program',
    remedy: `${usualCopy} there`,
    begins: (bytes) =>
      startsWith(bytes, '\x89HDF\r\n\x1a\n') ||
      startsWith(bytes, '\x93NUMPY') ||
      (bytes[0] === 0x80 && bytes[1]! >= 2 && bytes[1]! <= 5),
  },
  {
    endings: ['.zip', '.7z', '.tar', '.tgz', '.bz2', '.xz', '.zst'],
    what: 'an archive',
    remedy: 'unpack it',
    begins: (bytes) =>
      isZip(bytes) ||
      startsWith(bytes, [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]) ||
      (startsWith(bytes, 'BZh') && bytes.subarray(4, 10).equals(Buffer.from('314159265359', 'hex'))) ||
      startsWith(bytes, [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]) ||
      startsWith(bytes, [0x28, 0xb5, 0x2f, 0xfd]),
  },
];

/** Files that are read, under a name or a format of their own. */
const otherFormats: readonly Required<Omit<FileKind, 'endings'>>[] = [
  {
    what: 'a Parquet file',
    remedy: 'end its name in .parquet, or set data.source.format to parquet',
    // A text may begin with the same letters; in a file a page's header follows.
    begins: (bytes) => startsWith(bytes, 'PAR1') && bytes[4]! < 0x20 && !isSpace(bytes[4]!),
  },
  {
    what: 'an Arrow file',
    remedy: 'end its name in .arrow, or set data.source.format to arrow',
    begins: (bytes) => startsWith(bytes, 'ARROW1\0'),
  },
  {
    what: 'a database of DuckDB',
    remedy: 'set data.source to { type: duckdb, database: <file>, query: <SELECT …> }',
    begins: (bytes) => bytes.toString('latin1', 8, 12) === 'DUCK',
  },
  {
    what: 'packed with gzip',
    remedy: 'end its name in .gz, or unpack it',
    begins: (bytes) => startsWith(bytes, [0x1f, 0x8b, 0x08]),
  },
];

/** What a file is that holds a table and is not read, by its name, and what to do; undefined for any other. */
export function unreadAdvice(name: string): string | undefined {
  const ending = path.posix.extname(name).toLowerCase();
  const kind = unreadKinds.find(({ endings }) => endings.includes(ending));
  return kind && `${name} is ${kind.what}, which is not read: ${kind.remedy}`;
}

/**
 * Refuses a file that is something else than it is called.
 *
 * @param start its first bytes, of a `.gz` unpacked: some hundred where there are so many.
 * @throws ConfigurationError that says what it is, and what to do.
 */
export function refuseForeign(start: Uint8Array, name: string): void {
  const bytes = Buffer.from(start.buffer, start.byteOffset, Math.min(start.byteLength, 4096));
  const is = ({ begins }: Pick<FileKind, 'begins'>): boolean => begins?.(bytes) === true;
  const kind = unreadKinds.find(is) ?? otherFormats.find(is);
  if (kind === undefined) return;
  throw new ConfigurationError(`${name} is ${kind.what}, by its first bytes: ${kind.remedy}`);
}

function startsWith(bytes: Buffer, start: string | readonly number[]): boolean {
  const wanted = typeof start === 'string' ? Buffer.from(start, 'latin1') : Buffer.from(start);
  return bytes.subarray(0, wanted.length).equals(wanted);
}

const isSpace = (byte: number): boolean => byte === 9 || byte === 10 || byte === 13;

/** With a member, or empty. */
function isZip(bytes: Buffer): boolean {
  return startsWith(bytes, 'PK\x03\x04') || startsWith(bytes, 'PK\x05\x06');
}

/** Workbooks of Excel name their parts first, those of OpenDocument their type. */
function isSheetInZip(bytes: Buffer): boolean {
  return (
    isZip(bytes) &&
    /\[Content_Types\]\.xml|_rels\/\.rels|xl\/|opendocument\.spreadsheet/.test(bytes.toString('latin1'))
  );
}
