// Keys that several kinds of sources have.
import { z } from 'zod';

/** `${{ env.NAME }}` inside a value is replaced from the environment when the source is read, and never logged. */
export const text = z.string().min(1);

/** Seconds that a query may take. */
export const queryTimeout = z
  .number()
  .positive()
  .default(300)
  .meta({ description: 'Seconds for the whole query.' });

/** Rows that a query may answer. */
export const mostRows = z
  .int()
  .min(1)
  .default(10_000_000)
  .meta({ description: 'Most rows that the query may answer; more end the run with an error.' });

/** How often a request is made again. */
export const retries = z
  .int()
  .min(0)
  .max(20)
  .default(4)
  .meta({ description: 'Further tries on 429, 5xx and broken connections.' });
