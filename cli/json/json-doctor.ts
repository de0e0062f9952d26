import { z } from 'zod';

/** What `ciclo doctor --json` prints; a contract as json-output.ts says. */
export const doctorJsonSchema = z.strictObject({
  /** The worst of the findings, those that are not known set aside. */
  status: z.enum(['ok', 'warn', 'fail']),
  findings: z.array(
    z.strictObject({
      check: z.string(),
      status: z.enum(['ok', 'warn', 'fail', 'unknown']),
      message: z.string(),
      mend: z.string().optional(),
    }),
  ),
});

export type DoctorJson = z.output<typeof doctorJsonSchema>;
