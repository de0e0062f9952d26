import { z } from 'zod';
import { tasks } from '../../shared/metrics/descriptors/descriptor.ts';
import { validateJsonSchema } from './json-evaluation.ts';

const reasoned = z.strictObject({ value: z.string(), why: z.string() });

/** What `ciclo init --json` prints; a contract as json-output.ts says. */
export const initJsonSchema = z.strictObject({
  /** Absent where a ciclo.yml was there and no data was named. */
  proposal: z
    .strictObject({
      name: z.string(),
      task: z.enum(tasks),
      target: reasoned,
      positive: reasoned.optional(),
      key: reasoned.optional(),
      time: reasoned.optional(),
      group: reasoned.optional(),
      /** Labels that few rows have: published with the model, or their rows left out. */
      rareLabels: z
        .strictObject({
          labels: z.array(z.strictObject({ label: z.string(), rows: z.int() })),
          published: z.boolean(),
        })
        .optional(),
      leftOut: z.array(z.strictObject({ column: z.string(), why: z.string() })),
      notes: z.array(z.string()),
      /** The text of ciclo.yml, with gates where there is a first model. */
      text: z.string(),
    })
    .optional(),
  files: z.array(
    z.strictObject({
      file: z.string(),
      /** `planned` with `--dry-run`; `kept`: another is there and stays. */
      status: z.enum(['written', 'added', 'same', 'kept', 'planned']),
      differences: z.array(z.string()).optional(),
    }),
  ),
  /** Of the first model, by the gates that are proposed. */
  evaluation: validateJsonSchema.optional(),
  next: z.strictObject({
    commands: z.array(z.string()),
    settings: z.array(z.strictObject({ what: z.string(), page: z.string().optional() })),
  }),
});

export type InitJson = z.output<typeof initJsonSchema>;
