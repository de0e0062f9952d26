import { type FeatureConfig, featureSchema } from '../sections/features-section.ts';

/** The keys that say how a model sees a value that is there. */
export const encodingKeys = [
  'indicator',
  'transform',
  'scale',
  'bound',
  'encode',
  'max-categories',
  'min-count',
  'buckets',
  'order',
  'parts',
] as const satisfies readonly (keyof FeatureConfig)[];

/** The keys that shape a model's inputs; the others say what the column holds. */
export const modellingKeys = ['missing', ...encodingKeys] as const;

const standard = featureSchema.parse({});

/** Those of some keys whose value is not the default. */
export function writtenKeys<K extends keyof FeatureConfig>(feature: FeatureConfig, keys: readonly K[]): K[] {
  return keys.filter((key) => JSON.stringify(feature[key]) !== JSON.stringify(standard[key]));
}
