import { ConfigurationError } from '../../platform/errors.ts';
import type { SqlColumn, SqlKind } from '../../sql/dialect.ts';

/** By the type's name, without what stands in brackets. */
const kinds: Readonly<Record<string, SqlKind>> = {
  boolean: 'boolean',
  ...kindOf('number', ['tinyint', 'smallint', 'integer', 'bigint', 'real', 'double', 'decimal', 'unknown']),
  ...kindOf('date', ['date', 'timestamp', 'timestamp with time zone']),
  ...kindOf('text', ['varchar', 'char', 'uuid', 'ipaddress', 'time', 'time with time zone']),
};

function kindOf(kind: SqlKind, types: readonly string[]): Record<string, SqlKind> {
  return Object.fromEntries(types.map((type) => [type, kind]));
}

/** What to write for types that no column of a table is. */
const remedies: Readonly<Record<string, (column: string) => string>> = {
  varbinary: (column) => `to_hex(${column})`,
  json: (column) => `json_extract_scalar(${column}, '$.name') for what is wanted of it`,
  array: (column) => `cardinality(${column}), element_at(${column}, 1), or CROSS JOIN UNNEST(${column})`,
  map: (column) => `element_at(${column}, 'name') for what is wanted of it`,
  row: (column) => `${column}.name for what is wanted of it`,
  'interval day to second': (column) => `to_milliseconds(${column})`,
  hyperloglog: (column) => `cardinality(${column})`,
  p4hyperloglog: (column) => `cardinality(${column})`,
  qdigest: (column) => `value_at_quantile(${column}, 0.5)`,
  tdigest: (column) => `value_at_quantile(${column}, 0.5)`,
};

/**
 * What the values of a column of a type are.
 *
 * @param type as Trino writes it: `decimal(9, 2)`, `timestamp(6) with time zone`.
 * @throws ConfigurationError, with what to write, for a type that holds more than one value, or bytes.
 */
export function columnOfType(name: string, type: string): SqlColumn {
  const plain = type
    .toLowerCase()
    .replace(/\(.*\)/s, '')
    .trim();
  const kind = kinds[plain];
  if (kind !== undefined) return { name, kind, type };
  throw new ConfigurationError(
    `data.source.query: column ${name} is of type ${type}, which a table cannot hold; leave it out, or write ${remedies[plain]?.(name) ?? `CAST(${name} AS varchar)`}`,
  );
}
