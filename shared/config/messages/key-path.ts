/** Keys and list indices from the root of a file: `['validate', 'gates', 0, 'metric']`. */
export type KeyPath = readonly (string | number)[];

const plainKey = /^[\p{L}\p{N}_][\p{L}\p{N}_-]*$/u;

/** A key path as a person writes it: `validate.gates[0].metric`, `features["fuel type"].range`. */
export function formatKeyPath(path: KeyPath): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else if (plainKey.test(part)) text += text === '' ? part : `.${part}`;
    else text += `[${JSON.stringify(part)}]`;
  }
  return text;
}

/** The value at a key path, or undefined where the path leads nowhere. */
export function valueAt(root: unknown, path: KeyPath): unknown {
  let value = root;
  for (const part of path) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value;
}
