import type { Config } from '../sections/schema.ts';
import { sharesOf } from '../sections/split-section.ts';
import type { DeclarationChange } from './declaration-changes-item.ts';
import {
  changedKeys,
  moved,
  type SectionValues,
  sameValue,
  valueWords,
} from './declaration-changes-values.ts';

const dataSubjects: Readonly<Record<string, string>> = {
  key: 'what identifies a row',
  group: 'the group',
  time: 'the event time',
};

/** What says which rows there are, not how they are divided. */
const rowKeys: ReadonlySet<string> = new Set(['source', 'sources', 'steps', 'snapshot']);

function movesRows(key: string): string {
  return key === 'key' || key === 'group' ? moved : '';
}

/** What is predicted, from which rows, and how they are divided. */
export function dataDeclarationChanges(base: Config, head: Config): DeclarationChange[] {
  return [
    ...single('task', base, head, ['name'], 'the pipeline’s name', ': its champion is found by name'),
    ...single('task', base, head, ['task'], 'the task'),
    ...single('task', base, head, ['target'], 'the target'),
    ...single('task', base, head, ['positive'], 'the positive class'),
    ...sourceChanges(base.data.source ?? {}, head.data.source ?? {}),
    ...severalChanges(base.data.sources ?? {}, head.data.sources ?? {}),
    ...stepChanges(base, head),
    ...changedKeys(base.data, head.data)
      .filter((key) => !rowKeys.has(key))
      .flatMap((key) =>
        single('split', base, head, ['data', key], dataSubjects[key] ?? `data.${key}`, movesRows(key)),
      ),
    ...splitChanges(withShares(base), withShares(head)),
  ];
}

/** Shares that are the usual ones are no change, whether they are written or not. */
function withShares(config: Config): Config {
  return { ...config, split: { ...config.split, ...sharesOf(config.split) } };
}

function splitChanges(base: Config, head: Config): DeclarationChange[] {
  return changedKeys(base.split, head.split).flatMap((key) =>
    single('split', base, head, ['split', key], `the split’s ${key}`, moved),
  );
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

function severalChanges(base: SectionValues, head: SectionValues): DeclarationChange[] {
  return changedKeys(base, head).map((name) => ({
    kind: 'data',
    effect: 'changes',
    sentence: `the data source ${name} ${base[name] === undefined ? 'is new' : head[name] === undefined ? 'is gone' : `changes from ${valueWords(base[name])} to ${valueWords(head[name])}`}`,
    path: ['data', 'sources', name],
    file: head[name] === undefined ? 'base' : 'head',
  }));
}

/** The steps are one whole: the first that differs says where to look. */
function stepChanges({ data: base }: Config, { data: head }: Config): DeclarationChange[] {
  if (sameValue(base.steps, head.steps)) return [];
  const [before, after] = [base.steps ?? [], head.steps ?? []];
  const at = after.findIndex((step, i) => !sameValue(step, before[i]));
  const index = at < 0 ? after.length : at;
  return [
    {
      kind: 'data',
      effect: 'changes',
      sentence: `the steps that make the data change from step ${index + 1} on: ${stepWords(before[index])} becomes ${stepWords(after[index])}`,
      path: ['data', 'steps', ...(index < after.length ? [index] : [])],
      file: head.steps === undefined ? 'base' : 'head',
    },
  ];
}

function stepWords(step: unknown): string {
  return step === undefined ? 'none' : valueWords(step);
}
