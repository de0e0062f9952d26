import type { KeyPath } from '../messages/key-path.ts';
import type { Problem } from '../messages/problem.ts';
import type { ConfigParts } from './config-parts.ts';
import { modellingKeys, writtenKeys } from './feature-keys.ts';
import { repeatedNames } from './repeated-names.ts';

/** The columns of `data.key` as a list, with their key paths. */
function keyColumns({ data }: ConfigParts): { name: string; path: KeyPath }[] {
  const key = data?.key;
  if (key === undefined) return [];
  if (typeof key === 'string') return [{ name: key, path: ['data', 'key'] }];
  return key.map((name, index) => ({ name, path: ['data', 'key', index] }));
}

/** The target in a place where it would leak into the model or move rows across the split. */
export function* targetProblems(parts: ConfigParts): Iterable<Problem> {
  const { target, data, prepare, features } = parts;
  if (target === undefined) return;
  const is = `"${target}" is the target`;
  for (const { name, path } of keyColumns(parts)) {
    if (name !== target) continue;
    yield {
      path,
      message: `${is}: a corrected label would move its row across the split; use other columns`,
    };
  }
  if (data?.time === target) {
    yield { path: ['data', 'time'], message: `${is}; the event time is another column` };
  }
  if (data?.group === target) {
    const message = `${is}: a group would lie on one side of the split, so that a label is never learned; use another column`;
    yield { path: ['data', 'group'], message };
  }
  const excluded = prepare?.exclude.indexOf(target) ?? -1;
  if (excluded >= 0) {
    const message = `${is}; models never see it as a feature: leave it out of the list`;
    yield { path: ['prepare', 'exclude', excluded], message };
  }
  if (prepare && Object.hasOwn(prepare.derive, target)) {
    const message = `${is}; a derived column is made for models to see: give it another name`;
    yield { path: ['prepare', 'derive', target], message };
  }
  const feature = features.get(target);
  for (const key of feature ? writtenKeys(feature, modellingKeys) : []) {
    const message = `${is}, not an input of the model; allowed for it: type, description, unit, range, values, invalid, format`;
    yield { path: ['features', target, key], message };
  }
}

/** A positive class where there are not two classes. */
export function* positiveProblems({ positive, task }: ConfigParts): Iterable<Problem> {
  if (positive === undefined || task === undefined || task === 'binary') return;
  const message = `"${positive}": a ${task} model has no positive class; leave positive out, or use task: binary`;
  yield { path: ['positive'], message };
}

/** Columns that are listed twice, derived over others, or both hidden from models and shaped for them. */
export function* columnProblems(parts: ConfigParts): Iterable<Problem> {
  const { data, prepare, features, target } = parts;
  const keys = keyColumns(parts);
  yield* repeatedNames(
    keys.map((key) => key.name),
    ['data', 'key'],
  );
  if (!prepare) return;
  yield* repeatedNames(prepare.exclude, ['prepare', 'exclude']);
  const reserved = new Map<string, string>(keys.map((key) => [key.name, 'data.key']));
  if (data?.time !== undefined) reserved.set(data.time, 'data.time');
  if (data?.group !== undefined) reserved.set(data.group, 'data.group');
  for (const name of Object.keys(prepare.derive)) {
    if (name === target) continue;
    const path = ['prepare', 'derive', name];
    const use = reserved.get(name);
    if (use !== undefined) {
      const message = `"${name}" is used by ${use}, which reads the data as it came; give the derived column another name`;
      yield { path, message };
    }
    if (prepare.exclude.includes(name)) {
      yield { path, message: `"${name}" is derived and excluded; do one of the two` };
    }
  }
  for (const [index, name] of prepare.exclude.entries()) {
    const feature = features.get(name);
    if (!feature || name === target) continue;
    // A row filter works on any column, whether models see it or not.
    const filters = feature.missing === 'drop' || feature.missing === 'fail';
    const idle = writtenKeys(feature, modellingKeys).filter((key) => key !== 'missing' || !filters);
    if (idle.length === 0) continue;
    const message =
      `"${name}" is excluded from the model, so features.${name} cannot use ${idle.join(', ')}; ` +
      'leave those out, or do not exclude it';
    yield { path: ['prepare', 'exclude', index], message };
  }
}
