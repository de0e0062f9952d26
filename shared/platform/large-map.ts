/** Most entries of a Map or a Set of JavaScript; one more is a RangeError. A table may well have more rows. */
const mostEntries = 2 ** 24 - 1;

/** A map of any number of entries, in the order in which they came: several maps where one is full. */
export class LargeMap<K, V extends NonNullable<unknown>> {
  #open = new Map<K, V>();
  readonly #full: Map<K, V>[] = [];
  readonly #most: number;

  /** @param most entries of each of its maps. */
  constructor(entries: Iterable<readonly [K, V]> = [], most = mostEntries) {
    this.#most = most;
    for (const [key, value] of entries) this.set(key, value);
  }

  get size(): number {
    return this.#full.length * this.#most + this.#open.size;
  }

  get(key: K): V | undefined {
    const found = this.#open.get(key);
    if (found !== undefined || this.#full.length === 0) return found;
    return this.#holder(key)?.get(key);
  }

  has(key: K): boolean {
    return this.get(key) !== undefined;
  }

  set(key: K, value: V): void {
    const holder = this.#full.length === 0 ? undefined : this.#holder(key);
    if (holder) {
      holder.set(key, value);
      return;
    }
    if (this.#open.size >= this.#most && !this.#open.has(key)) {
      this.#full.push(this.#open);
      this.#open = new Map();
    }
    this.#open.set(key, value);
  }

  /** The full map that holds a key. */
  #holder(key: K): Map<K, V> | undefined {
    return this.#full.find((map) => map.has(key));
  }

  *[Symbol.iterator](): Generator<[K, V]> {
    for (const map of [...this.#full, this.#open]) yield* map;
  }

  *keys(): Generator<K> {
    for (const map of [...this.#full, this.#open]) yield* map.keys();
  }

  *values(): Generator<V> {
    for (const map of [...this.#full, this.#open]) yield* map.values();
  }
}

/** A set of any number of values, in the order in which they came, see {@link LargeMap}. */
export class LargeSet<T> {
  readonly #values: LargeMap<T, true>;

  constructor(values: Iterable<T> = [], most = mostEntries) {
    this.#values = new LargeMap([], most);
    for (const value of values) this.add(value);
  }

  get size(): number {
    return this.#values.size;
  }

  has(value: T): boolean {
    return this.#values.has(value);
  }

  add(value: T): void {
    this.#values.set(value, true);
  }

  [Symbol.iterator](): Generator<T> {
    return this.#values.keys();
  }
}
