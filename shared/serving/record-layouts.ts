import { quote } from '../platform/errors.ts';
import { badRequest } from './request-error.ts';
import type { LoadedModel } from './served-model.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The body, or a part of it, as an object. @throws RequestError that says what it must hold. */
export function bodyObject(body: unknown, holds: string, what = 'the body'): JsonObject {
  if (isObject(body)) return body;
  throw badRequest(`${what} is ${quote(body)}; write an object with ${holds}`);
}

/** The object, when it has no other members than these. @throws RequestError naming the first other one. */
export function onlyMembers(object: JsonObject, allowed: readonly string[], what: string): JsonObject {
  const other = Object.keys(object).find((name) => !allowed.includes(name));
  if (other === undefined) return object;
  throw badRequest(`${what} has ${quote(other)}; it may have ${allowed.join(', ')}`);
}

/**
 * Columns of a request, when each feature has one: without rows no record would say that one is missing.
 *
 * @throws RequestError naming the features that have none.
 */
export function withAllFeatures(model: LoadedModel, columns: JsonObject, what: string): JsonObject {
  const missing = model.features.filter(({ name }) => !Object.hasOwn(columns, name));
  if (missing.length === 0) return columns;
  const names = missing.slice(0, 20).map(({ name }) => quote(name));
  throw badRequest(`${what} lacks ${names.join(', ')}; every feature needs a list of values`);
}

/** A column's one value for a row: tensors of the shape [n, 1] hold it in an array of its own. */
export function scalar(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? value[0] : value;
}

/** An object that can have a member of any name, also `__proto__`. */
function emptyRecord(): Record<string, unknown> {
  return Object.create(null);
}

/**
 * Columns by name, each a list of values, as records.
 *
 * @param what how messages call the columns: `inputs`.
 * @throws RequestError when a column is not a list, or the lists differ in length.
 */
export function recordsOfColumns(columns: JsonObject, what: string): Record<string, unknown>[] {
  const entries = Object.entries(columns).map(([name, values]): [string, readonly unknown[]] => {
    if (!Array.isArray(values)) {
      throw badRequest(`${what}.${name} is ${quote(values)}; write a list with a value for each row`);
    }
    return [name, values];
  });
  const first = entries[0];
  if (!first) throw badRequest(`${what} holds no columns; write a list of values for each feature`);
  const different = entries.find(([, values]) => values.length !== first[1].length);
  if (different) {
    throw badRequest(
      `${what}: ${first[0]} has ${first[1].length} values and ${different[0]} has ${different[1].length}; every column needs one for each row`,
    );
  }
  return first[1].map((_, row) => {
    const record = emptyRecord();
    for (const [name, values] of entries) record[name] = scalar(values[row]);
    return record;
  });
}

/**
 * Rows of values under a list of names, as records.
 *
 * @throws RequestError when a row is not a list or has another length than the names.
 */
export function recordsOfRows(
  names: readonly string[],
  rows: readonly unknown[],
  what: string,
): Record<string, unknown>[] {
  return rows.map((row, i) => {
    if (!Array.isArray(row) || row.length !== names.length) {
      const found = Array.isArray(row) ? `has ${row.length} values` : `is ${quote(row)}`;
      throw badRequest(`${what}[${i}] ${found}; write a list of ${names.length}: ${names.join(', ')}`);
    }
    const record = emptyRecord();
    names.forEach((name, k) => {
      record[name] = scalar(row[k]);
    });
    return record;
  });
}

/**
 * A list whose members are records, or lists of values in the order of the data's columns.
 *
 * @throws RequestError when it is not a list, or mixed.
 */
export function recordsOfInstances(model: LoadedModel, instances: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(instances)) throw badRequest(`${what} is ${quote(instances)}; write a list of records`);
  const names = model.features.map(({ name }) => name);
  if (instances.some(Array.isArray)) return recordsOfRows(orderedNames(model, what), instances, what);
  // A single feature may come as bare values.
  if (names.length === 1 && instances.length > 0 && !instances.some(isObject)) {
    return recordsOfRows(
      names,
      instances.map((value) => [value]),
      what,
    );
  }
  return instances.map((instance) => (isObject(instance) ? withScalars(instance) : instance));
}

/** @throws RequestError where the model does not know in which order the data has its columns. */
function orderedNames({ order, features }: LoadedModel, what: string): readonly string[] {
  if (order) return order;
  throw badRequest(
    `${what} holds rows without names, and this model was made before the order of columns was kept; write records, each with ${features.map(({ name }) => quote(name)).join(', ')}`,
  );
}

/** A record whose values may be lists of one. */
function withScalars(record: JsonObject): JsonObject {
  for (const name in record) {
    if (Array.isArray(record[name])) {
      const out = emptyRecord();
      for (const [key, value] of Object.entries(record)) out[key] = scalar(value);
      return out;
    }
  }
  return record;
}
