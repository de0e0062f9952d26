import { z } from 'zod';
import { wordings } from './wording.ts';

const percentPattern = /^\s*(\d+(?:\.\d+)?)\s*%\s*$/;

function fractionOf(percentage: string): number {
  return Number(percentPattern.exec(percentage)![1]) / 100;
}

/**
 * The shortest percentage that reads back as exactly this fraction; undefined when there is none
 * (a number typed with all its digits): such a value is written as the number that it is.
 */
function percentageOf(fraction: number): string | undefined {
  for (let digits = 1; digits <= 17; digits++) {
    const text = (fraction * 100).toPrecision(digits);
    const plain = text.includes('e')
      ? Number(text).toString()
      : text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
    if (percentPattern.test(`${plain}%`) && fractionOf(`${plain}%`) === fraction) return `${plain}%`;
  }
  return undefined;
}

const percentage = z.string().regex(percentPattern, 'a percentage such as 20%');

/** A share: `20%` or 0.2; in memory always a number from 0 to 1. */
export const share = z
  .codec(z.union([z.number().min(0).max(1), percentage]), z.number().min(0).max(1), {
    decode: (value) => (typeof value === 'number' ? value : fractionOf(value)),
    encode: (value) => percentageOf(value) ?? value,
  })
  .register(wordings, { allowed: 'a percentage such as 20%, or a number from 0 to 1' });

/** A tolerance: an absolute number of the metric's own units, or relative, `2%`. */
export interface Tolerance {
  readonly amount: number;
  /** When true, `amount` is a fraction of the value compared with. */
  readonly relative: boolean;
}

/** A tolerance as it is written: `0.1` or `2%`. */
export const tolerance = z
  .codec(
    z.union([z.number().min(0), percentage]),
    z.object({ amount: z.number().min(0), relative: z.boolean() }),
    {
      decode: (value) =>
        typeof value === 'number'
          ? { amount: value, relative: false }
          : { amount: fractionOf(value), relative: true },
      encode: (value) => {
        if (!value.relative) return value.amount;
        return percentageOf(value.amount) ?? `${(value.amount * 100).toFixed(20)}%`;
      },
    },
  )
  .register(wordings, { allowed: 'a number such as 0.1, or a percentage such as 2%' });
