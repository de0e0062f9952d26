// The facts of each metric as data: shared/config checks ciclo.yml by them, and everything that is said about a metric
// is taken from here. A new metric: its descriptor in a list, a file that computes it, a line in the registry.
import { classificationDescriptors } from './classification.ts';
import type { MetricDescriptor, MetricUnit, Task } from './descriptor.ts';
import { regressionDescriptors } from './regression.ts';

/** The metrics of regressions. */
export type RegressionMetricName = (typeof regressionDescriptors)[number]['name'];
/** The metrics of classifiers; those that read only labels, and those that read probabilities. */
export type ClassificationMetricName<Reads extends 'labels' | 'probabilities' = 'labels' | 'probabilities'> =
  Extract<(typeof classificationDescriptors)[number], { readonly reads: Reads }>['name'];
/** As they are written in ciclo.yml. */
export type MetricName = RegressionMetricName | ClassificationMetricName;

/** Every metric's facts, in the order in which metrics are shown. */
export const metricDescriptors: readonly (MetricDescriptor & { readonly name: MetricName })[] = [
  ...regressionDescriptors,
  ...classificationDescriptors,
];

export const metricNames: readonly MetricName[] = metricDescriptors.map(({ name }) => name);

const byName: ReadonlyMap<string, MetricDescriptor> = new Map(
  metricDescriptors.map((descriptor) => [descriptor.name, descriptor]),
);

/** A metric's facts. */
export function descriptorOf(name: MetricName): MetricDescriptor {
  return byName.get(name)!;
}

/** The facts of a metric whose name was read from a file; undefined when another version of Ciclo wrote it. */
export function findDescriptor(name: string): MetricDescriptor | undefined {
  return byName.get(name);
}

/** The metrics that judge a task. */
export function metricsOf(task: Task): MetricName[] {
  return metricDescriptors.filter(({ tasks }) => tasks.includes(task)).map(({ name }) => name);
}

/** Those that are computed where `validate.metrics` does not choose: all but families, of which somebody must want one. */
export function usualMetrics(task: Task): MetricName[] {
  return metricsOf(task).filter((name) => {
    const { parameter, priced } = descriptorOf(name);
    return parameter === undefined && !priced;
  });
}

/** The metric that decides where `validate.primary` is silent; of a classifier by what its predictions hold. */
export function defaultPrimary(
  task: Task,
  classifier: 'labels' | 'probabilities' = 'probabilities',
): MetricName {
  const reads = task === 'regression' ? 'numbers' : classifier;
  return metricDescriptors.find(
    (descriptor) => descriptor.primary && descriptor.reads === reads && descriptor.tasks.includes(task),
  )!.name;
}

/** What values in a unit of this kind are written with, the target being in `targetUnit`: `mpg`, `mpg²`. */
export function unitIn(unit: MetricUnit | undefined, targetUnit: string | undefined): string | undefined {
  if (targetUnit === undefined) return undefined;
  if (unit === 'target') return targetUnit;
  return unit === 'target-squared' ? `${targetUnit}²` : undefined;
}
