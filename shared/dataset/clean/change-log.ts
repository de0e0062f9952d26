import type { QualityChange } from '../quality/quality-report.ts';
import type { RowPlaces } from '../table/row-place.ts';
import type { Value } from '../table/table.ts';

const exampleLimit = 5;

/** Notes that a rule touched a row. @param row of the table that is cleaned. @param value what was there before. */
export type NoteChange = (row: number, value: Value) => void;

/** Counts what cleaning does, by rule, with the first examples located in the source. */
export interface ChangeLog {
  /** The counter of one rule and effect on one column; a rule that touches no row leaves no trace. */
  rule(change: Pick<QualityChange, 'rule' | 'effect' | 'column'>): NoteChange;
  /** In the order in which the rules first touched a row. */
  changes(): QualityChange[];
}

/** An empty log. @param places where the rows come from, for the examples. */
export function createChangeLog(places: RowPlaces): ChangeLog {
  const changes: QualityChange[] = [];
  return {
    rule({ rule, effect, column }) {
      let change: QualityChange | undefined;
      return (row, value) => {
        if (!change) {
          change = { rule, effect, rows: 0, examples: [], ...(column === undefined ? {} : { column }) };
          changes.push(change);
        }
        change.rows++;
        if (change.examples.length >= exampleLimit) return;
        const shown = typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
        change.examples.push({ ...places.locate(row), value: shown });
      };
    },
    changes: () => changes,
  };
}
