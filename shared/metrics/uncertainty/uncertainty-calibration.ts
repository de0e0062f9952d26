import { codesAgainstRest } from '../../dataset/schema/positive-class.ts';
import type { CalibrationMap } from '../evaluation/prediction-facts.ts';
import type { ClassifiedRows } from '../rows/judged-rows.ts';

type Block = CalibrationMap['blocks'][number];

/**
 * What the model's probabilities were worth on the judged rows, by class (of a binary task only the positive one): the
 * isotonic regression of "is of the class" on the class's probability, by pool-adjacent-violators (Barlow, Bartholomew,
 * Bremner and Brunk, "Statistical inference under order restrictions", 1972), as blocks of equal values. scikit-learn:
 * `IsotonicRegression(out_of_bounds="clip")`, with {@link calibrated} for `predict`.
 *
 * @param rows with probabilities, finite; at least one.
 */
export function calibrationMapsOf(rows: ClassifiedRows): CalibrationMap[] {
  return codesAgainstRest(rows).map((code) => ({
    class: rows.classes[code]!,
    blocks: isotonicBlocks(rows, code),
  }));
}

function isotonicBlocks({ classes, probabilities, ranking }: ClassifiedRows, code: number): Block[] {
  const { entries, groups } = ranking(code);
  const blocks: (Block & { sum: number })[] = [];
  for (let g = 0; g < groups.length - 1; g++) {
    const [start, end] = [groups[g]!, groups[g + 1]!];
    const score = probabilities![(entries[start]! >>> 1) * classes.length + code]!;
    let block = { from: score, to: score, observed: 0, rows: end - start, sum: 0 };
    for (let i = start; i < end; i++) block.sum += entries[i]! & 1;
    for (let before = blocks.at(-1); before && !isBelow(before, block); before = blocks.at(-1)) {
      blocks.pop();
      block = { ...block, from: before.from, rows: before.rows + block.rows, sum: before.sum + block.sum };
    }
    blocks.push(block);
  }
  return blocks.map(({ from, to, rows, sum }) => ({ from, to, observed: sum / rows, rows }));
}

interface Pool {
  readonly sum: number;
  readonly rows: number;
}

/** Whether a block's mean is less than another's; whole numbers, so that it is exact. */
const isBelow = (a: Pool, b: Pool): boolean => a.sum * b.rows < b.sum * a.rows;

/** Where a probability lies among the blocks: in one, or a share of the way from it to the next. */
export interface BlockPlace {
  readonly block: number;
  readonly share: number;
}

/** The place of a probability; below the first block and above the last one it is in them. */
export function blockPlace(blocks: readonly Block[], probability: number): BlockPlace {
  let [low, high] = [0, blocks.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (blocks[middle]!.from <= probability) low = middle;
    else high = middle - 1;
  }
  const { to } = blocks[low]!;
  const next = blocks[low + 1];
  if (!next || probability <= to) return { block: low, share: 0 };
  return { block: low, share: (probability - to) / (next.from - to) };
}

/** The calibrated probability: a block's value, between blocks on the straight line. */
export function calibrated(values: ArrayLike<number>, { block, share }: BlockPlace): number {
  return share === 0 ? values[block]! : values[block]! + share * (values[block + 1]! - values[block]!);
}
