import type { KeyPath } from '../messages/key-path.ts';
import type { Problem } from '../messages/problem.ts';
import type { FeatureConfig } from '../sections/features-section.ts';
import type { ConfigParts } from './config-parts.ts';
import { writtenKeys } from './feature-keys.ts';

type ColumnType = NonNullable<FeatureConfig['type']>;

/** Keys that only some column types have; the others fit every type. */
const typesOf: Partial<Record<keyof FeatureConfig, readonly ColumnType[]>> = {
  range: ['number'],
  values: ['category'],
  format: ['number', 'date'],
  transform: ['number'],
  scale: ['number', 'date'],
  bound: ['number', 'date'],
  'max-categories': ['category'],
  'min-count': ['category'],
  buckets: ['category'],
  order: ['category'],
  parts: ['date'],
};

/** The column types that each encoding is for; `auto` is for all. */
const typesOfEncoding: Readonly<Record<FeatureConfig['encode'], readonly ColumnType[] | undefined>> = {
  auto: undefined,
  'one-hot': ['category'],
  ordinal: ['category'],
  hash: ['category'],
  'piecewise-linear': ['number', 'date'],
  plain: ['number', 'date'],
};

function* typeProblems(feature: FeatureConfig, path: KeyPath): Iterable<Problem> {
  const { type } = feature;
  if (type === undefined) return;
  for (const key of writtenKeys(feature, Object.keys(typesOf) as (keyof FeatureConfig)[])) {
    const types = typesOf[key] ?? [];
    if (types.includes(type)) continue;
    const message = `is for columns of type ${types.join(' or ')}, and this one is declared ${type}; leave it out`;
    yield { path: [...path, key], message };
  }
  const encoded = typesOfEncoding[feature.encode];
  if (encoded && !encoded.includes(type)) {
    const message = `is for columns of type ${encoded.join(' or ')}, and this one is declared ${type}; leave it out`;
    yield { path: [...path, 'encode'], message };
  }
  if (feature.invalid === 'clip' && type !== 'number') {
    const message = `"clip" is for numbers, and this column is declared ${type}; allowed: missing, drop, fail`;
    yield { path: [...path, 'invalid'], message };
  }
}

const policies: Readonly<Record<ColumnType, readonly string[]>> = {
  number: ['median', 'mean', 'mode', 'drop', 'fail'],
  date: ['median', 'mean', 'mode', 'drop', 'fail'],
  category: ['mode', 'level', 'drop', 'fail'],
  boolean: ['mode', 'drop', 'fail'],
};

const constants: Readonly<Record<ColumnType, { kind: string; words: string }>> = {
  number: { kind: 'number', words: 'a number' },
  category: { kind: 'string', words: 'text' },
  boolean: { kind: 'boolean', words: 'true or false' },
  date: { kind: 'string', words: 'a date as text, such as 2026-03-31' },
};

function* missingProblems(feature: FeatureConfig, path: KeyPath): Iterable<Problem> {
  const { missing, type } = feature;
  if (missing === undefined) return;
  if (typeof missing === 'string') {
    if (type === undefined || policies[type].includes(missing)) return;
    const allowed = `${policies[type].join(', ')}, or { constant }`;
    const message = `"${missing}" is not possible for a column of type ${type}; allowed: ${allowed}`;
    yield { path: [...path, 'missing'], message };
    return;
  }
  const { constant } = missing;
  const at = [...path, 'missing', 'constant'];
  const wanted = type === undefined ? undefined : constants[type];
  if (wanted && typeof constant !== wanted.kind) {
    const message = `${JSON.stringify(constant)} is not of the column's type ${type}; allowed: ${wanted.words}`;
    yield { path: at, message };
  } else if (type === 'date' && Number.isNaN(Date.parse(String(constant)))) {
    yield {
      path: at,
      message: `${JSON.stringify(constant)} is not a date; allowed: ${constants.date.words}`,
    };
  }
  const [low, high] = feature.range ?? [null, null];
  if (typeof constant === 'number' && (constant < (low ?? -Infinity) || constant > (high ?? Infinity))) {
    yield { path: at, message: `${constant} is outside the column's range [${low}, ${high}]` };
  }
  if (typeof constant === 'string' && feature.values && !feature.values.includes(constant)) {
    const message = `"${constant}" is not among the column's values: ${feature.values.join(', ')}`;
    yield { path: at, message };
  }
}

function* rangeProblems(feature: FeatureConfig, path: KeyPath): Iterable<Problem> {
  const { range, transform } = feature;
  if (range) {
    const [low, high] = range;
    if (low === null && high === null) {
      yield { path: [...path, 'range'], message: '[null, null] allows everything; leave range out' };
    } else if (low !== null && high !== null && low >= high) {
      const message = `[${low}, ${high}]: the smallest value is not below the largest; allowed: [low, high] with low < high`;
      yield { path: [...path, 'range'], message };
    }
    if (feature.values) {
      yield { path: [...path, 'values'], message: 'range is for numbers, values for categories; keep one' };
    }
  }
  if (typeof transform === 'object' && transform.clip[0] >= transform.clip[1]) {
    const message = 'the lower quantile is not below the upper; allowed: such as [1%, 99%]';
    yield { path: [...path, 'transform', 'clip'], message };
  }
}

function* wordProblems(feature: FeatureConfig, path: KeyPath): Iterable<Problem> {
  for (const key of ['values', 'order', 'parts'] as const) {
    const words: readonly string[] = feature[key] ?? [];
    for (const [index, word] of words.entries()) {
      if (words.indexOf(word) < index) {
        yield { path: [...path, key, index], message: `"${word}" is listed twice; keep one` };
      }
    }
  }
  for (const [index, word] of (feature.order ?? []).entries()) {
    if (!feature.values || feature.values.includes(word)) continue;
    const message = `"${word}" is not among the column's values: ${feature.values.join(', ')}`;
    yield { path: [...path, 'order', index], message };
  }
  if (feature.order && feature.encode !== 'ordinal') {
    const message = `an order is used by encode: ordinal, and encode is ${feature.encode}; add encode: ordinal`;
    yield { path: [...path, 'order'], message };
  }
}

/** Declarations of columns that contradict themselves. */
export function* featureProblems({ features }: ConfigParts): Iterable<Problem> {
  for (const [name, feature] of features) {
    const path = ['features', name];
    yield* typeProblems(feature, path);
    yield* missingProblems(feature, path);
    yield* rangeProblems(feature, path);
    yield* wordProblems(feature, path);
  }
}
