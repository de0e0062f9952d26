import { identifierKind } from '../dataset/identity/identifiers.ts';
import { panelOf } from '../dataset/quality/panel.ts';
import { countMissing } from '../dataset/table/missing-rows.ts';
import type { Table } from '../dataset/table/table.ts';
import type { Task } from '../metrics/descriptors/descriptor.ts';
import { measuredShare } from '../text/percent.ts';
import type { Reasoned } from './proposal.ts';
import { nameEvidence } from './target-names.ts';
import { isNumbered, taskOf } from './target-task.ts';

/** A column that could be predicted. */
export interface TargetCandidate {
  readonly column: string;
  readonly task: Reasoned<Task>;
  /** Why it stands where it stands; empty where nothing speaks for it. */
  readonly why: string;
  /** Whether its name speaks for it: no guess by its place alone. */
  readonly named: boolean;
  /** Few different whole numbers: they may be amounts, or numbers of classes. */
  readonly numbered: boolean;
}

/** More labels are seldom what somebody wants to predict first. */
const easyLabels = 10;
/** A target that is missing in more rows than this is an unlikely one. */
const mostMissing = 0.5;

/**
 * The columns that could be predicted, the likeliest first: by what they are called, then by where they stand (last, as in
 * most tables made for learning), then by what they hold. Columns that tell rows apart or are constant are none; the units of a panel come last.
 *
 * @param table typed, its columns in the order of the source.
 */
export function targetCandidates(table: Table): TargetCandidate[] {
  const names = [...table.columns.keys()];
  const unit = panelOf(table, '')?.unit;
  return names
    .flatMap((name, place) => {
      const column = table.columns.get(name)!;
      const task = identifierKind(name, column) === undefined ? taskOf(name, column) : undefined;
      if (task === undefined) return [];
      const missing = table.rows === 0 ? 0 : countMissing(column) / table.rows;
      const isLast = place === names.length - 1;
      const { points, why } = nameEvidence(name, names);
      const score =
        points +
        (isLast ? 15 : 0) +
        (place === 0 ? 4 : 0) +
        (task.value === 'binary' ? 5 : 0) -
        (column.type === 'category' && column.dictionary.length > easyLabels ? 15 : 0) -
        (name === unit ? 60 : 0) -
        (missing > mostMissing ? 60 : missing > 0 ? 2 : 0);
      const reasons = [
        ...(why === '' ? [] : [why]),
        ...(isLast ? ['it is the last column'] : []),
        ...(missing > 0 ? [`missing in ${measuredShare(missing)} of the rows`] : []),
      ];
      return [
        {
          column: name,
          task,
          why: reasons.join(', '),
          named: points > 0,
          numbered: isNumbered(column),
          score,
          place,
        },
      ];
    })
    .sort((a, b) => b.score - a.score || b.place - a.place)
    .map(({ score: _score, place: _place, ...candidate }) => candidate);
}
