import { z } from 'zod';
import { wordings } from '../messages/wording.ts';

const pattern = /^\s*(\d+(?:\.\d+)?)\s*(m|h|d|w)\s*$/;
const lengths: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const units = ['w', 'd', 'h', 'm'] as const;

const text = z.string().regex(pattern, 'a span of time such as 7d');

function decode(written: string): number {
  const [, amount, unit] = pattern.exec(written)!;
  return Number(amount) * lengths[unit!]!;
}

function encode(milliseconds: number): string {
  const unit = units.find((one) => milliseconds % lengths[one]! === 0) ?? 'm';
  return `${milliseconds / lengths[unit]!}${unit}`;
}

/** A span of time: `7d`, `12h`, `2w`, `30m` (minutes); in memory milliseconds. */
export const duration = z
  .codec(text, z.number().min(0), { decode, encode })
  .register(wordings, { allowed: 'a span of time such as 7d, 12h, 2w or 30m' });

/** A span of event time: `30d` where it is a date, a number in its own unit where it is a number. */
export const eventTimeSpan = z
  .codec(
    z.union([text, z.number().positive()]),
    z.union([z.object({ milliseconds: z.number().min(0) }), z.object({ units: z.number().positive() })]),
    {
      decode: (value) => (typeof value === 'number' ? { units: value } : { milliseconds: decode(value) }),
      encode: (value) => ('units' in value ? value.units : encode(value.milliseconds)),
    },
  )
  .register(wordings, { allowed: 'a span of time such as 30d, or a number where data.time is one' });
