/**
 * Values by names that come from data: columns, categories, classes. The object has no prototype, so that nothing is
 * found under `constructor` or `toString` that was not put there, and `__proto__` is a name like any other.
 *
 * @example namedValues([['constructor', 1]]).toString // undefined
 */
export function namedValues<Value>(entries: Iterable<readonly [string, Value]> = []): Record<string, Value> {
  const named: Record<string, Value> = Object.create(null);
  for (const [name, value] of entries) named[name] = value;
  return named;
}
