import { z } from 'zod';
import { wordings } from '../messages/wording.ts';

const percentPattern = /^\s*(\d+(?:\.\d+)?)\s*%\s*$/;

/** The point is moved in the text, so that 12.3% is 0.123 and not 12.3 / 100, which is another double. */
function fractionOf(percentage: string): number {
  return Number(`${percentPattern.exec(percentage)![1]}e-2`);
}

/** The percentage that reads back as exactly this fraction, with the fewest digits. */
function percentageOf(fraction: number): string {
  if (fraction === 0) return '0%';
  const [mantissa = '0', exponent = '0'] = fraction.toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const point = Number(exponent) + 3;
  if (point <= 0) return `0.${'0'.repeat(-point)}${digits}%`;
  if (point >= digits.length) return `${digits}${'0'.repeat(point - digits.length)}%`;
  return `${digits.slice(0, point)}.${digits.slice(point)}%`;
}

const percentage = z.string().regex(percentPattern, 'a percentage such as 20%');

/** A share: `20%` or 0.2; in memory always a number from 0 to 1. */
export const share = z
  .codec(z.union([z.number().min(0).max(1), percentage]), z.number().min(0).max(1), {
    decode: (value) => (typeof value === 'number' ? value : fractionOf(value)),
    encode: percentageOf,
  })
  .register(wordings, { allowed: 'a percentage such as 20%, or a number from 0 to 1' });

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
          : { amount: fractionOf(value), relative: true },
      encode: (value) => (value.relative ? percentageOf(value.amount) : value.amount),
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
