import { z } from 'zod';
import { wordings } from '../messages/wording.ts';
import { columnName } from './values.ts';

const rows = z.int().min(1).meta({ description: 'Rows to draw; of a smaller table all are taken.' });

/** How many rows are drawn of a table. */
export const sampleSchema = z
  .union([
    rows,
    z.strictObject({
      rows,
      by: columnName.optional().meta({
        description:
          'Column each of whose values keeps its share of the rows. Default: the target of a classification; for numbers, and with data.group, none.',
      }),
    }),
  ])
  .register(wordings, {
    noun: 'a sample',
    allowed: 'a number of rows such as 2000000, or { rows: 2000000, by: region }',
  })
  .meta({
    description:
      'Draws so many rows, by a hash of data.key or data.group, in the engine where one holds them: a row that is in stays in as the table grows, while its share does not fall below it. Default: all rows.',
  });

/** What `data.sample` asks for. */
export interface SampleRule {
  readonly rows: number;
  /** The column each of whose values keeps its share. */
  readonly by?: string;
  /** Values of it that ciclo.yml names. */
  readonly declared?: readonly string[];
}

/** The parts of ciclo.yml that say how rows are drawn. */
interface SampleConfig {
  readonly task: string;
  readonly target: string;
  readonly positive?: string | undefined;
  readonly features?: Readonly<Record<string, { readonly values?: readonly string[] | undefined }>>;
  readonly data: {
    readonly sample?: z.output<typeof sampleSchema> | undefined;
    readonly group?: string | undefined;
  };
}

/** @returns undefined where all rows are taken. */
export function sampleRule({ task, target, positive, features, data }: SampleConfig): SampleRule | undefined {
  const { sample, group } = data;
  if (sample === undefined) return undefined;
  const asked: { readonly rows: number; readonly by?: string | undefined } =
    typeof sample === 'number' ? { rows: sample } : sample;
  // Rows of one group may have several classes, and a group is drawn whole.
  const usual = task === 'regression' || group !== undefined ? undefined : target;
  const by = asked.by ?? usual;
  if (by === undefined) return { rows: asked.rows };
  const classes = by === target && positive !== undefined ? [positive] : [];
  const declared = [...(features?.[by]?.values ?? []), ...classes];
  return { rows: asked.rows, by, ...(declared.length === 0 ? {} : { declared }) };
}
