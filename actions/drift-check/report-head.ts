import type { Config } from '../../shared/config/sections/schema.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { Reference } from './rows/reference.ts';

/** What every report of a pipeline begins with. */
export function headOf({ name, loaded }: Pipeline, reference: Reference | undefined) {
  const { config } = loaded;
  const unit = config.features[config.target]?.unit;
  const production = reference?.production;
  return {
    pipeline: name,
    target: config.target,
    ...(unit === undefined ? {} : { unit }),
    ...(production
      ? { production: { version: production.version, tag: production.tag, model: production.digest } }
      : {}),
  };
}

/** The declared units by column, for the report's pictures. */
export function unitsOf({ features }: Pick<Config, 'features'>): Map<string, string> {
  return new Map(
    Object.entries(features).flatMap(([name, { unit }]) =>
      unit === undefined ? [] : [[name, unit] as const],
    ),
  );
}
