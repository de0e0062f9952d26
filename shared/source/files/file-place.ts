import path from 'node:path';
import type { FileFormat } from '../file-format.ts';
import { resolvePaths } from '../file-paths.ts';
import type { OpenRanges } from './byte-ranges.ts';
import type { ByteSource } from './byte-source.ts';
import { openFile } from './file-bytes.ts';
import { openRanges } from './file-ranges.ts';

/** Where the files of a source are: a folder of the machine, or object storage. */
export interface FilePlace {
  /** The files that paths, folders and globs name, sorted. @throws ConfigurationError when one names no file. */
  names(patterns: readonly string[], format?: FileFormat): Promise<string[]>;
  /** A file's bytes from its start; those of a `.gz` unpacked. @param name one of `names`. */
  open(name: string): Promise<ByteSource>;
  /** A file's bytes as they are stored, by ranges. @param name one of `names`. */
  ranges(name: string): Promise<OpenRanges>;
  /** Lets go of what it holds. */
  close(): Promise<void>;
}

/** Files of the machine, by path from a folder. */
export function filesOfDisk(directory: string): FilePlace {
  return {
    names: (patterns, format) => resolvePaths(patterns, directory, format),
    open: (name) => openFile(path.resolve(directory, name), name),
    ranges: (name) => openRanges(path.resolve(directory, name), name),
    close: () => Promise.resolve(),
  };
}
