import { ConfigurationError } from '../../platform/errors.ts';
import type { SqlColumn, SqlKind } from '../../sql/dialect.ts';

const kinds: Readonly<Record<string, SqlKind>> = {
  BOOLEAN: 'boolean',
  ...kindOf('number', ['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT']),
  ...kindOf('number', ['UTINYINT', 'USMALLINT', 'UINTEGER', 'UBIGINT', 'UHUGEINT', 'FLOAT', 'DOUBLE']),
  ...kindOf('date', ['DATE', 'TIMESTAMP', 'TIMESTAMP_S', 'TIMESTAMP_MS', 'TIMESTAMP_NS']),
  'TIMESTAMP WITH TIME ZONE': 'date',
  ...kindOf('text', ['VARCHAR', 'UUID', 'TIME']),
};

function kindOf(kind: SqlKind, types: readonly string[]): Record<string, SqlKind> {
  return Object.fromEntries(types.map((type) => [type, kind]));
}

/** What to write for types that no column of a table is. */
const remedies: readonly (readonly [type: RegExp, remedy: (column: string) => string])[] = [
  [/^BLOB$/, (column) => `hex(${column})`],
  [/^INTERVAL$/, (column) => `epoch(${column})`],
  [/^JSON$/, (column) => `${column}->>'$.name' for what is wanted of it`],
  [/\]$/, (column) => `unnest(${column}), or len(${column})`],
  [/^(STRUCT|UNION)/, (column) => `${column}.name for what is wanted of it`],
  [/^MAP/, (column) => `${column}['name'] for what is wanted of it`],
];

/**
 * What the values of a column of a type are.
 *
 * @param type as DuckDB writes it: `DECIMAL(9,2)`.
 * @throws ConfigurationError, with what to write, for a type that holds more than one value, or bytes.
 */
export function columnOfType(name: string, type: string): SqlColumn {
  const kind = /^DECIMAL/.test(type) ? 'number' : /^ENUM\(/.test(type) ? 'text' : kinds[type];
  if (kind !== undefined) return { name, kind, type };
  const remedy = remedies.find(([pattern]) => pattern.test(type))?.[1];
  throw new ConfigurationError(
    `data.source.query: column ${name} is of type ${type}, which a table cannot hold; leave it out, or write ${remedy?.(name) ?? `CAST(${name} AS VARCHAR)`}`,
  );
}
