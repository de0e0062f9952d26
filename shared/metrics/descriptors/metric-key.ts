import type { MetricDescriptor } from './descriptor.ts';
import { descriptorOf, findDescriptor, type MetricName } from './descriptors.ts';

/**
 * A metric as results name it: its name and, of a family, the member's number in brackets: `recall`, `f-beta(2)`. By it
 * a gate, a slice and a value find each other.
 */
export type MetricKey = MetricName | `f-beta(${number})`;

/** A metric as ciclo.yml chooses it: a name, or a name with its number. */
export type MetricChoice = MetricName | { readonly metric: MetricName; readonly beta?: number | undefined };

/** The key of a metric that ciclo.yml chooses; a family without a number is its default member. */
export function metricKey(choice: MetricChoice): MetricKey {
  const { metric, beta } = typeof choice === 'string' ? { metric: choice } : choice;
  const { parameter } = descriptorOf(metric);
  return parameter === undefined ? metric : (`${metric}(${beta ?? parameter.default})` as MetricKey);
}

const memberOfFamily = /^([a-z0-9-]+)\((\d+(?:\.\d+)?(?:e[+-]?\d+)?)\)$/;

/** What a key says: the metric, and the number of a family's member. */
export interface ParsedKey {
  readonly descriptor: MetricDescriptor;
  readonly parameter?: number;
}

/** Reads a key out of a file; undefined when another version of Ciclo wrote it. */
export function parseMetricKey(key: string): ParsedKey | undefined {
  const [, name, number] = memberOfFamily.exec(key) ?? [];
  const descriptor = findDescriptor(name ?? key);
  if (descriptor === undefined || (number !== undefined && descriptor.parameter === undefined))
    return undefined;
  const parameter = number === undefined ? descriptor.parameter?.default : Number(number);
  return { descriptor, ...(parameter === undefined ? {} : { parameter }) };
}

/** The facts of a metric by its key, the number of a family's member in its title; undefined as by {@link parseMetricKey}. */
export function descriptorOfKey(key: string): MetricDescriptor | undefined {
  const parsed = parseMetricKey(key);
  if (parsed?.parameter === undefined) return parsed?.descriptor;
  const { descriptor, parameter } = parsed;
  return { ...descriptor, title: `${descriptor.title} (${descriptor.parameter!.name} ${parameter})` };
}
