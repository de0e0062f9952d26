// `validate.decision`: from which probability on a row of a binary task is predicted positive.
import { z } from 'zod';
import { wordings } from '../messages/wording.ts';

const price = z.number().positive().max(1e9);

/** What an error costs, in any one unit. */
export const costsSchema = z.strictObject({
  missed: price.meta({ description: 'What a row of the positive class costs that is predicted negative.' }),
  'false-alarm': price.meta({
    description: 'What a row of the other class costs that is predicted positive.',
  }),
});

export const decisionSchema = z.strictObject({
  threshold: z
    .number()
    .gt(0)
    .lt(1)
    .register(wordings, { allowed: 'a probability between 0 and 1, such as 0.3' })
    .optional()
    .meta({ description: 'A row is predicted positive from this probability of the positive class on.' }),
  costs: costsSchema.optional().meta({
    description:
      'What errors cost: the threshold of least cost on the validation (or out-of-fold) rows is stored in the model, and the metric cost is the mean cost a row.',
  }),
});

export type Costs = z.output<typeof costsSchema>;
export type DecisionConfig = z.output<typeof decisionSchema>;

/**
 * The threshold of least expected cost for probabilities that are true: false-alarm / (missed + false-alarm) (Elkan, "The
 * Foundations of Cost-Sensitive Learning", IJCAI 2001).
 */
export function thresholdOfCosts({ missed, 'false-alarm': falseAlarm }: Costs): number {
  return falseAlarm / (missed + falseAlarm);
}
