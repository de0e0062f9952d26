import { type MetricChoice, metricKey } from '../../metrics/descriptors/metric-key.ts';
import type { Config } from '../sections/schema.ts';
import type { DeclarationChange } from './declaration-changes-item.ts';
import { policyChange } from './declaration-changes-policy.ts';
import { changedKeys, listChange, type SectionValues, valueWords } from './declaration-changes-values.ts';

/** Keys of the section that are compared one by one, here or with the gates; any other is compared as a whole. */
const compared: ReadonlySet<string> = new Set([
  'gates',
  'primary',
  'metrics',
  'inconclusive',
  'slices',
  'min-slice-rows',
  'bootstrap',
]);

/** What is measured and how it is weighed: metrics, the primary one, slices, the policy, the bootstrap. */
export function judgingChanges({ validate: base }: Config, { validate: head }: Config): DeclarationChange[] {
  const changes: DeclarationChange[] = [];
  const add = (
    kind: DeclarationChange['kind'],
    effect: DeclarationChange['effect'],
    key: string,
    sentence: string,
  ) => changes.push({ kind, effect, sentence, path: ['validate', key], file: fileOf(head, key) });

  const [before, after] = [keyOf(base.primary), keyOf(head.primary)];
  if (before !== after) {
    const sentence = `the primary metric changes from ${before ?? 'the task’s own'} to ${after ?? 'the task’s own'}`;
    add('metric', 'changes', 'primary', sentence);
  }
  const [measured, measures] = [base.metrics?.map(metricKey), head.metrics?.map(metricKey)];
  const metrics = listChange(measured, measures);
  if (metrics) add('metric', listEffect(measured, measures), 'metrics', `the metrics change: ${metrics}`);
  const policy = policyChange(base.inconclusive, head.inconclusive);
  if (policy) add('judging', policy.effect, 'inconclusive', policy.sentence);
  const slices = listChange(base.slices, head.slices);
  if (slices) {
    const effect = listEffect(base.slices, head.slices);
    add('judging', effect, 'slices', `the columns to slice by change: ${slices}`);
  }
  if (base['min-slice-rows'] !== head['min-slice-rows']) {
    const [before, after] = [base['min-slice-rows'], head['min-slice-rows']];
    const sentence = `slices are judged from ${after} rows on, not from ${before}`;
    add('judging', after > before ? 'loosens' : 'tightens', 'min-slice-rows', sentence);
  }
  for (const key of changedKeys(base, head).filter((key) => !compared.has(key))) {
    const [from, to] = [(base as SectionValues)[key], (head as SectionValues)[key]];
    add('judging', 'changes', key, `validate.${key} changes from ${valueWords(from)} to ${valueWords(to)}`);
  }
  return [...changes, ...bootstrapChanges(base.bootstrap, head.bootstrap)];
}

function keyOf(choice: MetricChoice | undefined): string | undefined {
  return choice === undefined ? undefined : metricKey(choice);
}

function fileOf(section: object, key: string): DeclarationChange['file'] {
  return (section as SectionValues)[key] === undefined ? 'base' : 'head';
}

/** Wider intervals make more gates inconclusive, passing ones as well as failing ones: neither looser nor tighter. */
function bootstrapChanges(base: SectionValues, head: SectionValues): DeclarationChange[] {
  return changedKeys(base, head).map((key) => ({
    kind: 'judging',
    effect: 'changes',
    sentence: `the bootstrap’s ${key} changes from ${valueWords(base[key])} to ${valueWords(head[key])}`,
    path: ['validate', 'bootstrap', key],
    file: 'head',
  }));
}

/** Measuring more takes nothing away. */
function listEffect(
  base: readonly string[] | undefined,
  head: readonly string[] | undefined,
): DeclarationChange['effect'] {
  return base && head && base.every((value) => head.includes(value)) ? 'tightens' : 'changes';
}
