import { z } from 'zod';

/** How error messages speak of a schema, where its own structure does not say it well. */
export interface Wording {
  /** What one value is called, with its article: `a metric`. */
  readonly noun?: string;
  /** What may be written, in words: `a percentage such as 20%, or a number from 0 to 1`. */
  readonly allowed?: string;
}

/** Wordings by schema; apart from zod's own metadata, which goes into the published JSON Schema. */
export const wordings = z.registry<Wording>();
