import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { FileSourceConfig } from '../../config/sections/sources/file-source.ts';
import { type LogEntry, recordingLogger } from '../../platform/logger.ts';
import type { ReadOptions } from '../types.ts';
import { readConfigured } from './read-helpers.ts';
import { temporaryFolder } from './temporary-folder.ts';

const bytes = z.base64().transform((text) => Buffer.from(text, 'base64'));

/** What fixtures/real_tables.py wrote. */
export const realTables = z
  .object({
    encodings: z.record(z.string(), z.object({ text: z.string(), bytes })),
    notations: z.array(
      z.object({
        decimal: z.enum(['.', ',']),
        thousands: z.enum(['.', ',', ' ', "'", '_']).nullable(),
        texts: z.array(z.string()),
        values: z.array(z.number()),
      }),
    ),
    wide: z.object({
      ids: z.array(z.string()),
      amounts: z.array(z.string().nullable()),
      int64: z.array(z.string()),
      parquet: bytes,
      arrow: bytes,
    }),
    index: z.record(z.string(), bytes),
    durations: z.record(z.string(), bytes),
    durations_of_others: z.record(z.string(), bytes),
    names: z.object({ names: z.array(z.string()), parquet: bytes, arrow: bytes }),
    orients: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(readFileSync(new URL('../fixtures/real_tables.json', import.meta.url), 'utf8')));

/** Reads files that are made for the purpose, and keeps the warnings about them. */
export async function readAndHear(
  files: Readonly<Record<string, string | Uint8Array>>,
  source: Partial<FileSourceConfig> = {},
  options: Partial<ReadOptions> = {},
) {
  const entries: LogEntry[] = [];
  await using folder = await temporaryFolder(files);
  const { table, parts } = await readConfigured(
    { type: 'file', path: Object.keys(files), ...source },
    { directory: folder.path, options, logger: recordingLogger(entries) },
  );
  return { table, parts, told: entries.map(({ message }) => message) };
}
