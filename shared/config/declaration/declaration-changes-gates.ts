import { metricKey } from '../../metrics/descriptors/metric-key.ts';
import type { GateConfig } from '../sections/validate-section.ts';
import { toleranceWords } from '../sections/values.ts';
import type { DeclarationChange } from './declaration-changes-item.ts';

type Tolerance = NonNullable<GateConfig['train-gap']>['at-most'];

/** One thing that a gate asks: an entry with `min` and `max` asks two. */
interface Requirement {
  readonly path: readonly (string | number)[];
  /** What is asked of which metric where; requirements with the same key differ only in their bounds. */
  readonly key: string;
  readonly bound: Tolerance;
  /** Whether a larger bound asks less. */
  readonly looserAbove: boolean;
  /** The bound with its words: `at most 4`. */
  readonly words: string;
  /** What is bounded: `rmse`, `rmse worse than the champion`. */
  readonly subject: string;
  readonly place: string;
}

/** Gates that were added, removed, loosened or tightened; where they stand in the list does not matter. */
export function gateChanges(base: readonly GateConfig[], head: readonly GateConfig[]): DeclarationChange[] {
  const before = Map.groupBy(base.flatMap(requirements), ({ key }) => key);
  const after = Map.groupBy(head.flatMap(requirements), ({ key }) => key);
  return [...new Set([...after.keys(), ...before.keys()])].flatMap((key) =>
    changesOf(before.get(key) ?? [], after.get(key) ?? []),
  );
}

function changesOf(before: readonly Requirement[], after: readonly Requirement[]): DeclarationChange[] {
  const kept = new Set(after.map(({ words }) => words));
  const known = new Set(before.map(({ words }) => words));
  const old = before.filter(({ words }) => !kept.has(words)).sort(strictestFirst);
  const now = after.filter(({ words }) => !known.has(words)).sort(strictestFirst);
  return Array.from({ length: Math.max(old.length, now.length) }, (_, i) => changeOf(old[i], now[i]));
}

function strictestFirst(a: Requirement, b: Requirement): number {
  const size = a.bound.amount - b.bound.amount;
  return Number(a.bound.relative) - Number(b.bound.relative) || (a.looserAbove ? size : -size);
}

function changeOf(old: Requirement | undefined, now: Requirement | undefined): DeclarationChange {
  if (old && now) {
    const effect = effectOf(old, now);
    const verb = { loosens: 'is loosened', tightens: 'is tightened', changes: 'is changed' }[effect];
    const sentence = `gate ${full(old)} ${verb} to ${now.words}`;
    return { kind: 'gate', effect, sentence, path: now.path, file: 'head' };
  }
  if (now) {
    const sentence = `gate ${full(now)} is added`;
    return { kind: 'gate', effect: 'tightens', sentence, path: now.path, file: 'head' };
  }
  const sentence = `gate ${full(old!)} is removed`;
  return { kind: 'gate', effect: 'loosens', sentence, path: old!.path, file: 'base' };
}

/** A share of the reference and an amount cannot be compared: which is stricter depends on what is measured. */
function effectOf(old: Requirement, now: Requirement): 'loosens' | 'tightens' | 'changes' {
  if (old.bound.relative !== now.bound.relative) return 'changes';
  return now.bound.amount > old.bound.amount === now.looserAbove ? 'loosens' : 'tightens';
}

function full({ subject, words, place }: Requirement): string {
  return `${subject} ${words}${place}`;
}

function requirements(gate: GateConfig, index: number): Requirement[] {
  const metric = metricKey(gate);
  const { min, max, champion, slice } = gate;
  const of = champion?.of ?? 'champion';
  const place = slice === undefined ? '' : ` in every slice by ${slice}`;
  const amount = (value: number): Tolerance => ({ amount: value, relative: false });
  const asked: [
    string,
    Tolerance | undefined,
    side: 'at most' | 'at least',
    subject: string,
    place?: string,
  ][] = [
    ['min', min === undefined ? undefined : amount(min), 'at least', metric, place],
    ['max', max === undefined ? undefined : amount(max), 'at most', metric, place],
    ['champion', champion?.['worse-by-at-most'], 'at most', `${metric} worse than the ${of} by`],
    ['champion', champion?.['better-by-at-least'], 'at least', `${metric} better than the ${of} by`],
    ['train-gap', gate['train-gap']?.['at-most'], 'at most', `${metric} worse than on training rows by`],
    [
      'baseline',
      gate.baseline?.['better-by-at-least'],
      'at least',
      `${metric} better than the naive baseline by`,
    ],
  ];
  return asked.flatMap(([name, bound, side, subject, where = '']) =>
    bound === undefined
      ? []
      : [
          {
            path: ['validate', 'gates', index, name],
            key: JSON.stringify([subject, side, where]),
            bound,
            looserAbove: side === 'at most',
            words: `${side} ${toleranceWords(bound)}`,
            subject,
            place: where,
          },
        ],
  );
}
