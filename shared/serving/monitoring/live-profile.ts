import { mergeProfiles, type Profile, profileOver } from '../../dataset/profile.ts';
import { tableOfRecords } from '../../dataset/record.ts';
import type { Row, Value } from '../../dataset/table.ts';
import type { LoadedModel } from '../served-model.ts';

/** Rows that are kept until they are counted together: counting has a cost for each column's support. */
const mostPending = 2048;
/** Characters of a category that are kept: what strangers send must not fill the memory. */
const longestCategory = 256;

/**
 * A profile of all predicted records over the support of the training rows' profile. It adds up with others over the
 * same support by {@link mergeProfiles}. Its memory is bounded: counts, and at most 2,048 rows that wait to be counted.
 * The target has no counts: requests do not hold it.
 */
export class LiveProfile {
  readonly #model: LoadedModel;
  readonly #categories: readonly string[];
  #pending: Row[] = [];
  #total: Profile | undefined;
  /** Milliseconds since 1970 from when on it counts. */
  readonly since: number;

  constructor(model: LoadedModel, since: number) {
    this.#model = model;
    this.since = since;
    this.#categories = model.features.filter(({ type }) => type === 'category').map(({ name }) => name);
  }

  get rows(): number {
    return (this.#total?.rows ?? 0) + this.#pending.length;
  }

  add(rows: readonly Row[]): void {
    for (const row of rows) {
      this.#pending.push(this.#bounded(row));
      if (this.#pending.length >= mostPending) this.#count();
    }
  }

  /** The profile of all rows so far. */
  profile(): Profile {
    return this.#count();
  }

  #count(): Profile {
    if (this.#total && this.#pending.length === 0) return this.#total;
    const table = tableOfRecords(this.#model.schema, this.#pending);
    const profile = profileOver(this.#model.profile, table);
    this.#total = this.#total ? mergeProfiles(this.#total, profile) : profile;
    this.#pending = [];
    return this.#total;
  }

  #bounded(row: Row): Row {
    let out: Record<string, Value> | undefined;
    for (const name of this.#categories) {
      const value = row[name];
      if (typeof value !== 'string' || value.length <= longestCategory) continue;
      out ??= Object.assign(Object.create(null) as Record<string, Value>, row);
      // A slice would keep the whole text alive; through bytes it is a text of its own.
      out[name] = Buffer.from(`${value.slice(0, longestCategory)}…`).toString();
    }
    return out ?? row;
  }
}
