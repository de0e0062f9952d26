import { z } from 'zod';

const factor = z
  .number()
  .positive()
  .max(1)
  .meta({ description: 'What the learning rate is multiplied by each time.' });

/** How the learning rate changes from epoch to epoch. */
export const learningRateSchedule = z.union([
  z.enum(['constant', 'cosine']),
  z.strictObject({
    step: z
      .strictObject({
        every: z.int().min(1).meta({ description: 'Epochs between two steps.' }),
        factor,
      })
      .meta({ description: 'The rate falls by a factor, again and again after so many epochs.' }),
  }),
  z.strictObject({
    plateau: z
      .strictObject({
        patience: z
          .int()
          .min(1)
          .meta({ description: 'Epochs without a better validation loss before the rate falls.' }),
        factor,
      })
      .meta({ description: 'The rate falls by a factor when the validation loss has stopped falling.' }),
  }),
]);

export type LearningRateSchedule = z.output<typeof learningRateSchedule>;
