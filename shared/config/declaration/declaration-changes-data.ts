import type { Config } from '../sections/schema.ts';
import type { DeclarationChange } from './declaration-changes-item.ts';
import {
  changedKeys,
  listChange,
  type SectionValues,
  sameValue,
  valueWords,
} from './declaration-changes-values.ts';

/** What is predicted, from which rows, and how they are divided. */
export function dataDeclarationChanges(base: Config, head: Config): DeclarationChange[] {
  return [
    ...single('task', base, head, ['name'], 'the pipeline’s name', ': its champion is found by name'),
    ...single('task', base, head, ['task'], 'the task'),
    ...single('task', base, head, ['target'], 'the target'),
    ...single('task', base, head, ['positive'], 'the positive class'),
    ...sourceChanges(base.data.source, head.data.source),
    ...single(
      'split',
      base,
      head,
      ['data', 'key'],
      'what identifies a row',
      ': rows change sides of the split',
    ),
    ...single('split', base, head, ['data', 'group'], 'the group', ': rows change sides of the split'),
    ...single('split', base, head, ['data', 'time'], 'the event time'),
    ...(['test', 'validation', 'by', 'seed'] as const).flatMap((key) =>
      single('split', base, head, ['split', key], `the split’s ${key}`, ': rows change sides of the split'),
    ),
  ];
}

function single(
  kind: DeclarationChange['kind'],
  base: Config,
  head: Config,
  path: readonly [string, string?],
  subject: string,
  consequence = '',
): DeclarationChange[] {
  const [before, after] = [at(base, path), at(head, path)];
  if (sameValue(before, after)) return [];
  const sentence = `${subject} changes from ${valueWords(before)} to ${valueWords(after)}${consequence}`;
  const keys = path.filter((key) => key !== undefined);
  return [{ kind, effect: 'changes', sentence, path: keys, file: after === undefined ? 'base' : 'head' }];
}

function at(config: Config, [section, key]: readonly [string, string?]): unknown {
  const value: unknown = (config as SectionValues)[section];
  return key === undefined ? value : (value as SectionValues)[key];
}

function sourceChanges(base: SectionValues, head: SectionValues): DeclarationChange[] {
  return changedKeys(base, head).map((key) => ({
    kind: 'data',
    effect: 'changes',
    sentence: `the data source’s ${key} changes from ${valueWords(base[key])} to ${valueWords(head[key])}`,
    path: ['data', 'source', key],
    file: head[key] === undefined ? 'base' : 'head',
  }));
}

/** Of a feature, what decides which rows and values are there; how they are scaled and encoded is the model's. */
const featureFilters = ['type', 'range', 'values', 'invalid', 'format', 'missing'] as const;

/** Which rows and values reach the model and its judgement. */
export function filterDeclarationChanges(base: Config, head: Config): DeclarationChange[] {
  return [...featureChanges(base.features, head.features), ...prepareChanges(base.prepare, head.prepare)];
}

function featureChanges(base: Config['features'], head: Config['features']): DeclarationChange[] {
  const names = new Set([...Object.keys(base), ...Object.keys(head)]);
  return [...names].flatMap((name) =>
    featureFilters.flatMap((key): DeclarationChange[] => {
      const [before, after] = [filterOf(base[name], key), filterOf(head[name], key)];
      if (sameValue(before, after)) return [];
      const sentence = `of ${valueWords(name)}, ${key} changes from ${valueWords(before)} to ${valueWords(after)}`;
      const file = head[name]?.[key] === undefined ? 'base' : 'head';
      return [{ kind: 'filter', effect: 'changes', sentence, path: ['features', name, key], file }];
    }),
  );
}

/** A feature that is not declared has the defaults of one that is. */
function filterOf(
  feature: Config['features'][string] | undefined,
  key: (typeof featureFilters)[number],
): unknown {
  return key === 'invalid' ? (feature?.invalid ?? 'missing') : feature?.[key];
}

function prepareChanges(base: Config['prepare'], head: Config['prepare']): DeclarationChange[] {
  const change = (path: readonly string[], sentence: string, file: 'head' | 'base' = 'head') =>
    ({ kind: 'filter', effect: 'changes', sentence, path: ['prepare', ...path], file }) as const;
  const excluded = listChange(base.exclude, head.exclude);
  const markers = listChange(base['missing-markers'], head['missing-markers']);
  return [
    ...(excluded ? [change(['exclude'], `the excluded columns change: ${excluded}`)] : []),
    ...changedKeys(base.derive, head.derive).map((name) =>
      change(
        ['derive', name],
        derivation(name, base.derive[name], head.derive[name]),
        has(head.derive, name),
      ),
    ),
    ...(markers ? [change(['missing-markers'], `the texts that mean missing change: ${markers}`)] : []),
    ...(['trim', 'duplicates', 'missing-target'] as const)
      .map((key) => ({ key, from: base[key] ?? 'drop', to: head[key] ?? 'drop' }))
      .filter(({ from, to }) => from !== to)
      .map(({ key, from, to }) =>
        change([key], `${key} changes from ${valueWords(from)} to ${valueWords(to)}`),
      ),
    ...checkChanges(base.checks, head.checks),
  ];
}

function has(section: SectionValues, key: string): 'head' | 'base' {
  return section[key] === undefined ? 'base' : 'head';
}

function derivation(name: string, before: string | undefined, after: string | undefined): string {
  if (before === undefined) return `the derived column ${valueWords(name)} is new: ${valueWords(after)}`;
  if (after === undefined) return `the derived column ${valueWords(name)} is gone`;
  return `the derived column ${valueWords(name)} changes from ${valueWords(before)} to ${valueWords(after)}`;
}

function checkChanges(base: SectionValues, head: SectionValues): DeclarationChange[] {
  return changedKeys(base, head).map((key) => ({
    kind: 'filter',
    effect: checkEffect(key, base[key], head[key]),
    sentence: `the check ${key} changes from ${valueWords(base[key])} to ${valueWords(head[key])}`,
    path: ['prepare', 'checks', key],
    file: 'head',
  }));
}

const levels: readonly unknown[] = ['off', 'warn', 'fail'];

/** A larger share asks less, more rows ask more; `{ warn, fail }` says two things at once. */
function checkEffect(key: string, before: unknown, after: unknown): DeclarationChange['effect'] {
  if (after === 'off') return 'loosens';
  if (before === 'off') return 'tightens';
  const level = (value: unknown) => levels.indexOf(value);
  if (level(before) >= 0 && level(after) >= 0) return level(after) < level(before) ? 'loosens' : 'tightens';
  if (typeof before !== 'number' || typeof after !== 'number') return 'changes';
  return after > before === (key !== 'min-rows') ? 'loosens' : 'tightens';
}
