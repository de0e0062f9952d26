import { z } from 'zod';
import { pipelineName } from '../config/sections/pipeline-name.ts';
import { tasks } from '../metrics/descriptors/descriptor.ts';
import { directions } from '../metrics/descriptors/direction.ts';
import { IntegrityError } from '../platform/errors.ts';
import { formatJson } from '../platform/json.ts';
import { liveVersion } from './masthead.ts';
import type { PipelineSite, PipelineSummary } from './site-input.ts';

const number = z.number().nullable();

const summarySchema = z.strictObject({
  name: pipelineName,
  description: z.string().exactOptional(),
  task: z.enum(tasks),
  target: z.string(),
  unit: z.string().exactOptional(),
  version: z.string().exactOptional(),
  date: z.string().exactOptional(),
  versions: z.int().min(0),
  metric: z
    .strictObject({
      name: z.string(),
      value: number,
      low: number,
      high: number,
      better: z.enum(directions),
    })
    .exactOptional(),
});

/** What the index says of a pipeline. */
export function summaryOf(site: PipelineSite): PipelineSummary {
  const { evaluation } = site;
  const live = liveVersion(site);
  const metric = evaluation.metrics.find(({ name }) => name === evaluation.primary);
  return {
    name: site.name,
    ...(site.description === undefined ? {} : { description: site.description }),
    task: evaluation.task,
    target: evaluation.target,
    ...(evaluation.unit === undefined ? {} : { unit: evaluation.unit }),
    ...(live ? { version: live.version, date: live.date } : {}),
    versions: site.versions.length,
    ...(metric
      ? {
          metric: {
            name: metric.name,
            value: metric.value,
            low: metric.low,
            high: metric.high,
            better: metric.better,
          },
        }
      : {}),
  };
}

/** summary.json of a pipeline's folder: lets the index be made again without the other pipelines' models. */
export function formatSummary(summary: PipelineSummary): string {
  return formatJson(summary);
}

/**
 * Reads a summary.json, the other half of {@link formatSummary}.
 *
 * @internal for tests and for whoever reads the site; the product only writes it
 * @throws IntegrityError when it is none.
 */
export function parseSummary(text: string): PipelineSummary {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new IntegrityError('summary.json: it is not JSON; make the site again', { cause });
  }
  const parsed = summarySchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new IntegrityError(
    `summary.json: cannot read ${issue.path.join('.') || 'it'}: ${issue.message}; make the site again`,
  );
}
