import type { CellPair } from '../samples/cell-pair.ts';
import type { Bar } from './detectable.ts';
import { detectableMove, detectableNovelty } from './detectable-move.ts';
import { detectableShift, type Line } from './detectable-shift.ts';

/** What is kept of two samples to say later, once the bar is known, which change they would have shown: plain data. */
export type DetectableChange =
  | {
      readonly of: 'shift';
      readonly line: Line;
      readonly rows: { readonly reference: number; readonly current: number };
      /** Of the reference, above 0. */
      readonly deviation: number;
    }
  | { readonly of: 'move'; readonly pair: CellPair }
  | {
      readonly of: 'novelty';
      readonly rows: { readonly reference: number; readonly current: number };
    }
  | { readonly of: 'nothing' };

/** The smallest change that passes a bar in at least 80 % of windows like this; undefined where none does. */
export function detectableChange(change: DetectableChange, bar: Bar): number | undefined {
  switch (change.of) {
    case 'shift':
      return detectableShift(change, change.deviation, bar);
    case 'move':
      return detectableMove(change.pair, bar);
    case 'novelty':
      return detectableNovelty(change.rows.reference, change.rows.current, bar);
    case 'nothing':
      return undefined;
  }
}
