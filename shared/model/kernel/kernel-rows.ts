import type { WeightedRows } from '../network/learner.ts';

/** Where a block of rows stands in a kernel's memory, in numbers of four bytes. */
interface RowPlaces {
  readonly x: number;
  readonly targets: number;
  readonly weights: number;
  /** A number that nothing reads. */
  readonly scrap: number;
  /** From one row of `x` to the next: the inputs and their padding. */
  readonly stride: number;
}

/** Copies `rows` rows into the kernel: those that `order` names from its place `from` on, or, without it, those from row `from` on. */
type GatherRows = (
  examples: WeightedRows,
  order: Uint32Array | undefined,
  from: number,
  rows: number,
) => void;

/**
 * Makes what copies rows into a kernel's memory.
 *
 * @param width inputs of a row.
 */
export function createGather(
  memory: Float32Array,
  width: number,
  { x, targets, weights: rowWeights, scrap, stride }: RowPlaces,
): GatherRows {
  return (examples, order, from, rows) => {
    const { x: source, targets: answers, weights } = examples;
    if (order) memory[scrap] = touch(examples, width, order.subarray(from, from + rows));
    for (let i = 0; i < rows; i++) {
      const row = order ? order[from + i]! : from + i;
      for (let k = row * width, o = x + i * stride, end = k + width; k < end; k++, o++)
        memory[o] = source[k]!;
      memory[targets + i] = answers[row]!;
      if (weights) memory[rowWeights + i] = weights[row]!;
    }
  };
}

/** Numbers in one line of a processor's cache. */
const cacheLine = 16;

/**
 * Reads one number of every cache line of some rows. Shuffled rows lie anywhere in memory: asked for one after the other
 * in so short a loop, their lines are on the way all at once, and the copying loop finds them there; without it a sixth of
 * an epoch is spent waiting for them.
 */
function touch({ x, targets }: WeightedRows, width: number, order: Uint32Array): number {
  let sum = 0;
  for (let i = 0; i < order.length; i++) {
    const row = order[i]!;
    sum += targets[row]!;
    for (let k = row * width, end = k + width; k < end; k += cacheLine) sum += x[k]!;
  }
  return sum;
}
