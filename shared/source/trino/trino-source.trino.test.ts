import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { systemClock } from '../../platform/clock.ts';
import { type LogEntry, recordingLogger } from '../../platform/logger.ts';
import { messageFrom, readConfigured, rowsOf } from '../testing/read-helpers.ts';
import { trinoSourceOf } from '../testing/trino-source.ts';
import { putInTrino } from '../testing/trino-statement.ts';
import { signedToken } from '../testing/trino-token.ts';
import type { ReadOptions } from '../types.ts';

const { http, https, port, authority, tokenKey, control } = inject('trino');
const place = `Trino at 127.0.0.1:${port}`;

const read = (query: string, source: object = {}, options: Partial<ReadOptions> = {}) =>
  readConfigured({ type: 'trino', query, ...source }, { environment: { CICLO_TRINO_URL: http }, options });
const messageOf = (...given: Parameters<typeof read>) => messageFrom(read(...given));

/** Does something in Trino that Ciclo's sources cannot. */
const put = (statement: string): Promise<void> => putInTrino(statement, http);

describe('a query of Trino', () => {
  test('gives columns of the types that Trino has', async () => {
    const { table } = await read(`
      SELECT * FROM (VALUES
        (1, TINYINT '127', BIGINT '7', 9007199254740993, DECIMAL '12.50', DECIMAL '9007199254740993', nan(), 0.1e0,
         REAL '0.1', infinity(), true, DATE '2024-02-29', TIMESTAMP '1969-12-31 23:59:59.9999',
         TIMESTAMP '2024-01-01 00:00:00.999999999 +02:00', ' 007', CAST('b' AS char(3)), TIME '01:02:03',
         UUID '00000000-0000-0000-0000-000000000001', IPADDRESS '10.0.0.1', NULL),
        (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'NA', NULL, NULL, NULL, NULL, NULL)
      ) AS t (id, small, big, wide, exact, whole, nan, double, real, infinite, flag, day, local, zoned, code, fixed, clock,
        uuid, ip, nothing)`);
    expect(Object.fromEntries([...table.columns].map(([name, { type }]) => [name, type]))).toEqual({
      ...{
        id: 'number',
        small: 'number',
        big: 'number',
        wide: 'category',
        exact: 'number',
        whole: 'category',
      },
      ...{
        nan: 'number',
        double: 'number',
        real: 'number',
        infinite: 'number',
        flag: 'boolean',
        day: 'date',
      },
      ...{
        local: 'date',
        zoned: 'date',
        code: 'category',
        fixed: 'category',
        clock: 'category',
        uuid: 'category',
      },
      ...{ ip: 'category', nothing: 'number' },
    });
    const [first, second] = rowsOf(table);
    expect(first).toEqual({
      ...{ id: 1, small: 127, big: 7, wide: '9007199254740993', exact: 12.5, whole: '9007199254740993' },
      ...{ nan: null, double: 0.1, real: 0.1, infinite: Number.POSITIVE_INFINITY, flag: true },
      ...{ day: Date.UTC(2024, 1, 29), local: -1, zoned: Date.UTC(2023, 11, 31, 22) + 999 },
      ...{ code: ' 007', fixed: 'b', clock: '01:02:03', uuid: '00000000-0000-0000-0000-000000000001' },
      ...{ ip: '10.0.0.1', nothing: null },
    });
    expect(Object.values(second!)).toEqual([2, ...Array.from({ length: 19 }, () => null)]);
  });

  test('keeps every row of many answers, and gives rows and digest whatever the order', async () => {
    // 60,175 rows, which are several answers.
    const rows = (order: string) =>
      read(`SELECT orderkey, linenumber, shipdate, comment FROM tpch.tiny.lineitem ORDER BY ${order}`);
    const [first, second] = [await rows('orderkey'), await rows('comment DESC')];
    expect(first.table.rows).toBe(60_175);
    expect(second.parts).toEqual(first.parts);
    const [row, ...others] = rowsOf(first.table);
    // The first row of lineitem.tbl as TPC-H's dbgen writes it.
    expect(row).toMatchObject({ orderkey: 1, linenumber: 1, shipdate: Date.UTC(1996, 2, 13) });
    expect(
      others.map(({ orderkey }) => orderkey as number).every((key, i, all) => i === 0 || all[i - 1]! <= key),
    ).toBe(true);
    const other = await read(
      'SELECT orderkey, linenumber, shipdate, comment FROM tpch.tiny.lineitem WHERE orderkey > 1',
    );
    expect(other.parts[0]!.digest).not.toBe(first.parts[0]!.digest);
  });

  test('gives back what was written into a table', async () => {
    await put(
      'CREATE TABLE IF NOT EXISTS written (id bigint, x double, t varchar, at timestamp(6), ok boolean)',
    );
    const rows = Array.from({ length: 200 }, (_, i) => ({
      ...{
        id: i,
        x: Math.fround(Math.sin(i)) / 3,
        t: i % 7 === 0 ? null : `it's "${i}" \\ é🙂`,
        at: 1_700_000_000_000 + 7919 * i,
      },
      ok: i % 3 === 0 ? null : i % 3 === 1,
    }));
    const literal = (value: string | null) => (value === null ? 'NULL' : `'${value.replaceAll("'", "''")}'`);
    const values = rows.map(
      ({ id, x, t, at, ok }) =>
        `(${id}, ${x.toExponential()}, ${literal(t)}, TIMESTAMP '${new Date(at).toISOString().slice(0, -1).replace('T', ' ')}', ${ok})`,
    );
    await put('DELETE FROM written').catch(() => undefined);
    await put(`INSERT INTO written VALUES ${values.join(', ')}`);
    const { table } = await read('SELECT * FROM written', { catalog: 'memory', schema: 'default' });
    expect(rowsOf(table)).toEqual(rows);
    await put('DROP TABLE written');
  });

  test('keeps declared texts, and has the same digest and order then', async () => {
    const query =
      "SELECT * FROM (VALUES (9, DECIMAL '0.50', 0.1e0), (10, DECIMAL '0.50', 1e0)) AS t (id, price, x)";
    const plain = await read(query);
    const declared = await read(query, {}, { textColumns: new Set(['id', 'price', 'x']) });
    expect(declared.parts).toEqual(plain.parts);
    expect(rowsOf(declared.table)).toEqual([
      { id: '9', price: '0.50', x: '0.1' },
      { id: '10', price: '0.50', x: '1.0' },
    ]);
  });

  test('may answer no rows', async () => {
    const { table } = await read('SELECT nationkey, name FROM tpch.tiny.nation WHERE false');
    expect([table.rows, [...table.columns.keys()]]).toEqual([0, ['nationkey', 'name']]);
  });

  test('may only read', async () => {
    for (const query of [
      'DELETE FROM tpch.tiny.nation',
      'SELECT 1 AS x; DROP TABLE x',
      'CALL system.runtime.kill_query()',
    ]) {
      expect(await messageOf(query)).toMatch(
        /^data\.source\.query at line 1, column \d+ .*; data\.source\.query must be one SELECT$/,
      );
    }
  });

  test('that is wrong is quoted where it is wrong', async () => {
    expect(await messageOf('SELECT name,\n  nme FROM tpch.tiny.nation')).toBe(
      'data.source.query at line 2, column 3 ("nme FROM tpch.tiny.nation"): Column \'nme\' cannot be resolved',
    );
    expect(await messageOf('SELECT nme FROM tpch.tiny.nation')).toBe(
      'data.source.query at line 1, column 8 ("nme FROM tpch.tiny.nation"): Column \'nme\' cannot be resolved',
    );
    expect(await messageOf('SELECT 1 AS x FROM nowhere', { catalog: 'tpch', schema: 'tiny' })).toBe(
      'data.source.query at line 1, column 20 ("nowhere"): Table \'tpch.tiny.nowhere\' does not exist',
    );
    expect(await messageOf('SELECT 1 AS x FROM nation', { catalog: 'tpch' })).toBe(
      'data.source.query at line 1, column 20 ("nation"): Schema must be specified when session schema is not set; write data.source.catalog and data.source.schema, or name tables as catalog.schema.table',
    );
    expect(await messageOf('SELECT 1 / (nationkey - nationkey) AS x FROM tpch.tiny.nation')).toBe(
      'data.source.query: Division by zero',
    );
    expect(await messageOf('SELECT 1 AS id, 2 AS "ID"')).toBe(
      'data.source.query: columns 1 and 2 are both named "id"; every column needs a name of its own',
    );
    expect(await messageOf('SELECT 1, 2 AS x')).toContain(
      "Column '_col0' cannot be resolved; every column of the query needs a name: write AS name",
    );
  });

  test('with a column that a table cannot hold says which, and what to write', async () => {
    const refused = (type: string, remedy: string) =>
      `data.source.query: column x is of type ${type}, which a table cannot hold; leave it out, or write ${remedy}`;
    expect(await messageOf("SELECT X'41' AS x")).toBe(refused('varbinary', 'to_hex(x)'));
    expect(await messageOf("SELECT JSON '{}' AS x")).toContain("json_extract_scalar(x, '$.name')");
    expect(await messageOf('SELECT ARRAY[1] AS x')).toBe(
      refused('array(integer)', 'cardinality(x), element_at(x, 1), or CROSS JOIN UNNEST(x)'),
    );
    expect(await messageOf("SELECT MAP(ARRAY['a'], ARRAY[DECIMAL '1.5']) AS x")).toContain(
      "element_at(x, 'name')",
    );
    expect(await messageOf('SELECT ROW(1, 2) AS x')).toBe(
      refused('row(integer, integer)', 'x.name for what is wanted of it'),
    );
    expect(await messageOf("SELECT INTERVAL '1' DAY AS x")).toBe(
      refused('INTERVAL DAY TO SECOND', 'to_milliseconds(x)'),
    );
    expect(await messageOf("SELECT INTERVAL '1' YEAR AS x")).toBe(
      refused('INTERVAL YEAR TO MONTH', 'CAST(x AS varchar)'),
    );
    expect(await messageOf('SELECT approx_set(1) AS x')).toBe(refused('HyperLogLog', 'cardinality(x)'));
  });

  test('that takes too long, or answers too many rows, is stopped, in Trino too', async () => {
    const slow = 'SELECT count(*) AS n FROM tpch.sf100.lineitem AS slowly, tpch.sf100.orders';
    expect(await messageOf(slow, { timeout: 3 })).toBe(
      'data.source.query took longer than 3 s and was stopped; raise data.source.timeout, or ask for less',
    );
    expect(await messageOf('SELECT * FROM tpch.tiny.lineitem', { 'max-rows': 20_000 })).toBe(
      'data.source.query answers more than 20,000 rows, which is data.source.max-rows; raise it, or ask for less (data.sample: 20000 draws so many to train on)',
    );
    expect(await running()).toEqual([]);
  });

  test('of a table that the user may not read is refused', async () => {
    expect(await messageOf('SELECT name FROM tpch.tiny.part')).toMatch(
      /^data\.source\.query: Access Denied: Cannot select from columns \[.*name.*\] in table or view .*part; the user may not read this/,
    );
  });

  test('that somebody ends is not blamed on the query', async () => {
    const message = messageOf('SELECT count(*) AS n FROM tpch.sf100.lineitem AS ended, tpch.sf100.orders');
    let ids: string[] = [];
    while (ids.length === 0) {
      await systemClock.sleep(500);
      ids = await running();
    }
    for (const id of ids) await put(`CALL system.runtime.kill_query('${id}', 'too many')`);
    expect(await message).toMatch(
      /^data\.source\.query: Query killed\. Message: too many; somebody ended the query in Trino/,
    );
  });
});

/** Queries of Ciclo's that are not at their end. */
async function running(): Promise<string[]> {
  const sql = `SELECT query_id FROM system.runtime.queries WHERE state NOT IN ('FINISHED', 'FAILED') AND source = 'ciclo' AND query NOT LIKE '%system.runtime.queries%'`;
  const engine = await trinoSourceOf('SELECT 1 AS x', http);
  return (await engine.ask(sql)).map(([id]) => String(id));
}

describe('a server of Trino', () => {
  const given = getCACertificates('default');
  afterAll(() => setDefaultCACertificates(given));

  const asked = (environment: Readonly<Record<string, string>>, source: object = {}, log: LogEntry[] = []) =>
    readConfigured(
      { type: 'trino', query: 'SELECT current_user AS who', ...source },
      { environment, logger: recordingLogger(log) },
    );
  const withUser = (user: string, password: string, url = https) => {
    const address = new URL(url);
    Object.assign(address, { username: encodeURIComponent(user), password: encodeURIComponent(password) });
    return address.href;
  };

  test('gets no password where nobody vouches for its certificate', async () => {
    expect(await messageFrom(asked({ CICLO_TRINO_URL: withUser('ciclo', 'hunter2') }))).toMatch(
      /^cannot ask Trino at localhost:\d+: TLS fails \(DEPTH_ZERO_SELF_SIGNED_CERT: .*NODE_EXTRA_CA_CERTS=<file>$/,
    );
    // From here on somebody does: as NODE_EXTRA_CA_CERTS would, before Node starts.
    setDefaultCACertificates([...given, authority]);
  });

  test('is asked with user and password, or with a token', async () => {
    const whole = { CICLO_TRINO_URL: withUser('ciclo', 'p&ss wörd') };
    expect(rowsOf((await asked(whole)).table)).toEqual([{ who: 'ciclo' }]);
    const keys = { user: '${{ env.CICLO_USER }}', password: '${{ env.CICLO_PASSWORD }}' };
    const apart = { CICLO_TRINO_URL: https, CICLO_USER: 'ciclo', CICLO_PASSWORD: 'p&ss wörd' };
    expect(rowsOf((await asked(apart, keys)).table)).toEqual([{ who: 'ciclo' }]);
    const environment = { CICLO_TRINO_URL: https, CICLO_TRINO_TOKEN: signedToken('ada', 600, tokenKey) };
    expect(rowsOf((await asked(environment, { token: '${{ env.CICLO_TRINO_TOKEN }}' })).table)).toEqual([
      { who: 'ada' },
    ]);
  });

  test('that does not accept password or token is not asked again, and no message shows them', async () => {
    const log: LogEntry[] = [];
    const password = await messageFrom(asked({ CICLO_TRINO_URL: withUser('ciclo', 'hunter2') }, {}, log));
    expect(password).toBe(
      `cannot ask Trino at ${new URL(https).host}: it does not accept user and password; check the value of CICLO_TRINO_URL`,
    );
    const late = signedToken('ada', -600, tokenKey);
    const environment = { CICLO_TRINO_URL: https, CICLO_TRINO_TOKEN: late };
    const expired = await messageFrom(asked(environment, { token: '${{ env.CICLO_TRINO_TOKEN }}' }, log));
    expect(expired).toBe(
      `cannot ask Trino at ${new URL(https).host}: it does not accept the token, which may have expired; check the value of CICLO_TRINO_URL, CICLO_TRINO_TOKEN`,
    );
    expect(await messageFrom(asked({ CICLO_TRINO_URL: https }))).toContain(
      'it asks for a password or a token',
    );
    const said = [password, expired, ...log.map(({ message }) => message)].join();
    expect(said).not.toContain('hunter2');
    expect(said).not.toContain(Buffer.from('ciclo:hunter2').toString('base64'));
    expect(said).not.toContain(late);
  });

  test('gets no password without TLS', async () => {
    expect(await messageFrom(asked({ CICLO_TRINO_URL: withUser('ciclo', 'hunter2', http) }))).toBe(
      `data.source.url leads to 127.0.0.1:${port} by http://, and a password would be sent there unencrypted; write https:// and the port of TLS, or leave the password out`,
    );
  });

  test('that loses a worker is asked again, from the first row', async () => {
    const query = 'SELECT orderkey, linenumber, comment FROM tpch.sf1.lineitem WHERE orderkey < 1000000';
    // More than the coordinator keeps of an answer.
    const expected = await read(`SELECT count(*) AS n, sum(orderkey) AS sum FROM (${query}) AS t`);
    const log: LogEntry[] = [];
    let lost = false;
    const recording = recordingLogger(log);
    const logger: typeof recording = {
      ...recording,
      progress() {
        if (!lost) void fetch(`${control}/lose`, { method: 'POST' });
        lost = true;
      },
    };
    const { table } = await readConfigured(
      { type: 'trino', query },
      { environment: { CICLO_TRINO_URL: http }, logger, clock: systemClock },
    );
    const [{ n, sum }] = rowsOf(expected.table) as [{ n: number; sum: number }];
    const keys = table.columns.get('orderkey');
    if (keys?.type !== 'number') throw new TypeError('keys are numbers');
    expect([table.rows, keys.values.reduce((total, key) => total + key, 0)]).toEqual([n, sum]);
    const told = log.filter(({ level }) => level === 'info').map(({ message }) => message);
    expect(told).not.toEqual([]);
    for (const line of told) expect(line).toMatch(/lost the query \(.+\); trying again$/);
  });

  test('that is not there is named', async () => {
    const free = 'http://127.0.0.1:9';
    expect(await messageFrom(asked({ CICLO_TRINO_URL: free }))).toMatch(
      /^Trino at 127\.0\.0\.1:9 gave no answer in 6 tries: .*; is its coordinator running and reachable from here, and do host and port hold\? Check the value of CICLO_TRINO_URL$/,
    );
    expect(place).toBe(`Trino at ${new URL(http).host}`);
  });
});
