import { ConfigurationError, quote } from '../../platform/errors.ts';

/** A step of a path: into a member, into an item, or into all items. */
type Step = { readonly name: string } | { readonly index: number } | { readonly all: true };

const stepPattern =
  /\.([A-Za-z_$][\w$-]*)|\[(\d+)\]|\[\*\]|\.\*|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]/y;

/**
 * Parses the part of JSONPath (RFC 9535) that names rows: `$`, then any of `.name`, `['name']`, `[0]` and `[*]`.
 *
 * @param key the configuration's key, for the message. @throws ConfigurationError for anything else.
 */
export function parseJsonPath(path: string, key: string): readonly Step[] {
  const steps: Step[] = [];
  let at = 1;
  let valid = path.startsWith('$');
  while (valid && at < path.length) {
    stepPattern.lastIndex = at;
    const match = stepPattern.exec(path);
    if (!match || match[0] === '.*') {
      valid = false;
      break;
    }
    const [text, bare, index, single, double] = match;
    const quoted = single ?? double;
    if (bare !== undefined) steps.push({ name: bare });
    else if (index !== undefined) steps.push({ index: Number(index) });
    else if (quoted !== undefined) steps.push({ name: quoted.replace(/\\(.)/g, '$1') });
    else steps.push({ all: true });
    at += text.length;
  }
  if (valid) return steps;
  throw new ConfigurationError(
    `${key}: ${quote(path)} is not a path that is understood (stuck at ${quote(path.slice(valid ? at : Math.min(at, path.length)))}); ` +
      "write $ and then .name, ['name'], [0] or [*]: $.data.items, $.pages[*].rows",
  );
}

/** What a path without `[*]` leads to; undefined when it leads nowhere. */
export function valueAtPath(value: unknown, steps: readonly Step[]): unknown {
  return valuesAt(value, steps)[0];
}

/** The values that a path leads to, `[*]` giving many. */
export function valuesAt(value: unknown, steps: readonly Step[]): unknown[] {
  let values: unknown[] = [value];
  for (const step of steps) {
    values = values.flatMap((item): unknown[] => {
      if ('all' in step) return Array.isArray(item) ? item : [];
      if ('index' in step) return Array.isArray(item) && step.index < item.length ? [item[step.index]] : [];
      return isObject(item) && Object.hasOwn(item, step.name) ? [item[step.name]] : [];
    });
  }
  return values;
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
