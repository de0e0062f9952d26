import type { Lock } from '../../config/lock/lock.ts';
import type { Config } from '../../config/sections/schema.ts';
import type { ColumnType } from '../table/table.ts';
import { compactDays } from './compact-dates.ts';
import { declaredType } from './infer-types.ts';

/** How the source's cells are to be read, see `ReadOptions`. */
export interface ReadRules {
  readonly missingMarkers: readonly string[];
  readonly trim: boolean;
  readonly textColumns: ReadonlySet<string>;
  readonly ownTypes: ReadonlyMap<string, ColumnType>;
  readonly numberColumns: ReadonlySet<string>;
  readonly declaredColumns: ReadonlySet<string>;
  readonly namedColumns: ReadonlySet<string>;
  readonly exactColumns: ReadonlySet<string>;
  readonly labels: { readonly column: string; readonly classes: boolean; readonly strict: boolean };
}

/** How the source's cells are to be read: types that are known to be texts stay as they were written (`007`). */
export function readOptionsFor(config: Config, lock?: Lock): ReadRules {
  const textColumns = new Set<string>();
  const numberColumns = new Set<string>();
  const declaredColumns = new Set<string>();
  const put = (name: string, isNumber: boolean): void => {
    (isNumber ? numberColumns : textColumns).add(name);
    (isNumber ? textColumns : numberColumns).delete(name);
  };
  for (const [name, type] of Object.entries(lock?.types ?? {})) put(name, type === 'number');
  for (const [name, { type }] of Object.entries(config.features)) {
    if (type === undefined) continue;
    put(name, type === 'number');
    declaredColumns.add(name);
  }
  // `1.234` is a number as programs write them, and another one where points group digits.
  const formats = Object.entries(config.features).flatMap(([name, { format }]) =>
    format === undefined ? [] : [name],
  );
  for (const name of [...Object.keys(lock?.formats ?? {}), ...formats]) put(name, false);
  const ownTypes = new Map<string, ColumnType>();
  for (const [name, type] of Object.entries(lock?.types ?? {})) {
    if (declaredType(name, config) !== undefined) continue;
    // Days as whole numbers were read as numbers before the lock knew what they are, and still are.
    if (type === 'date' && lock?.formats?.[name] === compactDays) textColumns.delete(name);
    else if (type === 'boolean' || type === 'date') ownTypes.set(name, type);
  }
  const classes = config.task !== 'regression';
  if (classes) put(config.target, false);
  // What is predicted or ordered by is an amount, however it is written: `0830`.
  for (const name of [...(classes ? [] : [config.target]), ...namesOf(config.data.time)]) {
    if (!textColumns.has(name)) numberColumns.add(name);
  }
  return {
    missingMarkers: config.prepare['missing-markers'],
    trim: config.prepare.trim,
    textColumns,
    ownTypes,
    numberColumns,
    declaredColumns,
    namedColumns: namedColumns(config, lock),
    exactColumns: new Set([...keysOf(config.data.key), ...namesOf(config.data.group)]),
    labels: { column: config.target, classes, strict: config.prepare['missing-target'] === undefined },
  };
}

const keysOf = (key: string | readonly string[] | undefined): readonly string[] =>
  typeof key === 'string' ? [key] : (key ?? []);
const namesOf = (name: string | undefined): readonly string[] => (name === undefined ? [] : [name]);

/** Columns that the configuration mentions, in expressions too, and those of the lock's key. */
function namedColumns({ data, target, features, prepare, monitor }: Config, lock?: Lock): Set<string> {
  const names = new Set([
    target,
    ...keysOf(data.key),
    ...namesOf(data.time),
    ...namesOf(data.group),
    ...keysOf(monitor.key),
    ...Object.keys(features),
    ...prepare.exclude,
    ...(lock?.key ?? []),
  ]);
  for (const expression of Object.values(prepare.derive)) {
    for (const name of namesInExpression(expression)) names.add(name);
  }
  return names;
}

/** What an expression may name: more than it does, such as functions. */
export function namesInExpression(expression: string): string[] {
  const found = expression.matchAll(/\.([\p{L}_$][\p{L}\p{N}_$]*)|\[["']([^"']+)["']\]/gu);
  return [...found].map(([, bare, quoted]) => bare ?? quoted ?? '');
}
