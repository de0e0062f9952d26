import type { MetricDescriptor } from './descriptor.ts';
import { descriptorOf, findDescriptor, type MetricName } from './descriptors.ts';

/**
 * A metric as results name it: its name and, of a family, the member's number in brackets: `recall`, `f-beta(2)`. By it
 * a gate, a slice and a value find each other.
 */
export type MetricKey = MetricName | `f-beta(${number})` | `cost(${number},${number})`;

/** A metric as ciclo.yml chooses it: a name, or a name with its number. */
export type MetricChoice =
  | MetricName
  | {
      readonly metric: MetricName;
      readonly beta?: number | undefined;
      readonly missed?: number | undefined;
      readonly 'false-alarm'?: number | undefined;
    };

/** The key of a metric that ciclo.yml chooses; a family without a number is its default member. */
export function metricKey(choice: MetricChoice): MetricKey {
  const {
    metric,
    beta,
    missed = 1,
    'false-alarm': falseAlarm = 1,
  } = typeof choice === 'string' ? { metric: choice } : choice;
  const { parameter, priced } = descriptorOf(metric);
  if (priced) return `cost(${missed},${falseAlarm})`;
  return parameter === undefined ? metric : (`${metric}(${beta ?? parameter.default})` as MetricKey);
}

const number = '(\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?)';
const memberOfFamily = new RegExp(`^([a-z0-9-]+)\\(${number}\\)$`);
const pricedMember = new RegExp(`^cost\\(${number},${number}\\)$`);

/** What a key says: the metric, and the number of a family's member. */
export interface ParsedKey {
  readonly descriptor: MetricDescriptor;
  readonly parameter?: number;
  /** What errors cost. */
  readonly costs?: { readonly missed: number; readonly falseAlarm: number };
}

/** Reads a key out of a file; undefined when another version of Ciclo wrote it. */
export function parseMetricKey(key: string): ParsedKey | undefined {
  const [, missed, falseAlarm] = pricedMember.exec(key) ?? [];
  if (missed !== undefined) {
    return {
      descriptor: descriptorOf('cost'),
      costs: { missed: Number(missed), falseAlarm: Number(falseAlarm) },
    };
  }
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
  if (parsed?.costs) {
    const { missed, falseAlarm } = parsed.costs;
    const { title } = parsed.descriptor;
    return { ...parsed.descriptor, title: `${title} (missed ${missed}, false alarm ${falseAlarm})` };
  }
  if (parsed?.parameter === undefined) return parsed?.descriptor;
  const { descriptor, parameter } = parsed;
  return { ...descriptor, title: `${descriptor.title} (${descriptor.parameter!.name} ${parameter})` };
}
