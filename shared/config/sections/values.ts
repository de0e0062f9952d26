import { z } from 'zod';
import { boundText } from '../../text/number-format.ts';
import {
  declaredShare,
  parsePercent,
  percentPattern,
  positiveSharePattern,
  sharePattern,
} from '../../text/percent.ts';
import { wordings } from '../messages/wording.ts';

/** The name of a column. */
export const columnName = z.string().min(1);

/** A column, or several whose values together identify a row. */
export const keySchema = z.union([columnName, z.array(columnName).min(1)]);

/** What a column holds. */
export const columnType = z.enum(['number', 'category', 'boolean', 'date']);

const percentage = z.string().regex(percentPattern, 'a percentage such as 20%');

/** Bounds are in the texts' patterns too: an editor, which knows the schema alone, refuses what is refused here. */
const sharedBy = (numbers: z.ZodNumber, pattern: RegExp) =>
  z.codec(z.union([numbers, z.string().regex(pattern)]), numbers, {
    decode: (value) => (typeof value === 'number' ? value : parsePercent(value)!),
    encode: declaredShare,
  });

/** A share: `20%` or 0.2; in memory always a number from 0 to 1. */
export const share = sharedBy(z.number().min(0).max(1), sharePattern).register(wordings, {
  allowed: 'a percentage such as 20%, or a number from 0 to 1',
});

/** A {@link share} of which something is left: above 0. */
export const positiveShare = sharedBy(z.number().positive().max(1), positiveSharePattern).register(wordings, {
  allowed: 'a percentage such as 80%, or a number above 0 and up to 1',
});

/** A tolerance: `0.1`, in the metric's own units, or relative, `2%`. */
export const tolerance = z
  .codec(
    z.union([z.number().min(0), percentage]),
    z.object({
      amount: z.number().min(0),
      /** When true, `amount` is a fraction of the value compared with. */
      relative: z.boolean(),
    }),
    {
      decode: (value) =>
        typeof value === 'number'
          ? { amount: value, relative: false }
          : { amount: parsePercent(value)!, relative: true },
      encode: (value) => (value.relative ? declaredShare(value.amount) : value.amount),
    },
  )
  .register(wordings, { allowed: 'a number such as 0.1, or a percentage such as 2%' });

/** A label of the target: YAML reads 1 and true as other things than texts, labels are texts. */
export const label = z
  .codec(z.union([z.string().min(1), z.number(), z.boolean()]), z.string().min(1), {
    decode: String,
    encode: (text) => text,
  })
  .register(wordings, { allowed: 'a label of the target, such as fraud' });

/** A tolerance in a sentence, as it was declared: `2%`, `0.1`. */
export function toleranceWords({ amount, relative }: z.output<typeof tolerance>): string {
  return relative ? declaredShare(amount) : boundText(amount);
}
