import { tasks } from '../shared/metrics/descriptors/descriptor.ts';
import { descriptorOf, metricNames, metricsOf } from '../shared/metrics/descriptors/descriptors.ts';

/** A part of a JSON Schema, as far as this file looks at it. */
interface Part {
  readonly type?: string | undefined;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Part>>;
  readonly items?: Part;
  readonly anyOf?: readonly Part[];
  readonly [keyword: string]: unknown;
}

type MetricName = (typeof metricNames)[number];

const isMetric = (part: Part): boolean => part.enum?.join() === metricNames.join();

/** The schema where a metric is any text: which ones it may be, the conditions say. */
function withoutMetrics(part: Part): Part {
  if (isMetric(part)) {
    const { enum: _names, enumDescriptions: _titles, ...rest } = part;
    return rest;
  }
  return {
    ...part,
    ...(part.properties ? { properties: mapped(part.properties, withoutMetrics) } : {}),
    ...(part.items ? { items: withoutMetrics(part.items) } : {}),
    ...(part.anyOf ? { anyOf: part.anyOf.map(withoutMetrics) } : {}),
  };
}

/** The same schema with nothing in it but the metrics that may be chosen; undefined where it has none. */
function onlyMetrics(part: Part, names: readonly MetricName[]): Part | undefined {
  if (isMetric(part)) {
    return { enum: names, enumDescriptions: names.map((name) => descriptorOf(name).title) };
  }
  if (part.anyOf) {
    const ways = part.anyOf.map((way) => onlyMetrics(way, names));
    if (ways.every((way) => way === undefined)) return undefined;
    return { anyOf: part.anyOf.map(({ type }, i) => ({ type, ...ways[i] })) };
  }
  const items = part.items && onlyMetrics(part.items, names);
  if (items) return { items };
  const inner = Object.entries(part.properties ?? {}).flatMap(([name, child]) => {
    const found = onlyMetrics(child, names);
    return found ? [[name, found] as const] : [];
  });
  return inner.length === 0 ? undefined : { properties: Object.fromEntries(inner) };
}

function mapped(parts: Readonly<Record<string, Part>>, change: (part: Part) => Part): Record<string, Part> {
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, change(part)]));
}

/** What a task other than binary does not have; `false` is what editors underline as not allowed here. */
const binaryAlone = {
  properties: { positive: false, validate: { properties: { decision: false } } },
};

function condition(when: object, what: object | undefined): Record<string, unknown> {
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  return { if: when, then: what };
}

/**
 * The schema of ciclo.yml whose metrics are those of the task: an editor offers only what judges such a model, and refuses
 * what is of binary tasks in the others. Before the task is written, it offers all.
 */
export function filteredByTask(document: Part): Part {
  const isOfTask = (task: string) => ({ properties: { task: { const: task } }, required: ['task'] });
  const choices = tasks.flatMap((task) => [
    condition(isOfTask(task), onlyMetrics(document, metricsOf(task))),
    ...(task === 'binary' ? [] : [condition(isOfTask(task), binaryAlone)]),
  ]);
  const open = condition({ not: { required: ['task'] } }, onlyMetrics(document, metricNames));
  return { ...withoutMetrics(document), allOf: [...choices, open] };
}
