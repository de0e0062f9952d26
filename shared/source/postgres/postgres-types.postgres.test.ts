import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentLogger } from '../../platform/logger.ts';
import { havePostgres, type PostgresServer, postgresServer } from '../testing/postgres-server.ts';
import { messageFrom, readConfigured, rowsOf } from '../testing/read-helpers.ts';

describe.skipIf(!havePostgres())('a column of PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await postgresServer();
    await server.asOwner(
      "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TYPE place AS (x int, y int); CREATE DOMAIN many AS text[]; CREATE DOMAIN positive AS int CHECK (VALUE > 0)",
    );
  }, 60_000);
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
  });

  /** The value of an expression, its column's type, and what is said of it. */
  async function read(expression: string, textColumns: string[] = []) {
    const warnings: string[] = [];
    const { table } = await readConfigured(
      { type: 'postgres', query: `SELECT ${expression} AS x, 1 AS id` },
      {
        environment: { CICLO_POSTGRES_URL: server.url },
        logger: { ...silentLogger, warn: (message) => void warnings.push(message) },
        options: { textColumns: new Set(textColumns) },
      },
    );
    return { value: rowsOf(table)[0]!.x, type: table.columns.get('x')!.type, warnings };
  }

  const told = (what: string, advice: string) =>
    `data.source.query: column x is ${what}, which is read as text; ${advice}`;

  test.each([
    ["'{1,2}'::int[]", '{1,2}', 'an array', 'x[1], or cardinality(x)'],
    ["ARRAY['ok'::mood]", '{ok}', 'an array', 'x[1], or cardinality(x)'],
    ["ARRAY['a']::many", '{a}', 'an array', 'x[1], or cardinality(x)'],
    ['ROW(1, 2)::place', '(1,2)', 'of type place', '(x).name'],
    ['int4range(1, 5)', '[1,5)', 'of type int4range', 'lower(x), upper(x)'],
    ["'{[1,3)}'::int4multirange", '{[1,3)}', 'of type int4multirange', 'lower(x), upper(x)'],
    ['point(1, 2)', '(1,2)', 'of type point', 'x[0], x[1]'],
    ["B'101'", '101', 'of type bit', 'get_bit(x, 0)'],
    ["'<a/>'::xml", '<a/>', 'of type xml', "(xpath('//name/text()', x))[1]::text"],
    ["'{}'::json", '{}', 'of type json', "x->>'name'"],
    ["interval '1 year 2 hours'", 'P1YT2H', 'of type interval', 'extract(epoch FROM x)'],
    ["'1.50'::money", '$1.50', 'of type money', 'x::numeric'],
  ])('that holds %s is a text, and is told with what to write', async (expression, value, what, remedy) => {
    expect(await read(expression)).toEqual({
      ...{ value, type: 'category' },
      warnings: [told(what, `for what is in it write ${remedy}`)],
    });
    expect((await read(expression, ['x'])).warnings).toEqual([]);
  });

  test('of a type that nothing is known of is told, too', async () => {
    for (const [expression, type] of [
      ['ROW(1, 2)', 'record'],
      ["'a b'::tsvector", 'tsvector'],
      ["'pg_class'::regclass", 'regclass'],
    ]) {
      expect((await read(expression!)).warnings).toEqual([
        told(`of type ${type}`, 'leave it out where that text is no category'),
      ]);
    }
  });

  test.each([
    ["'ok'::mood", 'ok', 'category'],
    ['5::positive', 5, 'number'],
    ["'10.0.0.1'::inet", '10.0.0.1', 'category'],
    ["time '01:02'", '01:02:00', 'category'],
    ["'b'::char(3)", 'b', 'category'],
    ["' b'::char(3)", ' b', 'category'],
    ["'NA'::char(5)", null, 'category'],
    ["'b  '::varchar(3)", 'b  ', 'category'],
    ["'x'::name", 'x', 'category'],
    ["'NaN'::numeric", null, 'number'],
    ["'NaN'::float8", null, 'number'],
    ["'-Infinity'::numeric", Number.NEGATIVE_INFINITY, 'number'],
    ["'Infinity'::float4", Number.POSITIVE_INFINITY, 'number'],
    ['1234.0000000005::numeric(38,10)', 1234.0000000005, 'number'],
    ['9007199254740993::numeric(38,0)', '9007199254740993', 'category'],
    // Local mean time of Calcutta, with seconds in its offset.
    ["timestamptz '1883-11-18 12:00:00+05:53:28'", Date.UTC(1883, 10, 18, 6, 6, 32), 'date'],
    ["timestamptz '2024-10-27 02:30:00 Europe/Berlin'", Date.UTC(2024, 9, 27, 1, 30), 'date'],
  ])('that holds %s is what it says, and nothing is told', async (expression, value, type) => {
    expect(await read(expression)).toEqual({ value, type, warnings: [] });
  });

  test.each([
    ["timestamptz '-infinity'", '-infinity'],
    ["timestamp '0044-03-15 12:00 BC'", '0044-03-15 12:00:00 BC'],
    ["date '300000-01-01'", '300000-01-01'],
  ])('that holds %s, which is no time here, is refused by its name', async (expression, text) => {
    expect(await messageFrom(read(expression))).toBe(
      `data.source.query: column x holds the date "${text}", which a table cannot hold; leave such rows out, or write NULLIF(x, '${text}')`,
    );
  });
});
