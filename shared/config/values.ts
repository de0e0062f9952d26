import { z } from 'zod';

const percentPattern = /^\s*(\d+(?:\.\d+)?)\s*%\s*$/;

/** A share: `20%` or 0.2; in memory always a number from 0 to 1. */
export const share = z.codec(
  z.union([
    z.number().min(0).max(1),
    z.string().regex(percentPattern, 'a percentage such as 20%, or a number from 0 to 1'),
  ]),
  z.number().min(0).max(1),
  {
    decode: (value) => (typeof value === 'number' ? value : Number(percentPattern.exec(value)![1]) / 100),
    encode: (value) => `${Number((value * 100).toPrecision(12))}%`,
  },
);

/** A tolerance: an absolute number of the metric's own units, or relative, `2%`. */
export interface Tolerance {
  readonly amount: number;
  /** When true, `amount` is a fraction of the value compared with. */
  readonly relative: boolean;
}

/** A tolerance as it is written: `0.1` or `2%`. */
export const tolerance = z.codec(
  z.union([
    z.number().min(0),
    z.string().regex(percentPattern, 'a number such as 0.1, or a percentage such as 2%'),
  ]),
  z.object({ amount: z.number().min(0), relative: z.boolean() }),
  {
    decode: (value) =>
      typeof value === 'number'
        ? { amount: value, relative: false }
        : { amount: Number(percentPattern.exec(value)![1]) / 100, relative: true },
    encode: (value) => (value.relative ? `${Number((value.amount * 100).toPrecision(12))}%` : value.amount),
  },
);
