/** A value that is mostly there at once, and otherwise promised. */
export type Eventual<T> = T | Promise<T>;

/** Goes on with a value, at once where it is there: what answers at once costs no promise. */
export function goOn<A, B>(value: Eventual<A>, next: (value: A) => B): Eventual<B> {
  return value instanceof Promise ? value.then(next) : next(value);
}
