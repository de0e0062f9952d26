import type pg from 'pg';
import { allRows } from './postgres-exchange.ts';
import { isWrittenOut } from './postgres-value.ts';

/** A type whose values come as texts, though they are none. */
interface TextualType {
  /** As PostgreSQL writes it: `integer[]`. */
  readonly name: string;
  /** What kind it is of: `typcategory` of pg_type. */
  readonly category: string;
}

type Remedy = (column: string) => string;

/** What to write for a value of a type, by its name. */
const byName: Readonly<Record<string, Remedy>> = {
  json: (column) => `${column}->>'name'`,
  jsonb: (column) => `${column}->>'name'`,
  hstore: (column) => `${column}->'name'`,
  money: (column) => `${column}::numeric`,
  interval: (column) => `extract(epoch FROM ${column})`,
  point: (column) => `${column}[0], ${column}[1]`,
  geometry: (column) => `ST_X(${column}), ST_Y(${column})`,
  xml: (column) => `(xpath('//name/text()', ${column}))[1]::text`,
  bit: (column) => `get_bit(${column}, 0)`,
  'bit varying': (column) => `get_bit(${column}, 0)`,
};

/** By its category, where the name says nothing: <https://www.postgresql.org/docs/15/catalog-pg-type.html>. */
const byCategory: Readonly<Record<string, Remedy>> = {
  A: (column) => `${column}[1], or cardinality(${column})`,
  C: (column) => `(${column}).name`,
  R: (column) => `lower(${column}), upper(${column})`,
};

/** Texts, enumerations, and addresses of networks: they are what they look like. */
const plain = /^[SEI]$/;

/**
 * What there is to say of columns whose values come as texts, though they are none: lists, documents, ranges, and types of the
 * database's own.
 *
 * @param client between two statements.
 */
export async function remarksOnTypes(client: pg.Client, fields: readonly pg.FieldDef[]): Promise<string[]> {
  const unknown = fields.filter(({ dataTypeID }) => isWrittenOut(dataTypeID));
  if (unknown.length === 0) return [];
  const ids = [...new Set(unknown.map(({ dataTypeID }) => dataTypeID))];
  const { rows } = await allRows(
    client,
    `SELECT oid, pg_catalog.format_type(oid, NULL), typcategory FROM pg_catalog.pg_type WHERE oid IN (${ids.join(', ')})`,
  );
  const types = new Map(
    rows.map(([id, name, category]) => [Number(id), { name: name ?? '', category: category ?? '' }]),
  );
  return unknown.flatMap(({ name, dataTypeID }) => {
    const type = types.get(dataTypeID);
    return !type || plain.test(type.category) ? [] : [remarkOn(type, name)];
  });
}

function remarkOn({ name, category }: TextualType, column: string): string {
  const what = category === 'A' ? 'an array' : `of type ${name}`;
  const remedy = byName[name] ?? byCategory[category];
  const advice = remedy
    ? `for what is in it write ${remedy(column)}`
    : 'leave it out where that text is no category';
  return `data.source.query: column ${column} is ${what}, which is read as text; ${advice}`;
}
