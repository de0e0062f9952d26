import { locateRow, type SourcePart } from './origin.ts';
import type { QualityChange } from './quality-report.ts';
import type { Value } from './table.ts';

const exampleLimit = 5;

/** Counts what cleaning does, by rule, with the first examples located in the source. */
export interface ChangeLog {
  /** @param row row number in the source's table. */
  add(change: Pick<QualityChange, 'rule' | 'effect' | 'column'>, row: number, value: Value): void;
  changes(): QualityChange[];
}

export function createChangeLog(parts: readonly SourcePart[]): ChangeLog {
  const entries = new Map<string, { change: QualityChange; examples: QualityChange['examples'] }>();
  return {
    add({ rule, effect, column }, row, value) {
      const name = `${rule}/${effect}/${column ?? ''}`;
      let entry = entries.get(name);
      if (!entry) {
        const examples: QualityChange['examples'] = [];
        entry = {
          examples,
          change: { rule, effect, rows: 0, examples, ...(column === undefined ? {} : { column }) },
        };
        entries.set(name, entry);
      }
      entry.change.rows++;
      if (entry.examples.length >= exampleLimit) return;
      const shown = typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
      entry.examples.push({ ...locateRow(parts, row), value: shown });
    },
    changes: () => [...entries.values()].map(({ change }) => change),
  };
}
