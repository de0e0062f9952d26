import { z } from 'zod';
import {
  type PullRequestRecord,
  pullRequestLimits,
  shortDigestPattern,
} from '../../shared/metrics/evaluation/looks.ts';

const short = z.string().regex(shortDigestPattern);
const schema = z.strictObject({
  rows: short,
  models: z
    .array(short)
    .min(1)
    .max(pullRequestLimits.models)
    .refine((models) => new Set(models).size === models.length),
  unlisted: z.int().min(0).max(pullRequestLimits.unlisted),
});

const start = '<!-- ciclo-judged: ';
const line = new RegExp(`^${start}(.*) -->\\r?(?:\\n|$)`);

/**
 * The hidden line of a comment, below its marker: which models the test rows have judged in this pull request,
 * `<!-- ciclo-judged: {"rows":"x0a…","models":["x1b…"],"unlisted":0} -->`.
 */
export function formatLooksLine({ rows, models, unlisted }: PullRequestRecord): string {
  return `${start}${JSON.stringify({ rows, models, unlisted })} -->`;
}

/**
 * Reads it out of what stands below the marker. Whoever may edit comments can have changed it, so nothing but what
 * {@link formatLooksLine} writes is taken.
 *
 * @returns undefined when the text has no such line, as those of earlier versions.
 */
export function parseLooksLine(text: string): PullRequestRecord | 'broken' | undefined {
  if (!text.startsWith(start)) return undefined;
  try {
    return schema.safeParse(JSON.parse(line.exec(text)?.[1] ?? '')).data ?? 'broken';
  } catch {
    return 'broken';
  }
}
