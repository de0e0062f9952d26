import { z } from 'zod';
import { objectPaths, objectStorageSchema } from './object-storage.ts';
import { text } from './source-keys.ts';
import { textSettings } from './text-settings.ts';

/** A source of `type: file`. */
export const fileSourceSchema = z.strictObject({
  type: z.literal('file').meta({ description: 'Files, beside ciclo.yml or in object storage.' }),
  path: z.union([text, z.array(text).min(1)]).meta({
    description:
      'Path, folder or glob (or several), relative to ciclo.yml, or in object storage: s3://bucket/path/*.parquet. Many files are one table; folders such as year=2024 are columns.',
  }),
  // Without a default: what is not said is not part of the declaration.
  storage: objectStorageSchema.optional(),
  format: z
    .enum(['csv', 'json', 'ndjson', 'parquet', 'arrow'])
    .optional()
    .meta({ description: 'Default: by the file name; .gz is unpacked.' }),
  ...textSettings,
  columns: z.enum(['same', 'union']).default('same').meta({
    description: 'same: every file has the same columns; union: a column that a file lacks is missing there.',
  }),
  rows: text.optional().meta({
    description:
      'JSON only: where the rows are, as a path such as $.data.items[*]. Default: the whole document.',
  }),
});

export type FileSourceConfig = z.output<typeof fileSourceSchema>;

/** Whether the files of a source are in object storage. */
export function isObjectSource(source: Pick<FileSourceConfig, 'path'>): boolean {
  return objectPaths(source.path).length > 0;
}
