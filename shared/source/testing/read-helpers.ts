import type { FileSourceConfig } from '../../config/sections/sources/file-source.ts';
import { sourceSchema } from '../../config/sections/sources/source.ts';
import type { SourceTable } from '../../dataset/table/origin.ts';
import { type Row, rowAt, type Table } from '../../dataset/table/table.ts';
import { type Clock, fixedClock } from '../../platform/clock.ts';
import { messageOf } from '../../platform/errors.ts';
import { type Logger, silentLogger } from '../../platform/logger.ts';
import { readSource } from '../read-source.ts';
import type { ReadOptions } from '../types.ts';
import { temporaryFolder } from './temporary-folder.ts';

export const readOptions: ReadOptions = {
  missingMarkers: ['', 'NA'],
  trim: true,
  textColumns: new Set(),
};

/** Reads a source from its configuration as it stands in ciclo.yml. */
export function readConfigured(
  source: Readonly<Record<string, unknown>>,
  given: {
    directory?: string;
    options?: Partial<ReadOptions>;
    environment?: Readonly<Record<string, string>>;
    clock?: Clock;
    logger?: Logger;
  } = {},
): Promise<SourceTable> {
  return readSource(
    sourceSchema.parse(source),
    { ...readOptions, ...given.options },
    {
      logger: given.logger ?? silentLogger,
      clock: given.clock ?? fixedClock(0),
      environment: given.environment ?? {},
      directory: given.directory ?? '.',
    },
  );
}

/** Reads files that are made for the purpose. */
export async function readFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
  source: Partial<FileSourceConfig> = {},
  options: Partial<ReadOptions> = {},
): Promise<SourceTable> {
  await using folder = await temporaryFolder(files);
  return await readConfigured(
    { type: 'file', path: Object.keys(files), ...source },
    { directory: folder.path, options },
  );
}

/** A table's rows as plain values. */
export function rowsOf(table: Table): Row[] {
  return Array.from({ length: table.rows }, (_, row) => rowAt(table, row));
}

/** The message that a promise is rejected with. */
export async function messageFrom(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    return messageOf(error);
  }
  throw new Error('nothing was thrown');
}
