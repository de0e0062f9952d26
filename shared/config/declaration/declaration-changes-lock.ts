import type { Lock } from '../lock/lock.ts';
import type { DeclarationChange } from './declaration-changes-item.ts';
import { changedKeys, moved, sameValue, valueWords } from './declaration-changes-values.ts';

/**
 * What a changed ciclo.lock freezes otherwise than the one that it is to replace: how rows are divided, which class
 * matters, how columns are read. Which rows there are is its purpose, and reviewed as its diff: that is not here, nor are
 * columns that only one of the two has.
 *
 * @param base undefined where there was none: then nothing was frozen yet.
 */
export function lockChanges(base: Lock | undefined, head: Lock | undefined): DeclarationChange[] {
  if (!base) return [];
  if (!head) {
    const sentence =
      'ciclo.lock is gone: no row is pinned, and how they are divided and read is decided again';
    return [{ kind: 'split', effect: 'loosens', sentence, path: [], file: 'lock' }];
  }
  const frozen = [
    ...frozenChange('split', ['version'], 'how keys are hashed', [base.version, head.version], moved),
    ...frozenChange('split', ['key'], 'what identifies a row', [base.key, head.key], moved),
    ...frozenChange(
      'split',
      ['split', 'seed'],
      'the split’s seed',
      [base.split.seed, head.split.seed],
      moved,
    ),
    ...frozenChange(
      'split',
      ['split', 'folds'],
      'how many folds there are',
      [base.split.folds ?? 'none', head.split.folds ?? 'none'],
      moved,
    ),
    ...frozenChange(
      'split',
      ['split', 'apart'],
      'whether rows of equal key are divided one by one',
      [base.split.apart ?? false, head.split.apart ?? false],
      moved,
    ),
  ];
  const columns = (['types', 'formats'] as const).flatMap((section) => {
    const [before, after] = [base[section] ?? {}, head[section] ?? {}];
    return changedKeys(before, after)
      .filter((name) => Object.hasOwn(base.types, name) && Object.hasOwn(head.types, name))
      .flatMap((name) => {
        const subject = `the ${section === 'types' ? 'type' : 'notation'} of ${valueWords(name)}`;
        return frozenChange('data', [section, name], subject, [before[name], after[name]]);
      });
  });
  return [
    ...frozen,
    ...frozenChange('task', ['positive'], 'the positive class', [base.positive, head.positive]),
    ...columns,
  ];
}

function frozenChange(
  kind: DeclarationChange['kind'],
  path: readonly string[],
  subject: string,
  [before, after]: readonly [unknown, unknown],
  consequence = '',
): DeclarationChange[] {
  if (sameValue(before, after)) return [];
  const sentence = `${subject}, frozen in ciclo.lock, changes from ${valueWords(before)} to ${valueWords(after)}${consequence}`;
  return [{ kind, effect: 'changes', sentence, path, file: 'lock' }];
}
