import { logChoices } from '../../algebra/log-choices.ts';
import { allRows, type EffectiveShares } from '../dependence/effective-rows.ts';
import type { NumberPair } from '../samples/number-pair.ts';

/** Share of the reference that the outermost bin may have for all others to be "nearly all" of it. */
const mostBeyond = 0.05;

export interface RangesApart {
  readonly p: number;
  readonly side: 'above' | 'below';
  /** Every row of the reference is on the other side; false where a profile's outermost bin hides a few. */
  readonly all: boolean;
}

/**
 * Whether no current value is among the reference's: all of them lie above, or below. Of all ways to deal the pooled rows
 * two have such a gap, so p is 2 / C(n + m, m). Over a profile's bins the current rows may share the outermost one with up
 * to 5% of the reference; then it is 2 C(n_v + m, m) / C(n + m, m), as if those rows lay beyond as well.
 */
export function rangesApart(pair: NumberPair, shares: EffectiveShares = allRows): RangesApart | undefined {
  const { reference, current, rows } = pair;
  const first = current.findIndex((count) => count > 0);
  const last = current.findLastIndex((count) => count > 0);
  if (first < 0 || rows.reference === 0) return undefined;
  let below = 0;
  for (let i = 0; i < first; i++) below += reference[i]!;
  let above = 0;
  for (let i = last + 1; i < reference.length; i++) above += reference[i]!;
  const side = below >= above ? 'above' : 'below';
  const beyond = rows.reference - Math.max(below, above);
  if (beyond > 0 && !(isHidden(pair, side, { first, last }) && beyond <= mostBeyond * rows.reference)) {
    return undefined;
  }
  const n = rows.reference * shares.reference;
  const m = rows.current * shares.current;
  const logP = logChoices(beyond * shares.reference + m, m) - logChoices(n + m, m);
  return { p: Math.min(1, 2 * Math.exp(logP)), side, all: beyond === 0 };
}

/** Whether the current rows are all in the outermost bin, of which is not known where in it the reference's rows are. */
function isHidden(
  { low, high }: NumberPair,
  side: RangesApart['side'],
  { first, last }: { first: number; last: number },
): boolean {
  const cell = side === 'above' ? low.length - 1 : 0;
  return first === cell && last === cell && low[cell] !== high[cell];
}
