// Keys of how values become inputs, of one column (features) or of all of a kind (prepare).
import { z } from 'zod';
import { wordings } from '../messages/wording.ts';
import { fewestPublishedRows } from './published-rows.ts';

/** How far a scaled number may lie from 0. */
export const bound = z
  .union([z.literal('none'), z.number().positive()])
  .optional()
  .register(wordings, { allowed: 'none, or a number above 0 such as 8' });

/** How often a category must have been seen in training. */
export const minCount = z
  .union([z.literal('auto'), z.int().min(fewestPublishedRows)])
  .register(wordings, { allowed: `auto, or a whole number of at least ${fewestPublishedRows}` });
