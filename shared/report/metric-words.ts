import { unitIn } from '../metrics/descriptors/descriptors.ts';
import type { Better } from '../metrics/descriptors/direction.ts';
import { descriptorOfKey } from '../metrics/descriptors/metric-key.ts';

/** What a metric is called and means, in plain words. */
export interface MetricWords {
  readonly title: string;
  readonly meaning: string;
}

/** A metric's title and meaning; for a metric that is not known here, its name. */
export function metricWords(name: string): MetricWords {
  return descriptorOfKey(name) ?? { title: name.replaceAll('-', ' '), meaning: '' };
}

/** The unit in which a metric of this target is given; undefined when it has none. */
export function metricUnit(name: string, targetUnit: string | undefined): string | undefined {
  return unitIn(descriptorOfKey(name)?.unit, targetUnit);
}

/** Which way is better, as words. */
export function directionWords(better: Better): string {
  return better === 'zero' ? 'closer to zero is better' : `${better} is better`;
}
