import { z } from 'zod';
import { namedRecord } from '../../platform/named-record.ts';
import { sampleSchema } from './sample-section.ts';
import { namedSourceSchema, type SourceConfig, sourceSchema } from './sources/source.ts';
import { stepSchema } from './steps-section.ts';
import { columnName, keySchema } from './values.ts';

/** The section `data`: where rows come from, what identifies one, and when it was. */
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

export type DataConfig = z.output<typeof dataSchema>;

/** The sources of the data: one, or several in their order. */
export function sourcesOf({ source, sources }: Pick<DataConfig, 'source' | 'sources'>): SourceConfig[] {
  return source ? [source] : Object.values(sources ?? {});
}

/** The columns of an explicit `data.key`; none where it is not declared. */
export function declaredKey({ key }: Pick<DataConfig, 'key'>): readonly string[] {
  return [key ?? []].flat();
}
