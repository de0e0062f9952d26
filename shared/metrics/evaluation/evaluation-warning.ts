// What evaluation.json says is to be looked at before the verdict is believed.
import { z } from 'zod';

export const evaluationWarning = z.strictObject({
  /**
   * `too-good`: nearly perfect, or by one or two columns. `validation-gap`: validation and test rows are not alike. `few-rows`:
   * a few rows make up most of the squared error. `no-skill`: no better than the naive baseline.
   * `contradiction`: predicted labels go against the probabilities.
   */
  kind: z.enum(['too-good', 'validation-gap', 'few-rows', 'no-skill', 'contradiction']),
  /** The columns to look at. */
  columns: z.array(z.string()).optional(),
  /** What was found and what to look for. */
  message: z.string(),
});

export type EvaluationWarning = z.output<typeof evaluationWarning>;
