import type { RowWeights } from './row-weights.ts';

/** Rows by actual (rows) and predicted (columns) class. */
export interface ConfusionMatrix {
  readonly size: number;
  /** Row-major size × size. */
  readonly cells: Float64Array;
  /** Rows of each actual class. */
  readonly actual: Float64Array;
  /** Rows given each class. */
  readonly predicted: Float64Array;
  readonly correct: number;
  readonly total: number;
}

/**
 * Counts rows by actual and predicted class; the count of every row once and of the last weighting are kept, because many
 * metrics ask for them.
 */
export class ConfusionCounter {
  readonly #cellOfRow: Uint32Array;
  readonly #size: number;
  #weights: RowWeights | undefined;
  #matrix: ConfusionMatrix | undefined;
  #ofEach: ConfusionMatrix | undefined;

  constructor(actual: Int32Array, predicted: Int32Array, size: number) {
    this.#size = size;
    this.#cellOfRow = new Uint32Array(actual.length);
    for (let i = 0; i < actual.length; i++) this.#cellOfRow[i] = actual[i]! * size + predicted[i]!;
  }

  at(weights: RowWeights): ConfusionMatrix {
    if (weights.once) {
      this.#ofEach ??= this.#count(weights);
      return this.#ofEach;
    }
    if (this.#matrix && this.#weights === weights) return this.#matrix;
    this.#matrix = this.#count(weights);
    this.#weights = weights;
    return this.#matrix;
  }

  #count({ counts }: RowWeights): ConfusionMatrix {
    const cells = new Float64Array(this.#size ** 2);
    const cellOfRow = this.#cellOfRow;
    for (let i = 0; i < cellOfRow.length; i++) cells[cellOfRow[i]!]! += counts[i]!;
    return confusionMatrix(cells, this.#size);
  }
}

/** Adds the margins to counted cells, which need not be whole numbers. */
export function confusionMatrix(cells: Float64Array, size: number): ConfusionMatrix {
  const actual = new Float64Array(size);
  const predicted = new Float64Array(size);
  let correct = 0;
  let total = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const count = cells[i * size + j]!;
      actual[i]! += count;
      predicted[j]! += count;
      total += count;
      if (i === j) correct += count;
    }
  }
  return { size, cells, actual, predicted, correct, total };
}
