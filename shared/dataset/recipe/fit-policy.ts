import { type FeatureConfig, featureSchema } from '../../config/sections/features-section.ts';
import type { PrepareConfig } from '../../config/sections/prepare-section.ts';
import { fewestPublishedRows } from '../../config/sections/published-rows.ts';
import { ConfigurationError, quote } from '../../platform/errors.ts';
import { counted } from '../../text/counts.ts';
import { listNames } from '../../text/nearest-name.ts';
import type { PublishedPlaces } from '../statistics/published-values.ts';
import { type Column, columnLength } from '../table/table.ts';
import { fitPieces } from './pieces.ts';

/** A feature's declaration, with what holds for all columns of its kind filled in. */
export interface FeaturePolicy extends Omit<FeatureConfig, 'min-count' | 'bound'> {
  readonly 'min-count': number;
  readonly bound?: number | undefined;
  /** Whether that count is not the one that was declared for this column. */
  readonly countFollows: boolean;
}

/** Above so many columns of numbers, `prepare.numbers` makes none piecewise-linear. */
export const mostEncodedNumbers = 400;

/** Deviations within which a scaled number is kept where nobody says otherwise. */
const usualBound = 8;

/** One feature's training rows and what was declared about it. */
export interface ColumnFit {
  readonly name: string;
  readonly column: Column;
  readonly policy: FeaturePolicy;
  /** Sentences for the user are added here. */
  readonly warnings: string[];
}

/** What a policy is made from beside the feature's own declaration. */
export interface PolicyContext {
  readonly prepare: Pick<PrepareConfig, 'numbers' | 'categories'>;
  /** Training rows. */
  readonly rows: number;
  /** Columns of numbers among the features. */
  readonly numbers: number;
}

/** `auto`: a 200th of the training rows, from 5 (recipes are published, and name no rarer category) to 10. */
function countOf(minCount: PrepareConfig['categories']['min-count'], rows: number): number {
  if (minCount !== 'auto') return minCount;
  return Math.min(Math.max(Math.floor(rows / 200), fewestPublishedRows), 10);
}

/** A feature's declaration, or the defaults when there is none, and what `prepare` says of all columns of its type. */
export function policyOf(
  declared: FeatureConfig | undefined,
  type: Column['type'],
  { prepare, rows, numbers }: PolicyContext,
): FeaturePolicy {
  const own = declared ?? featureSchema.parse({});
  const minCount = countOf(own['min-count'] ?? prepare.categories['min-count'], rows);
  const policy = { ...own, 'min-count': minCount, countFollows: own['min-count'] !== minCount };
  if (type !== 'number') return { ...policy, bound: numberOf(own.bound) };
  const bound = own.bound ?? (own.scale === 'none' ? 'none' : (prepare.numbers.bound ?? usualBound));
  return {
    ...policy,
    encode: encodingOf(own.encode, prepare.numbers.encode, numbers),
    bound: numberOf(bound),
  };
}

function encodingOf(
  own: FeatureConfig['encode'],
  common: PrepareConfig['numbers']['encode'],
  numbers: number,
): FeatureConfig['encode'] {
  if (own !== 'auto' || common === 'plain' || numbers > mostEncodedNumbers) return own;
  return 'piecewise-linear';
}

function numberOf(bound: FeatureConfig['bound']): number | undefined {
  return bound === 'none' ? undefined : bound;
}

/** @throws ConfigurationError when an encoding is not for columns of this type. */
export function checkEncoding(fit: ColumnFit, allowed: readonly FeatureConfig['encode'][]): void {
  const { encode } = fit.policy;
  if (encode === 'auto' || allowed.includes(encode)) return;
  const others = allowed.length > 0 ? `use ${listNames(allowed)}, or leave it out` : 'leave it out';
  throw featureError(
    fit,
    'encode',
    `${quote(encode)} does not fit ${fit.name}, which is a ${fit.column.type} column; ${others}`,
  );
}

/**
 * What a column of numbers beside its value becomes: the bound and the pieces of a recipe, where they were asked for.
 *
 * @param places the values' `piecePlaces`, where they are known.
 */
export function fitShape(
  { encode, bound }: Pick<FeaturePolicy, 'encode' | 'bound'>,
  present: Float64Array,
  places?: PublishedPlaces,
): { bound?: number; pieces?: number[] } {
  const pieces = encode === 'piecewise-linear' ? fitPieces(present, places) : undefined;
  return { ...(bound === undefined ? {} : { bound }), ...(pieces ? { pieces } : {}) };
}

/** A mistake in a feature's declaration, under its key path in ciclo.yml. */
export function featureError(fit: ColumnFit, key: string, message: string): ConfigurationError {
  return new ConfigurationError(`features.${fit.name}.${key}: ${message}`);
}

/**
 * The indicator is an input only where training had missing values: otherwise its weight would never be
 * trained, and the first missing value in production would meet a random number. By itself it is one only where enough rows
 * miss the value: a weight that a single row has set says what that row's target was.
 */
export function fitIndicator(fit: ColumnFit, missing: number): boolean {
  const { indicator } = fit.policy;
  if (indicator === 'auto')
    return Math.min(missing, columnLength(fit.column) - missing) >= fewestPublishedRows;
  if (indicator && missing === 0) {
    fit.warnings.push(
      `features.${fit.name}.indicator: no training row misses ${fit.name}, so there is no "(missing)" input`,
    );
  }
  return indicator && missing > 0;
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

/** Says how many categories a count that follows the rows has made one. */
export function warnRare(fit: ColumnFit, rare: number, categories: number): void {
  if (!fit.policy.countFollows || rare === 0) return;
  fit.warnings.push(
    `${fit.name}: ${rare} of ${counted(categories, 'category', 'categories')} are in fewer than ${fit.policy['min-count']} training rows; a model sees them as one, "other"`,
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
