import { CellCounter } from '../dataset/profile/cells.ts';
import { centred, momentsOfDeviations, nothingCounted } from './counted-columns.ts';
import type { CountedNumber, CountedNumbers, CountedRows, NumberCounts, Scan } from './dialect.ts';
import { selectOf } from './quoting.ts';

/**
 * Counts numbers of an engine that runs in this process, by looking at each: a bucket is found here in a tenth of the time that
 * the engine's own histogram takes, and nothing is sent over a wire.
 */
export async function scannedNumbers(
  rows: CountedRows,
  columns: readonly CountedNumber[],
  scan: Scan,
): Promise<CountedNumbers> {
  const counted = columns.map((column) => new ScannedNumber(column));
  let count = 0;
  let room = new Float64Array(0);
  const selected = selectOf(
    columns.map(({ sql }) => sql),
    rows,
  );
  for await (const part of scan(selected)) {
    count += part.rows;
    if (room.length < part.rows) room = new Float64Array(part.rows);
    const values = room.subarray(0, part.rows);
    for (const [i, column] of counted.entries()) {
      part.copy(i, values);
      column.add(values);
    }
  }
  return { rows: count, columns: counted.map((column) => column.counts()) };
}

/** One column under way. */
class ScannedNumber {
  readonly #column: CountedNumber;
  readonly #cells: CellCounter;
  readonly #sum = new CompensatedSum();
  readonly #squares = new CompensatedSum();
  #count = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;

  constructor(column: CountedNumber) {
    this.#column = column;
    this.#cells = new CellCounter(Float64Array.from(column.points));
  }

  add(values: Float64Array): void {
    this.#cells.add(values);
    const centre = centred(this.#column.centre);
    let [count, sum, squares, min, max] = [0, 0, 0, this.#min, this.#max];
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (Number.isNaN(value)) continue;
      const deviation = centred(value) - centre;
      count++;
      sum += deviation;
      squares += deviation * deviation;
      if (value < min) min = value;
      if (value > max) max = value;
    }
    this.#count += count;
    this.#sum.add(sum);
    this.#squares.add(squares);
    this.#min = min;
    this.#max = max;
  }

  counts(): NumberCounts {
    const { at, between, missing } = this.#cells.counts();
    const [count, min, max] = [this.#count, this.#min + 0, this.#max + 0];
    if (count === 0) return nothingCounted(this.#column, missing);
    const sums = { sum: this.#sum.value, squares: this.#squares.value };
    const moments = momentsOfDeviations(this.#column, { count, min, max, ...sums });
    return { missing, moments, at: [...at], between: [...between] };
  }
}

/** A sum of parts that come in any order: what rounding loses is added at the end. Neumaier (1974). */
class CompensatedSum {
  #sum = 0;
  #lost = 0;

  add(part: number): void {
    const sum = this.#sum + part;
    this.#lost += Math.abs(this.#sum) >= Math.abs(part) ? this.#sum - sum + part : part - sum + this.#sum;
    this.#sum = sum;
  }

  get value(): number {
    return this.#sum + this.#lost;
  }
}
