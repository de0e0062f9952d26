// Where rows are: the union of the kinds of sources, a file for each.
import { z } from 'zod';
import { namedRecord } from '../../../platform/named-record.ts';
import { namedValues } from '../../../platform/named-values.ts';
import { wordings } from '../../messages/wording.ts';
import { columnName, columnType, keySchema } from '../values.ts';
import { duckdbSourceSchema } from './duckdb-source.ts';
import { fileSourceSchema, isObjectSource } from './file-source.ts';
import { httpSourceSchema } from './http-source.ts';
import { postgresSourceSchema } from './postgres-source.ts';
import { text } from './source-keys.ts';
import { trinoSourceSchema } from './trino-source.ts';

const sourceWords =
  '{ type: file, … }; or { type: http, … }; or { type: postgres, … }; or { type: duckdb, … }; or { type: trino, … }';

/** `data.source`. */
export const sourceSchema = z
  .discriminatedUnion('type', [
    fileSourceSchema,
    httpSourceSchema,
    postgresSourceSchema,
    duckdbSourceSchema,
    trinoSourceSchema,
  ])
  .register(wordings, { allowed: sourceWords })
  .meta({ description: 'Where the rows are.' });

/** What a source says of itself where there are several, beside where it is. */
export const sourceFacts = {
  key: keySchema.optional().meta({
    description:
      'What identifies a row of the source. Its rows are then put in the order of the key, so that results do not depend on the order in which the source gives them; rows that share a key are reported. Default: none, rows stay in the order in which the source gives them.',
  }),
  time: columnName.optional().meta({
    description: 'Column with the time at which a row became known. Default for the first source: data.time.',
  }),
  timeless: z.boolean().default(false).meta({
    description:
      'true: its rows have held at all times, as a list of countries does; replay may use them for every period.',
  }),
  types: namedRecord(
    z.union([
      columnType,
      z.strictObject({
        type: columnType.optional().meta({ description: 'Default: inferred from all rows.' }),
        format: text.optional().meta({
          description:
            'How its dates or numbers are written, as features.<column>.format. Default: found from the values.',
        }),
      }),
    ]),
  )
    .default(() => namedValues<never>())
    .meta({
      description:
        'Types of columns that steps use: { since: date }, or { since: { type: date, format: dd.MM.yyyy } }. The rest is inferred.',
    }),
};

/** One of several sources. */
export const namedSourceSchema = z
  .discriminatedUnion('type', [
    fileSourceSchema.extend(sourceFacts),
    httpSourceSchema.extend(sourceFacts),
    postgresSourceSchema.extend(sourceFacts),
    duckdbSourceSchema.extend(sourceFacts),
    trinoSourceSchema.extend(sourceFacts),
  ])
  .register(wordings, { allowed: sourceWords })
  .meta({ description: 'Where the rows of one source are.' });

export type SourceConfig = z.output<typeof sourceSchema>;
export type NamedSourceConfig = z.output<typeof namedSourceSchema>;

/** Whether the rows of a source are no files beside ciclo.yml: git does not hold them, so that a snapshot must. */
export function isOutsideGit(source: SourceConfig): boolean {
  return source.type !== 'file' || isObjectSource(source);
}

/** Whether an engine holds the rows of a source, which counts and draws where they are. */
export function isEngineSource(source: SourceConfig | undefined): boolean {
  return source?.type === 'postgres' || source?.type === 'duckdb' || source?.type === 'trino';
}
