import { z } from 'zod';
import { wordings } from './wording.ts';

export const deploySchema = z.strictObject({
  environment: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/)
    .register(wordings, {
      noun: 'an environment',
      allowed: 'lower-case letters, digits and dashes, starting with a letter',
    })
    .default('production')
    .meta({ description: 'The environment on GitHub, and the stage in the tags of versions.' }),
});
