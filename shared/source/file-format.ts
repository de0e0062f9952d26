import path from 'node:path';
import type { FileSourceConfig } from '../config/sections/data-section.ts';
import { ConfigurationError } from '../platform/errors.ts';

export type FileFormat = NonNullable<FileSourceConfig['format']>;

const formatOfExtension: Readonly<Record<string, FileFormat | undefined>> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.txt': 'csv',
  '.json': 'json',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.parquet': 'parquet',
  '.pq': 'parquet',
  '.arrow': 'arrow',
  '.arrows': 'arrow',
  '.feather': 'arrow',
  '.ipc': 'arrow',
};

/** The format that a file's name tells, `.gz` set aside; undefined when it tells none. */
export function knownFormat(name: string): FileFormat | undefined {
  return formatOfExtension[path.posix.extname(name.replace(/\.gz$/i, '')).toLowerCase()];
}

/** Whether a name is that of a mark such as `_SUCCESS`, which Spark writes beside the data. */
export function isMark(name: string): boolean {
  const base = path.posix.basename(name);
  return base.startsWith('_') && knownFormat(base) === undefined;
}

const usualCopy = 'write its table as CSV or Parquet';
/** Files that hold tables and are not read, by what they are; each with what makes one that is. */
const unreadKinds: readonly {
  readonly endings: readonly string[];
  readonly what: string;
  readonly remedy: string;
}[] = [
  {
    endings: ['.xlsx', '.xls', '.xlsm', '.ods', '.numbers'],
    what: 'a spreadsheet',
    remedy: 'save the sheet as CSV (UTF-8)',
  },
  {
    endings: ['.sqlite', '.sqlite3', '.db', '.db3'],
    what: 'a database of SQLite',
    remedy: `${usualCopy}: sqlite3 -header -csv <file> "SELECT * FROM <table>" > data.csv`,
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
  },
  {
    endings: ['.zip', '.7z', '.tar', '.tgz', '.bz2', '.xz', '.zst'],
    what: 'an archive',
    remedy: 'unpack it',
  },
];

/** What a file is that holds a table and is not read, and what to do; undefined for any other. */
export function unreadAdvice(name: string): string | undefined {
  const ending = path.posix.extname(name).toLowerCase();
  const kind = unreadKinds.find(({ endings }) => endings.includes(ending));
  return kind && `${name} is ${kind.what}, which is not read: ${kind.remedy}`;
}

/** As {@link knownFormat}. @throws ConfigurationError when the name tells none. */
export function formatOfName(name: string): FileFormat {
  const format = knownFormat(name);
  if (format) return format;
  const advice = unreadAdvice(name);
  if (advice !== undefined) throw new ConfigurationError(advice);
  throw new ConfigurationError(
    `cannot tell the format of ${name} from its name; set data.source.format to csv, json, ndjson, parquet or arrow`,
  );
}
