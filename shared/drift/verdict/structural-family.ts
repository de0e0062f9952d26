import type { StructuralFinding } from '../report/drift-report.ts';
import { type StructuralChange, type Structure, structuralChanges } from '../structural/structural-test.ts';

/**
 * Parts of the budget by kind. A constant, a gap and a unit change come with p-values that hardly any level would stop; the
 * chance is worth more where single rows decide.
 */
const parts: Readonly<Record<StructuralChange, number>> = {
  missing: 4,
  'new-categories': 3,
  unit: 1,
  constant: 1,
  apart: 1,
};

/**
 * Judges the changes of structure of all columns at one level (Bonferroni, weighted): each kind has its part of the level, each
 * column in which it is looked for the same share of that. Kinds that are looked for in no column leave their part to the
 * others. Whatever the dependence, one of them alarms at most as often as the level says.
 *
 * @returns of each column what was seen, in the order of {@link structuralChanges}.
 */
export function judgeStructure(columns: readonly Structure[], alpha: number): StructuralFinding[][] {
  const counts = new Map<StructuralChange, number>();
  for (const { tested } of columns) {
    for (const change of tested) counts.set(change, (counts.get(change) ?? 0) + 1);
  }
  const all = [...counts.keys()].reduce((sum, change) => sum + parts[change], 0);
  const times = (change: StructuralChange): number => ((counts.get(change) ?? 1) * all) / parts[change];
  return columns.map(({ seen }) =>
    seen
      .toSorted((a, b) => structuralChanges.indexOf(a.change) - structuralChanges.indexOf(b.change))
      .map(({ change, p, words }) => {
        const adjusted = Math.min(1, p * times(change));
        return { change, words, p, 'adjusted-p': adjusted, drifted: adjusted <= alpha };
      }),
  );
}
