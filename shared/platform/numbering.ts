import { LargeMap } from './large-map.ts';

/** Gives each value the next number, from 0, the first time that it comes: categories their codes. As a Map, it takes -0 for 0. */
export class Numbering<T> {
  /** The values by their numbers. */
  readonly values: T[] = [];
  readonly #numbers: LargeMap<T, number>;

  /** @param values numbered beforehand. @param most see {@link LargeMap}. */
  constructor(values: Iterable<T> = [], most?: number) {
    this.#numbers = new LargeMap([], most);
    for (const value of values) this.of(value);
  }

  /** The value's number, a new one where it has none. */
  of(value: T): number {
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    const next = this.values.push(value) - 1;
    this.#numbers.set(value, next);
    return next;
  }

  /** The value's number, where it has one. */
  find(value: T): number | undefined {
    return this.#numbers.get(value);
  }
}
