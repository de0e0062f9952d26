import { ConfigurationError, quote } from '../../platform/errors.ts';
import { rowsOfOrient } from './json-orients.ts';
import { isObject, parseJsonPath, valuesAt } from './json-path.ts';
import type { JsonRow } from './json-row.ts';

/**
 * The rows of a JSON document: an array of objects, or a table as pandas writes it, see `rowsOfOrient`.
 *
 * @param document parsed JSON. @param path where the rows are, `$` for the document itself.
 * @param origin what messages call the document.
 * @throws ConfigurationError when the path leads to no array of objects: it says what is there instead, and
 *   where arrays of objects are.
 */
export function rowsOfJson(document: unknown, path: string, origin: string): readonly JsonRow[] {
  const steps = parseJsonPath(path, 'data.source.rows');
  const last = steps.at(-1);
  const values = valuesAt(document, last && 'all' in last ? steps.slice(0, -1) : steps);
  if (values.length === 0 || !values.every(Array.isArray)) {
    const tables = values.map(rowsOfOrient);
    if (values.length > 0 && tables.every((table) => table !== undefined)) return tables.flat();
    const found =
      values.length === 0 ? 'leads nowhere' : `leads to ${describe(values.find((v) => !Array.isArray(v)))}`;
    throw new ConfigurationError(
      `${origin}: data.source.rows is ${path}, which ${found}; rows are an array of objects${hint(document)}`,
    );
  }
  const rows: unknown[] = values.length === 1 ? (values[0] as unknown[]) : values.flat();
  const wrong = rows.findIndex((row) => !isObject(row));
  if (wrong >= 0) {
    throw new ConfigurationError(
      `${origin}: row ${wrong + 1} of ${path} is ${describe(rows[wrong])}; every row must be an object of columns`,
    );
  }
  return rows as JsonRow[];
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return `an array (${quote(value)})`;
  if (isObject(value))
    return `an object with ${Object.keys(value).slice(0, 8).map(quote).join(', ') || 'nothing in it'}`;
  return quote(value);
}

/** Where arrays of objects are, two levels deep. */
function hint(document: unknown): string {
  const found: string[] = [];
  const look = (value: unknown, path: string, depth: number): void => {
    if (Array.isArray(value)) {
      if (value.length > 0 && value.every(isObject)) found.push(path);
    } else if (isObject(value) && depth < 3) {
      for (const [name, member] of Object.entries(value)) {
        const step = /^[A-Za-z_$][\w$-]*$/.test(name) ? `.${name}` : `['${name.replace(/['\\]/g, '\\$&')}']`;
        look(member, path + step, depth + 1);
      }
    }
  };
  look(document, '$', 0);
  return found.length > 0 ? `; there is one at ${found.slice(0, 3).join(' and ')}` : '';
}
