import { z } from 'zod';
import { namedRecord } from '../../platform/named-record.ts';
import { namedValues } from '../../platform/named-values.ts';
import { wordings } from '../messages/wording.ts';
import { paginationSchema, sinceSchema } from './http-pages.ts';
import { objectPaths, objectStorageSchema } from './object-storage.ts';
import { sampleSchema } from './sample-section.ts';
import { stepSchema } from './steps-section.ts';
import { columnName, columnType, keySchema } from './values.ts';

/** `${{ env.NAME }}` inside a value is replaced from the environment when the source is read, and never logged. */
const text = z.string().min(1);

const mostRows = z
  .int()
  .min(1)
  .default(10_000_000)
  .meta({ description: 'Most rows that the query may answer; more end the run with an error.' });

/** How text is written; only `encoding` is for JSON and NDJSON too. */
const textSettings = {
  delimiter: z.string().length(1).optional().meta({
    description: 'CSV only. Default: found from the header row, or from a first line such as sep=;',
  }),
  encoding: text.optional().meta({
    description:
      'CSV, JSON and NDJSON: utf-8 (default), utf-16le, windows-1252, iso-8859-15, shift_jis, gbk, or another name of the WHATWG Encoding Standard.',
  }),
  comment: z
    .string()
    .length(1)
    .optional()
    .meta({ description: 'CSV only: lines that begin with this character are skipped. Default: none.' }),
  'skip-rows': z
    .int()
    .min(0)
    .optional()
    .meta({ description: 'CSV only: how many lines are above the header, such as a title. Default: 0.' }),
  header: z
    .union([z.boolean(), z.array(columnName).min(1)])
    .optional()
    .register(wordings, { allowed: 'true, false, or the names of the columns: [id, weight, price]' })
    .meta({
      description:
        'CSV only. false: the first row is data already, columns are c1, c2 and so on; or their names. true: the first row holds names, even if they look like numbers. Default: it does, and names that look like numbers are an error.',
    }),
  decimal: z
    .enum(['.', ','])
    .optional()
    .register(wordings, { allowed: '"." or ","' })
    .meta({ description: 'CSV only: what comes before the decimals. Default: "."' }),
  thousands: z
    .enum([',', '.', "'", ' ', '_'])
    .optional()
    .register(wordings, { allowed: `",", ".", "'", " " or "_"` })
    .meta({
      description:
        'CSV only: what comes between groups of digits; " " means non-breaking spaces too. Default: found from the values of each column.',
    }),
};

const fileSource = z.strictObject({
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

const httpSource = z.strictObject({
  type: z.literal('http').meta({ description: 'An API that answers JSON, NDJSON or CSV, page by page.' }),
  // Not z.url: a part of it, or all of it, may come from the environment.
  url: z
    .string()
    .regex(/^(https?:\/\/\S|\$\{\{)/)
    .register(wordings, { noun: 'a URL', allowed: 'a URL that starts with https:// or http://' })
    .meta({ description: 'Address of the first page; parts may be ${{ env.CICLO_… }}.' }),
  format: z
    .enum(['json', 'ndjson', 'csv'])
    .default('json')
    .meta({ description: 'How the answers are written. Default: json.' }),
  ...textSettings,
  query: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .default({})
    .meta({ description: 'Parameters of every request: { since: 2020 }. Default: none.' }),
  headers: z.record(z.string(), z.string()).default({}).meta({
    description: 'Secrets by ${{ env.CICLO_… }} only; never logged; dropped on a redirect to another host.',
  }),
  rows: text.default('$').meta({ description: 'JSON: where the rows are: $.data.items' }),
  pagination: paginationSchema
    .optional()
    .meta({ description: 'How the API gives its rows page by page. Default: one request holds them all.' }),
  since: sinceSchema.optional().meta({
    description:
      'Asks only for rows since the newest time that ciclo.lock pins; those before come from its snapshot. Needs data.time. Default: all rows are asked for.',
  }),
  'max-pages': z
    .int()
    .min(1)
    .default(1000)
    .meta({ description: 'Most pages that are asked for; more end the run with an error.' }),
  'max-bytes': z
    .int()
    .min(1)
    .default(1_073_741_824)
    .meta({ description: 'Of all pages together. Default 1 GiB.' }),
  timeout: z.number().positive().default(30).meta({ description: 'Seconds for each request.' }),
  retries: z
    .int()
    .min(0)
    .max(20)
    .default(4)
    .meta({ description: 'Further tries on 429, 5xx and broken connections.' }),
});

const postgresSource = z.strictObject({
  type: z.literal('postgres').meta({ description: 'A query of PostgreSQL.' }),
  url: z
    .string()
    .default('${{ env.CICLO_POSTGRES_URL }}')
    .meta({ description: 'Connection URL, from the environment: ${{ env.CICLO_POSTGRES_URL }}' }),
  query: text.meta({ description: 'One SELECT, with its own ORDER BY; it runs in a read-only transaction.' }),
  timeout: z.number().positive().default(300).meta({ description: 'Seconds for the whole query.' }),
  'max-rows': mostRows,
});

const duckdbSource = z.strictObject({
  type: z.literal('duckdb').meta({ description: 'A query of DuckDB, over files or a database file.' }),
  database: text.optional().meta({
    description:
      'File of a DuckDB database, relative to ciclo.yml, opened for reading only. Default: none, for a query that reads files.',
  }),
  query: text.meta({
    description:
      "One SELECT of DuckDB's, over tables of the database, or over files: SELECT * FROM 'data/*.parquet'. Its rows are put in an order of their own.",
  }),
  memory: z
    .string()
    .regex(/^\d+(\.\d+)? ?(MB|GB|MiB|GiB)$/)
    .optional()
    .register(wordings, { noun: 'an amount of memory', allowed: 'a number with MB or GB, such as 2GB' })
    .meta({ description: 'What DuckDB may take; beyond, it spills. Default: 80% of what there is.' }),
  timeout: z.number().positive().default(300).meta({ description: 'Seconds for the whole query.' }),
  'max-rows': mostRows,
});

const trinoSource = z.strictObject({
  type: z.literal('trino').meta({ description: 'A query of Trino, over whatever the cluster reaches.' }),
  url: z.string().min(1).default('${{ env.CICLO_TRINO_URL }}').meta({
    description:
      'Address of the coordinator, https://host:port, from the environment where user and password are in it: ${{ env.CICLO_TRINO_URL }}',
  }),
  user: text.optional().meta({
    description: 'Who asks. Default: the user in url; with token, whom it names; else ciclo.',
  }),
  password: text.optional().meta({
    description: 'By ${{ env.CICLO_… }} only, and only to an address with https. Default: the one in url.',
  }),
  token: text.optional().meta({
    description:
      'A JWT in place of a password, by ${{ env.CICLO_… }} only, and only to an address with https. Default: none.',
  }),
  catalog: text
    .optional()
    .meta({ description: 'Where tables are that the query names without a catalog. Default: none.' }),
  schema: text
    .optional()
    .meta({ description: 'Where tables are that the query names without a schema. Default: none.' }),
  query: text.meta({ description: "One SELECT of Trino's. Its rows are put in an order of their own." }),
  timeout: z.number().positive().default(300).meta({ description: 'Seconds for the whole query.' }),
  'max-rows': mostRows,
});

const sourceWords =
  '{ type: file, … }; or { type: http, … }; or { type: postgres, … }; or { type: duckdb, … }; or { type: trino, … }';

export const sourceSchema = z
  .discriminatedUnion('type', [fileSource, httpSource, postgresSource, duckdbSource, trinoSource])
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
    fileSource.extend(sourceFacts),
    httpSource.extend(sourceFacts),
    postgresSource.extend(sourceFacts),
    duckdbSource.extend(sourceFacts),
    trinoSource.extend(sourceFacts),
  ])
  .register(wordings, { allowed: sourceWords })
  .meta({ description: 'Where the rows of one source are.' });

export const dataSchema = z.strictObject({
  // Or sources: one of them is required, see step-checks.ts.
  source: sourceSchema.optional(),
  sources: namedRecord(namedSourceSchema).optional().meta({
    description:
      'In place of source, several, by name: each has the keys of source, and those below. The first is the table of the data; steps bring the others into it.',
  }),
  steps: z.array(stepSchema).optional().meta({
    description:
      'What is done with the sources, one after the other: join, filter, derive, group … Default: nothing.',
  }),
  key: keySchema.optional().meta({
    description: 'What identifies a row; the split hashes it. Default: all columns but the target.',
  }),
  time: columnName
    .optional()
    .meta({ description: 'Column of the event time; enables windows. Default: none, rows have no order.' }),
  group: columnName.optional().meta({
    description:
      'Rows of one group never straddle the split (a patient, a household). Default: each row is its own.',
  }),
  sample: sampleSchema.optional(),
  snapshot: z.string().default('.ciclo/snapshots').meta({
    description:
      'Folder that keeps what sources outside git (APIs, databases, object storage) answered, and sources that steps look up whatever the time, by digest.',
  }),
});

/** How the text of files and answers is written. */
export type TextSettings = Partial<
  Pick<
    FileSourceConfig,
    'delimiter' | 'encoding' | 'comment' | 'skip-rows' | 'header' | 'decimal' | 'thousands'
  >
>;
export type SourceConfig = z.output<typeof sourceSchema>;
export type NamedSourceConfig = z.output<typeof namedSourceSchema>;
export type FileSourceConfig = z.output<typeof fileSource>;
export type HttpSourceConfig = z.output<typeof httpSource>;
export type PostgresSourceConfig = z.output<typeof postgresSource>;
export type DuckDbSourceConfig = z.output<typeof duckdbSource>;
export type TrinoSourceConfig = z.output<typeof trinoSource>;
export type DataConfig = z.output<typeof dataSchema>;

/** The sources of the data: one, or several in their order. */
export function sourcesOf({ source, sources }: Pick<DataConfig, 'source' | 'sources'>): SourceConfig[] {
  return source ? [source] : Object.values(sources ?? {});
}

/** Whether the files of a source are in object storage. */
export function isObjectSource(source: Pick<FileSourceConfig, 'path'>): boolean {
  return objectPaths(source.path).length > 0;
}

/** Whether the rows of a source are no files beside ciclo.yml: git does not hold them, so that a snapshot must. */
export function isOutsideGit(source: SourceConfig): boolean {
  return source.type !== 'file' || isObjectSource(source);
}

/** Whether an engine holds the rows of a source, which counts and draws where they are. */
export function isEngineSource(source: SourceConfig | undefined): boolean {
  return source?.type === 'postgres' || source?.type === 'duckdb' || source?.type === 'trino';
}
