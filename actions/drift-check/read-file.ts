import type { SourceTable } from '../../shared/dataset/table/origin.ts';
import { readSource } from '../../shared/source/read-source.ts';
import type { VerbPorts } from '../ports.ts';

/** A file, or several of one kind, to be compared: plain data. */
export interface FileToRead {
  /** Path or glob. */
  readonly path: string;
  /** Folder that relative paths start from. */
  readonly directory: string;
  readonly missingMarkers: readonly string[];
  readonly trim: boolean;
  /** Whether the rows are for several threads. */
  readonly sharedMemory: boolean;
  /** Columns that stay texts: their numbers are not written as programs write them. */
  readonly textColumns?: readonly string[];
}

/** Reads a table that is given by hand, without a pipeline. */
export function readFileRows(
  { path, directory, missingMarkers, trim, sharedMemory, textColumns = [] }: FileToRead,
  ports: VerbPorts,
): Promise<SourceTable> {
  return readSource(
    { type: 'file', path, columns: 'same' },
    { missingMarkers, trim, textColumns: new Set(textColumns), sharedMemory },
    { ...ports, directory },
  );
}
