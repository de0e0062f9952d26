import { type Profile, profileOver } from '../../dataset/profile/profile.ts';
import { type Row, tableOf } from '../../dataset/table/table.ts';
import type { LoadedModel } from '../served-model.ts';
import { type ColumnCounter, columnCounter } from './column-counter.ts';

/**
 * A profile of all predicted records over the support of the training rows' profile: the same counts as `profileOver`
 * gives for a table of them, so it adds up with others by `mergeProfiles`. Its memory is that of the counts, whatever
 * arrives. The target has no counts: requests do not hold it.
 */
export class LiveProfile {
  /** Milliseconds since 1970 from when on it counts. */
  readonly since: number;
  readonly #reference: Profile;
  readonly #counters: readonly (readonly [string, ColumnCounter])[];
  #rows = 0;

  constructor({ features, profile }: LoadedModel, since: number) {
    this.since = since;
    this.#reference = profile;
    const columns = new Map(profile.columns.map((column) => [column.name, column]));
    this.#counters = features.flatMap(({ name, type }) => {
      const column = columns.get(name);
      return column?.type === type ? [[name, columnCounter(column)] as const] : [];
    });
  }

  get rows(): number {
    return this.#rows;
  }

  add(rows: readonly Row[]): void {
    this.#rows += rows.length;
    for (const [name, counter] of this.#counters) {
      for (let i = 0; i < rows.length; i++) counter.add(rows[i]![name]);
    }
  }

  /** The profile of all rows so far. */
  profile(): Profile {
    const nothing = profileOver(this.#reference, tableOf([]));
    const counted = new Map(this.#counters.map(([name, counter]) => [name, counter.profile()]));
    return {
      ...nothing,
      rows: this.#rows,
      columns: nothing.columns.map((column) => counted.get(column.name) ?? column),
    };
  }
}
