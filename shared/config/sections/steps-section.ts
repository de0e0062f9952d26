import { z } from 'zod';
import { namedRecord } from '../../platform/named-record.ts';
import { wordings } from '../messages/wording.ts';
import { eventTimeSpan } from './duration.ts';
import { columnName } from './values.ts';

const tableName = z.string().min(1);
const expression = z.string().min(1);
const columnNames = z.array(columnName).min(1);

/** Columns of two tables: `id`, `[id, region]` where both call them the same, `{ customer: id }` (this table's: the other's) elsewhere. */
const columnPairs = z
  .union([columnName, columnNames, namedRecord(columnName)])
  .register(wordings, { allowed: 'id; or [id, region]; or { customer: id } (this table’s: the other’s)' });

/** One column of two tables: `date`, or `{ date: since }` (this table's: the other's). */
const columnPair = z
  .union([columnName, namedRecord(columnName)])
  .register(wordings, { allowed: 'date; or { date: since } (this table’s: the other’s)' });

const joinStep = z.strictObject({
  with: tableName.meta({ description: 'The source whose columns are brought in.' }),
  on: columnPairs.optional().meta({
    description:
      'Columns whose values are equal. A missing value equals nothing. Not needed with as-of: by default all rows are partners there.',
  }),
  kind: z.enum(['left', 'inner', 'anti']).default('left').meta({
    description:
      'left: rows without a partner stay, what is brought in is missing there; inner: they go; anti: only they stay.',
  }),
  columns: z
    .union([columnNames, namedRecord(columnName)])
    .optional()
    .register(wordings, { allowed: '[city, since]; or { city: home_city } (the other’s: its name here)' })
    .meta({ description: 'What is brought in. Default: all but the keys.' }),
  prefix: z.string().min(1).optional().meta({
    description: 'Put before the names of what is brought in: customer_. Default: nothing.',
  }),
  'as-of': z
    .strictObject({
      time: columnPair.meta({
        description: 'The two columns of time: date, or { date: since }.',
      }),
      tolerance: eventTimeSpan.optional().meta({
        description: 'How much older the partner may be. Default: as old as it is.',
      }),
      'same-time': z.boolean().default(true).meta({
        description: 'Whether a partner of the very same time counts.',
      }),
    })
    .optional()
    .meta({
      description:
        'Of the partners, the newest that is not newer than the row: no row sees the future. Default: time does not matter.',
    }),
});

const ofColumn = columnName.optional();
const rollup = z
  .union([
    z.literal('count'),
    z
      .strictObject({
        sum: ofColumn.meta({ description: 'The sum of this column of numbers, in its unit.' }),
        mean: ofColumn.meta({ description: 'The mean of this column of numbers, in its unit.' }),
        min: ofColumn.meta({ description: 'The smallest value of this column.' }),
        max: ofColumn.meta({ description: 'The largest value of this column.' }),
        distinct: ofColumn.meta({ description: 'How many different values this column has.' }),
        last: ofColumn.meta({
          description: 'The last known value of this column, by time, else by the order of rows.',
        }),
      })
      .refine((kinds) => Object.keys(kinds).length === 1, {
        error: 'one thing is rolled up a column, such as { sum: amount }',
        // A misspelt one is told as that.
        when: ({ issues }) => issues.length === 0,
      })
      // The same for the published schema.
      .meta({ minProperties: 1, maxProperties: 1 }),
  ])
  .register(wordings, {
    allowed: 'count; or { sum: amount }, and so with mean, min, max, distinct, last',
  });

const groupStep = z.strictObject({
  by: columnPairs.optional().meta({
    description:
      'Columns whose equal values make a group; with of as in a join, { customer: id } where names differ. Default: all rows are one.',
  }),
  of: tableName.optional().meta({
    description: 'With window: the source whose rows are rolled up. Default: the rows of the table itself.',
  }),
  rollup: namedRecord(rollup).meta({
    description: 'New columns: { orders: count, spent: { sum: amount } }. Missing values do not count.',
  }),
  time: columnPair.optional().meta({
    description:
      'The column of time that last and window use, which window needs: date, or { date: ordered_at }. Default: none, last goes by the order of rows.',
  }),
  window: eventTimeSpan.optional().meta({
    description:
      'Every row stays, and gets the rollups of the rows in this span before its own time: 90d. Its own time is not part of the span. Default: one row for each group.',
  }),
});

/** One step. It has one verb, and may say which table it changes. */
export const stepSchema = z
  .strictObject({
    table: tableName.optional().meta({
      description: 'The source that the step changes. Default: the first.',
    }),
    filter: expression.optional().meta({
      description: 'Keeps the rows for which this is true: "d => d.amount > 0".',
    }),
    derive: namedRecord(expression).optional().meta({
      description: 'New columns: { days: "d => (d.sold - d.listed) / 86_400_000" }.',
    }),
    join: joinStep.optional().meta({ description: 'Brings in columns of another source.' }),
    group: groupStep.optional().meta({
      description: 'One row for each group; or, with window, columns from the rows before each row.',
    }),
    select: z
      .union([
        columnNames,
        z.strictObject({
          except: columnNames.meta({ description: 'The columns that go; all others stay.' }),
        }),
      ])
      .optional()
      .register(wordings, { allowed: '[id, amount]; or { except: [note] }' })
      .meta({ description: 'The columns that stay.' }),
    rename: namedRecord(columnName).optional().meta({ description: 'New names: { old: new }.' }),
    union: z
      .union([tableName, z.array(tableName).min(1)])
      .optional()
      .register(wordings, { allowed: 'the name of a source, or a list of them' })
      .meta({ description: 'The rows of other sources, with the same columns, below these.' }),
    dedupe: z
      .union([
        columnNames,
        z.strictObject({
          by: columnNames.meta({ description: 'The columns in which rows are equal.' }),
          keep: z
            .enum(['first', 'last'])
            .default('first')
            .meta({ description: 'Which of the equal rows stays, in the order of rows.' }),
        }),
      ])
      .optional()
      .register(wordings, { allowed: '[id]; or { by: [id], keep: last }' })
      .meta({ description: 'Of rows that are equal in these columns one stays, the first by default.' }),
  })
  .meta({ description: 'One verb: filter, derive, join, group, select, rename, union or dedupe.' });

export type StepConfig = z.output<typeof stepSchema>;
export type JoinConfig = z.output<typeof joinStep>;
export type GroupConfig = z.output<typeof groupStep>;
export type RollupConfig = z.output<typeof rollup>;

/** What a step may do: exactly one of these is written. */
export const stepVerbs = [
  'filter',
  'derive',
  'join',
  'group',
  'select',
  'rename',
  'union',
  'dedupe',
] as const satisfies readonly (keyof StepConfig)[];
export type StepVerb = (typeof stepVerbs)[number];

/** The verb of a step. */
export function verbOf(step: StepConfig): StepVerb {
  return stepVerbs.find((verb) => step[verb] !== undefined)!;
}

/** Pairs of columns, this table's first. */
export function pairsOf(
  pairs: string | readonly string[] | Readonly<Record<string, string>> = [],
): [string, string][] {
  if (typeof pairs === 'string') return [[pairs, pairs]];
  return Array.isArray(pairs) ? pairs.map((name: string) => [name, name]) : Object.entries(pairs);
}

/** What is counted or computed of a group. */
export type RollupKind = 'count' | 'sum' | 'mean' | 'min' | 'max' | 'distinct' | 'last';

/** What a rollup does, and with which column; a count has none. */
export function rollupOf(rollup: RollupConfig): { readonly kind: RollupKind; readonly column?: string } {
  if (rollup === 'count') return { kind: 'count' };
  const [[kind, column]] = Object.entries(rollup) as [[RollupKind, string]];
  return { kind, column };
}
