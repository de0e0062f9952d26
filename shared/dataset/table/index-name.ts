const storedIndex = /^__index_level_\d+__$/;
const readIndex = /^Unnamed: \d+(?:\.\d+)*$/;

/** Whether pandas calls the index of a table so in a file of Parquet or Arrow, where the index has no name of its own. */
export function isStoredIndexName(name: string): boolean {
  return storedIndex.test(name);
}

/**
 * Whether a column is called what only pandas calls one: the index that it stored, or a column without a name, such as the index
 * in a CSV file, that it read and wrote again.
 *
 * @example isIndexName('Unnamed: 0') // true
 */
export function isIndexName(name: string): boolean {
  return isStoredIndexName(name) || readIndex.test(name);
}
