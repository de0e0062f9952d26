import { mergeCategories, profileCategoriesOver } from '../../dataset/profile/profile-category.ts';
import type {
  BooleanProfile,
  CategoryProfile,
  ColumnProfile,
  NumberProfile,
} from '../../dataset/profile/profile-schema.ts';
import { addMoments, momentsOf, noMoments } from '../../dataset/statistics/moments.ts';
import type { Value } from '../../dataset/table/table.ts';

/** Counts one column's values, one by one, over a reference's support. */
export interface ColumnCounter {
  add(value: Value | undefined): void;
  profile(): ColumnProfile;
}

/** A counter over the support of a reference column. */
export function columnCounter(reference: ColumnProfile): ColumnCounter {
  switch (reference.type) {
    case 'category':
      return new CategoryCounter(reference);
    case 'boolean':
      return new BooleanCounter(reference);
    default:
      return new NumberCounter(reference);
  }
}

/** Values that are counted together: a column's points stay in the processor's cache meanwhile. */
const blockRows = 256;

class NumberCounter implements ColumnCounter {
  readonly #reference: NumberProfile;
  readonly #points: Float64Array;
  readonly #at: Float64Array;
  readonly #between: Float64Array;
  /** Values that wait to be counted; NaN is missing. */
  readonly #block = new Float64Array(blockRows);
  #inBlock = 0;
  #moments = noMoments;
  #missing = 0;

  constructor(reference: NumberProfile) {
    this.#reference = reference;
    this.#points = Float64Array.from(reference.points);
    this.#at = new Float64Array(this.#points.length);
    this.#between = new Float64Array(this.#points.length + 1);
  }

  add(value: Value | undefined): void {
    this.#block[this.#inBlock++] = typeof value === 'number' ? value : Number.NaN;
    if (this.#inBlock === blockRows) this.#countBlock();
  }

  profile(): ColumnProfile {
    this.#countBlock();
    const { name, role, type, support, points } = this.#reference;
    return {
      name,
      role,
      type,
      support,
      points: [...points],
      at: [...this.#at],
      between: [...this.#between],
      missing: this.#missing,
      moments: this.#moments,
    };
  }

  #countBlock(): void {
    const points = this.#points;
    const values = this.#block.subarray(0, this.#inBlock);
    for (const value of values) {
      if (Number.isNaN(value)) {
        this.#missing++;
        continue;
      }
      // The first point that is not below the value.
      let low = 0;
      let high = points.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (points[middle]! < value) low = middle + 1;
        else high = middle;
      }
      if (points[low] === value) this.#at[low]!++;
      else this.#between[low]!++;
    }
    this.#moments = addMoments(this.#moments, momentsOf(values));
    this.#inBlock = 0;
  }
}

class BooleanCounter implements ColumnCounter {
  readonly #reference: BooleanProfile;
  readonly #counts = { false: 0, true: 0, missing: 0 };

  constructor(reference: BooleanProfile) {
    this.#reference = reference;
  }

  add(value: Value | undefined): void {
    this.#counts[value === true ? 'true' : value === false ? 'false' : 'missing']++;
  }

  profile(): ColumnProfile {
    const { name, role, type } = this.#reference;
    return { name, role, type, ...this.#counts };
  }
}

/** Unseen categories that wait to be counted together. */
const mostOthers = 512;
/** Characters of a category that are kept: what strangers send must not fill the memory. */
const longestCategory = 256;

class CategoryCounter implements ColumnCounter {
  readonly #reference: CategoryProfile;
  readonly #codes: Map<string, number>;
  readonly #counts: Float64Array;
  #missing = 0;
  #others: string[] = [];
  /** Only of categories outside the support. */
  #counted: CategoryProfile;

  constructor(reference: CategoryProfile) {
    this.#reference = reference;
    this.#codes = new Map(reference.values.map((value, code) => [value, code]));
    this.#counts = new Float64Array(reference.values.length);
    this.#counted = this.#profileOf([]);
  }

  add(value: Value | undefined): void {
    if (typeof value !== 'string') {
      this.#missing++;
      return;
    }
    const code = this.#codes.get(value);
    if (code !== undefined) {
      this.#counts[code]!++;
      return;
    }
    this.#others.push(bounded(value));
    if (this.#others.length >= mostOthers) this.#countOthers();
  }

  profile(): ColumnProfile {
    this.#countOthers();
    return { ...this.#counted, missing: this.#missing, counts: [...this.#counts] };
  }

  #countOthers(): void {
    if (this.#others.length === 0) return;
    this.#counted = mergeCategories(this.#counted, this.#profileOf(this.#others));
    this.#others = [];
  }

  #profileOf(values: readonly string[]): CategoryProfile {
    const dictionary = [...new Set(values)];
    const codeOf = new Map(dictionary.map((value, code) => [value, code]));
    const codes = Int32Array.from(values, (value) => codeOf.get(value)!);
    return profileCategoriesOver(this.#reference, { type: 'category', codes, dictionary });
  }
}

/** A text of its own, not longer than is kept: one that is a slice, as of CSV, would keep the whole body alive. */
function bounded(value: string): string {
  if (value.length <= longestCategory) return Buffer.from(value, 'utf16le').toString('utf16le');
  return Buffer.from(`${value.slice(0, longestCategory)}…`).toString();
}
