// Values that occur in what several commands print with `--json`.
import { z } from 'zod';
import { digestPattern } from '../../shared/platform/digest-pattern.ts';

/** A number that may be undefined for this data: then null, and `reason` beside it says why. */
export const numberOrNull = z.number().nullable();

/** A digest in what is printed. */
export const digestText = z.string().regex(digestPattern);
