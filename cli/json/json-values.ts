// Values that occur in what several commands print with `--json`.
import { z } from 'zod';

/** A number that may be undefined for this data: then null, and `reason` beside it says why. */
export const numberOrNull = z.number().nullable();
export const digestText = z.string().regex(/^sha256:[0-9a-f]{64}$/);
