import { encodingKeys } from '../checks/feature-keys.ts';
import { declaredKey } from '../sections/data-section.ts';
import type { Config } from '../sections/schema.ts';
import type { DeclarationChange } from './declaration-changes-item.ts';
import {
  changedKeys,
  listChange,
  type SectionValues,
  sameValue,
  valueWords,
} from './declaration-changes-values.ts';

/** Of a feature, how a model sees it; every other key decides which rows and values are there. */
const encodings: ReadonlySet<string> = new Set(['description', 'unit', ...encodingKeys]);

/** Which rows and values reach the model and its judgement. */
export function filterDeclarationChanges(base: Config, head: Config): DeclarationChange[] {
  const judging = judgingColumns([base, head]);
  return [
    ...featureChanges(base.features, head.features),
    ...prepareChanges(base.prepare, head.prepare, judging),
  ];
}

/** Columns that have a part in the judgement: what is predicted, what divides the rows, what they are sliced by. */
function judgingColumns(configs: readonly Config[]): ReadonlySet<string> {
  return new Set(
    configs.flatMap(({ target, data, validate }) =>
      [target, data.time, data.group, ...declaredKey(data)]
        .concat(validate.slices ?? [], ...validate.gates.map(({ slice }) => slice ?? []))
        .filter((name) => name !== undefined),
    ),
  );
}

function featureChanges(base: Config['features'], head: Config['features']): DeclarationChange[] {
  const names = new Set([...Object.keys(base), ...Object.keys(head)]);
  return [...names].flatMap((name) =>
    filterKeys(base[name], head[name]).flatMap((key): DeclarationChange[] => {
      const [before, after] = [filterOf(base[name], key), filterOf(head[name], key)];
      if (sameValue(before, after)) return [];
      const sentence = `of ${valueWords(name)}, ${key} changes from ${valueWords(before)} to ${valueWords(after)}`;
      const file = (head[name] as SectionValues | undefined)?.[key] === undefined ? 'base' : 'head';
      return [{ kind: 'filter', effect: 'changes', sentence, path: ['features', name, key], file }];
    }),
  );
}

function filterKeys(base: SectionValues = {}, head: SectionValues = {}): string[] {
  return changedKeys(base, head).filter((key) => !encodings.has(key));
}

/** A feature that is not declared has the defaults of one that is. */
function filterOf(feature: SectionValues | undefined, key: string): unknown {
  return feature?.[key] ?? (key === 'invalid' ? 'missing' : undefined);
}

function prepareChanges(
  base: Config['prepare'],
  head: Config['prepare'],
  judging: ReadonlySet<string>,
): DeclarationChange[] {
  const change = (path: readonly string[], sentence: string, file: 'head' | 'base' = 'head') =>
    ({ kind: 'filter', effect: 'changes', sentence, path: ['prepare', ...path], file }) as const;
  /** Deriving and excluding leave all rows and their other columns as they are. */
  const seen = (names: readonly string[], item: DeclarationChange): DeclarationChange =>
    names.some((name) => judging.has(name)) ? item : { ...item, effect: 'neutral' };
  const excluded = listChange(base.exclude, head.exclude);
  const markers = listChange(base['missing-markers'], head['missing-markers']);
  return [
    ...(excluded
      ? [
          seen(
            [...new Set(base.exclude).symmetricDifference(new Set(head.exclude))],
            change(['exclude'], `the excluded columns change: ${excluded}`),
          ),
        ]
      : []),
    ...changedKeys(base.derive, head.derive).map((name) =>
      seen(
        [name],
        change(
          ['derive', name],
          derivation(name, base.derive[name], head.derive[name]),
          has(head.derive, name),
        ),
      ),
    ),
    ...(markers ? [change(['missing-markers'], `the texts that mean missing change: ${markers}`)] : []),
    ...changedKeys(base, head)
      .filter((key) => !compared.has(key))
      .map((key) => ({ key, from: settingOf(base, key), to: settingOf(head, key) }))
      .filter(({ from, to }) => !sameValue(from, to))
      .map(({ key, from, to }) =>
        change([key], `${key} changes from ${valueWords(from)} to ${valueWords(to)}`),
      ),
    ...checkChanges(base.checks, head.checks),
  ];
}

/** Keys of the section that are compared one by one, or say how a model sees values; any other is compared as a whole. */
const compared: ReadonlySet<string> = new Set([
  'exclude',
  'derive',
  'missing-markers',
  'checks',
  'numbers',
  'categories',
]);

function settingOf(section: SectionValues, key: string): unknown {
  return section[key] ?? (key === 'missing-target' ? 'drop' : undefined);
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
