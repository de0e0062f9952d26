import { z } from 'zod';
import { declaredDuration, durationPattern, parseDuration } from '../../text/durations.ts';
import { wordings } from '../messages/wording.ts';

const text = z.string().regex(durationPattern, 'a span of time such as 7d');

function decode(written: string): number {
  return parseDuration(written)!;
}

/** A span of time: `7d`, `12h`, `2w`, `30m` (minutes); in memory milliseconds. */
export const duration = z
  .codec(text, z.number().min(0), { decode, encode: declaredDuration })
  .register(wordings, { allowed: 'a span of time such as 7d, 12h, 2w or 30m' });

/** A span of event time: `30d` where it is a date, a number in its own unit where it is a number. */
export const eventTimeSpan = z
  .codec(
    z.union([text, z.number().positive()]),
    z.union([z.object({ milliseconds: z.number().min(0) }), z.object({ units: z.number().positive() })]),
    {
      decode: (value) => (typeof value === 'number' ? { units: value } : { milliseconds: decode(value) }),
      encode: (value) => ('units' in value ? value.units : declaredDuration(value.milliseconds)),
    },
  )
  .register(wordings, { allowed: 'a span of time such as 30d, or a number where data.time is one' });
