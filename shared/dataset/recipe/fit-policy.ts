import { type FeatureConfig, featureSchema } from '../../config/sections/prepare-section.ts';
import { fewestPublishedRows } from '../../config/sections/published-rows.ts';
import { ConfigurationError, quote } from '../../platform/errors.ts';
import { counted } from '../../text/counts.ts';
import type { Column } from '../table/table.ts';

/** One feature's training rows and what was declared about it. */
export interface ColumnFit {
  readonly name: string;
  readonly column: Column;
  readonly policy: FeatureConfig;
  /** Sentences for the user are added here. */
  readonly warnings: string[];
}

/** A feature's declaration, or the defaults when there is none. */
export function policyOf(declared: FeatureConfig | undefined): FeatureConfig {
  return declared ?? featureSchema.parse({});
}

/** A mistake in a feature's declaration, under its key path in ciclo.yml. */
export function featureError(fit: ColumnFit, key: string, message: string): ConfigurationError {
  return new ConfigurationError(`features.${fit.name}.${key}: ${message}`);
}

/**
 * The indicator is an input only where training had missing values: otherwise its weight would never be
 * trained, and the first missing value in production would meet a random number.
 */
export function fitIndicator(fit: ColumnFit, missing: number): boolean {
  if (fit.policy.indicator && missing === 0) {
    fit.warnings.push(
      `features.${fit.name}.indicator: no training row misses ${fit.name}, so there is no "(missing)" input`,
    );
  }
  return fit.policy.indicator && missing > 0;
}

/** A constant of the wrong type for its column. */
export function constantError(fit: ColumnFit, constant: unknown): ConfigurationError {
  const wanted = {
    number: 'a number',
    date: 'an ISO 8601 date such as 2026-03-31 or milliseconds since 1970',
    boolean: 'true or false',
    category: 'a text',
  }[fit.column.type];
  return featureError(
    fit,
    'missing.constant',
    `${quote(constant)} does not fit a ${fit.column.type} column; write ${wanted}`,
  );
}

/** Warns of a column with so few values that what is fitted on them would publish them; it makes no input. */
export function warnFew(fit: Pick<ColumnFit, 'name' | 'warnings'>, present: number): void {
  fit.warnings.push(
    `${fit.name} has a value in only ${counted(present, 'training row')}: a model publishes nothing of fewer than ${fewestPublishedRows}, so it is left out`,
  );
}

/** Warns of a column without any value, and says how it is treated. */
export function warnEmpty(fit: ColumnFit, outcome: string): void {
  fit.warnings.push(`${fit.name} is missing in every training row: ${outcome}`);
}
