import { describe, expect, test } from 'vitest';
import { type LogEntry, recordingLogger } from '../../platform/logger.ts';
import { httpServer, json } from '../testing/http-server.ts';
import { messageFrom, readConfigured, rowsOf } from '../testing/read-helpers.ts';
import { type ProtocolAnswer, protocolServer } from '../testing/trino-protocol.ts';
import { trinoSourceOf } from '../testing/trino-source.ts';

const columns = [
  { name: 'id', type: 'bigint' },
  { name: 'price', type: 'decimal(9, 2)' },
  { name: 'sold', type: 'timestamp(6)' },
  { name: 'city', type: 'varchar(20)' },
];
const rows = [
  ['1', 12.5, 1_709_164_800_000, 'Rome'],
  ['9007199254740993', 'NaN', null, null],
];
const isFirst = (statement: string): boolean => statement.endsWith('LIMIT 0');

/** Answers columns to the first statement, and to the others what is given. */
const answering =
  (...pages: ProtocolAnswer[]) =>
  (statement: string): readonly ProtocolAnswer[] =>
    isFirst(statement) ? [{ columns, data: [] }] : pages;

const read = (url: string, source: object = {}, log: LogEntry[] = [], environment: object = {}) =>
  readConfigured(
    { type: 'trino', query: 'SELECT * FROM sales;', ...source },
    { environment: { CICLO_TRINO_URL: url, ...environment }, logger: recordingLogger(log) },
  );
const messageOf = (...given: Parameters<typeof read>) => messageFrom(read(...given));
const infos = (log: readonly LogEntry[]): string[] =>
  log.filter(({ level }) => level === 'info').map(({ message }) => message);

describe('a query of Trino', () => {
  test('is read answer by answer, in the order of its columns', async () => {
    await using server = await protocolServer(
      answering({ columns }, { columns, data: [rows[0]!] }, { columns, data: [rows[1]!] }, {}),
    );
    const { table } = await read(server.url, { user: 'ada', catalog: 'hive', schema: 'shop' });
    expect(rowsOf(table)).toEqual([
      { id: '1', price: 12.5, sold: Date.UTC(2024, 1, 29), city: 'Rome' },
      { id: '9007199254740993', price: null, sold: null, city: null },
    ]);
    expect(server.statements).toEqual([
      'SELECT * FROM (SELECT * FROM sales\n) AS rows_of_source LIMIT 0',
      expect.stringMatching(
        /^SELECT CAST\("id" AS decimal\(38, 0\)\), CAST\("price" AS DOUBLE\), .* FROM \(SELECT \* FROM sales\n\) AS rows_of_source ORDER BY 1, 2, 3, 4$/,
      ),
    ]);
    for (const { headers } of server.requests) {
      expect(headers).toMatchObject({
        ...{ 'x-trino-user': 'ada', 'x-trino-source': 'ciclo', 'x-trino-time-zone': 'UTC' },
        ...{ 'x-trino-catalog': 'hive', 'x-trino-schema': 'shop' },
        'x-trino-client-capabilities': 'PARAMETRIC_DATETIME',
      });
      expect(headers).not.toHaveProperty('authorization');
    }
    expect(server.cancelled).toEqual([]);
  });

  test('goes on where an answer is late, or lost on the way', async () => {
    await using server = await protocolServer(
      answering(
        { columns, data: [rows[0]!], before: [503, 'broken', 502] },
        { columns, data: [rows[1]!], before: [429] },
      ),
    );
    const log: LogEntry[] = [];
    const { table } = await read(server.url, {}, log);
    expect(table.rows).toBe(2);
    expect(server.statements).toHaveLength(2);
    expect(infos(log).map((line) => line.replace(/ in [\d.]+ s/, '').split(': ')[1])).toEqual([
      '503; trying again (1 of 5)',
      expect.stringMatching(/^the connection failed \(.+\); trying again \(2 of 5\)$/),
      '502; trying again (3 of 5)',
      '429; trying again (1 of 5)',
    ]);
  });

  test('that the server has lost is read again from its first row, three times at most', async () => {
    const worker: ProtocolAnswer = {
      error: {
        message:
          'Encountered too many errors talking to a worker node. The node may have crashed or be under too much load.',
        errorName: 'REMOTE_TASK_ERROR',
        errorType: 'INTERNAL_ERROR',
      },
    };
    const gone: ProtocolAnswer = { before: [404, 404, 404] };
    const failing = (...failures: ProtocolAnswer[]) =>
      protocolServer((statement, before) =>
        isFirst(statement)
          ? [{ columns, data: [] }]
          : [{ columns, data: [rows[0]!] }, failures[before - 1] ?? { columns, data: [rows[1]!] }],
      );
    const log: LogEntry[] = [];
    await using twice = await failing(worker, gone);
    expect(rowsOf((await read(twice.url, {}, log)).table).map(({ id }) => id)).toEqual([
      '1',
      '9007199254740993',
    ]);
    const name = `Trino at ${new URL(twice.url).host}`;
    expect(infos(log)).toEqual([
      `${name} lost the query (${worker.error!.message.slice(0, -1)}); trying again`,
      `${name} lost the query ("Query not found"); trying again`,
    ]);
    await using always = await failing(worker, worker, gone);
    expect(await messageOf(always.url)).toBe(
      `Trino at ${new URL(always.url).host} lost the query, 3 times in a row: "Query not found"; are its servers being restarted, or do they run out of memory?`,
    );
  });

  test('whose server gives no answer any more is read again from its first row', async () => {
    const log: LogEntry[] = [];
    await using server = await protocolServer((statement, before) =>
      isFirst(statement)
        ? [{ columns, data: [] }]
        : [
            { columns, data: [rows[0]!] },
            { columns, data: [rows[1]!], before: before === 1 ? Array(6).fill('broken') : [] },
          ],
    );
    expect((await read(server.url, {}, log)).table.rows).toBe(2);
    expect(server.statements).toHaveLength(3);
    expect(infos(log).at(-1)).toBe(
      `Trino at ${new URL(server.url).host} lost the query (it gives no answer any more); trying again`,
    );
    await using always = await protocolServer(answering({ columns, before: Array(18).fill('broken') }));
    expect(await messageOf(always.url)).toMatch(/^Trino at .+ gave no answer in 6 tries: /);
    expect(always.statements).toHaveLength(4);
  });

  test('that takes too long, or answers too many rows, is cancelled', async () => {
    await using silent = await protocolServer(answering({ columns, before: ['silent'] }));
    expect(await messageOf(silent.url, { timeout: 0.3 })).toBe(
      'data.source.query took longer than 0.3 s and was stopped; raise data.source.timeout, or ask for less',
    );
    expect(silent.cancelled).toEqual([1]);
    await using many = await protocolServer(answering({ columns, data: rows }, { columns, data: rows }, {}));
    expect(await messageOf(many.url, { 'max-rows': 3 })).toBe(
      'data.source.query answers more than 3 rows, which is data.source.max-rows; raise it, or ask for less (data.sample: 3 draws so many to train on)',
    );
    expect(many.cancelled).toEqual([1]);
  });

  test('that is wrong is quoted where it is wrong', async () => {
    const failing = async (query: string, error: NonNullable<ProtocolAnswer['error']>) => {
      await using server = await protocolServer(() => [{ error }]);
      return await messageOf(server.url, { query });
    };
    const user = { errorType: 'USER_ERROR' };
    expect(
      await failing('SELECT nme FROM nation', {
        ...{ ...user, errorName: 'COLUMN_NOT_FOUND', message: "line 1:23: Column 'nme' cannot be resolved" },
        errorLocation: { lineNumber: 1, columnNumber: 23 },
      }),
    ).toBe('data.source.query at line 1, column 8 ("nme FROM nation"): Column \'nme\' cannot be resolved');
    expect(
      await failing('DELETE FROM x', {
        ...{ ...user, errorName: 'SYNTAX_ERROR' },
        message: `line 1:16: mismatched input 'DELETE'. Expecting: '(', 'JSON_TABLE', 'LATERAL', 'TABLE', 'UNNEST', <identifier>, <query>`,
        errorLocation: { lineNumber: 1, columnNumber: 16 },
      }),
    ).toBe(
      'data.source.query at line 1, column 1 ("DELETE FROM x"): mismatched input \'DELETE\'; data.source.query must be one SELECT',
    );
    expect(
      await failing('SELECT 1 AS x', {
        message: 'Query exceeded per-node memory limit of 2GB [Allocated: 1.99GB]',
        ...{ errorName: 'EXCEEDED_LOCAL_MEMORY_LIMIT', errorType: 'INSUFFICIENT_RESOURCES' },
      }),
    ).toBe(
      'data.source.query: Query exceeded per-node memory limit of 2GB [Allocated: 1.99GB]; ask for fewer rows or columns, or have the limits of the cluster raised',
    );
  });

  test('is counted where it is, and asked again when the server loses a statement', async () => {
    await using server = await protocolServer((statement, before) =>
      isFirst(statement)
        ? [{ columns, data: [] }]
        : [{ columns: [{ name: 'n', type: 'bigint' }], data: [[7]], before: before === 1 ? [404] : [] }],
    );
    const engine = await trinoSourceOf('SELECT * FROM sales', server.url);
    expect(engine.columns).toEqual([
      { name: 'id', kind: 'number', type: 'bigint' },
      { name: 'price', kind: 'number', type: 'decimal(9, 2)' },
      { name: 'sold', kind: 'date', type: 'timestamp(6)' },
      { name: 'city', kind: 'text', type: 'varchar(20)' },
    ]);
    expect(await engine.ask('SELECT count(*) AS n FROM sales')).toEqual([[7]]);
    expect(server.statements).toHaveLength(3);
  });
});

describe('char(n) of Trino', () => {
  test('is read and counted without the blanks that fill it up', async () => {
    const fixed = [
      { name: 'grade', type: 'char(5)' },
      { name: 'note', type: 'varchar(5)' },
    ];
    await using server = await protocolServer((statement) =>
      isFirst(statement) ? [{ columns: fixed, data: [] }] : [{ columns: fixed, data: [['ab', 'ab ']] }],
    );
    const unfilled = `trim(TRAILING ' ' FROM CAST("grade" AS varchar))`;
    await read(server.url);
    expect(server.statements.at(-1)).toContain(`SELECT ${unfilled}, CAST("note" AS varchar) FROM`);
    const { columns: known, dialect } = await trinoSourceOf('SELECT * FROM sales', server.url);
    const texts = known.map((column) => ({ sql: dialect.asText(column), wanted: [], others: 9 }));
    const counted = dialect.countTexts({ query: 'SELECT * FROM sales', where: [] }, texts).sql;
    expect(counted).toContain(unfilled);
    expect(counted.replaceAll(unfilled, '')).not.toContain('"grade"');
  });
});

describe('a server of Trino', () => {
  test('is asked where the configuration says, whatever it calls itself', async () => {
    await using other = await httpServer((_, response) => json(response, {}));
    for (const itself of [other.url, other.url.replace('http://', 'http://trino.internal//')]) {
      await using server = await protocolServer(answering({ columns, data: rows }), itself);
      expect((await read(server.url)).table.rows).toBe(2);
    }
    expect(other.requests).toEqual([]);
  });

  test('gets credentials over TLS only, of one kind, and with a user', async () => {
    const secrets = { CICLO_USER: 'ada', CICLO_PASSWORD: 'hunter2', CICLO_TRINO_TOKEN: 'hunter2.jwt' };
    const [user, password, token] = ['USER', 'PASSWORD', 'TRINO_TOKEN'].map(
      (name) => `\${{ env.CICLO_${name} }}`,
    );
    const refused = (url: string, source: object) => messageOf(url, source, [], secrets);
    const unencrypted = (what: string) =>
      `data.source.url leads to 127.0.0.1:8080 by http://, and a ${what} would be sent there unencrypted; write https:// and the port of TLS, or leave the ${what} out`;
    const [plain, tls] = ['http://127.0.0.1:8080', 'https://127.0.0.1:9'];
    expect(await refused('http://ada:hunter2@127.0.0.1:8080', {})).toBe(unencrypted('password'));
    expect(await refused('http://ada:100%@127.0.0.1:8080', {})).toBe(unencrypted('password'));
    expect(await refused(plain, { user, password })).toBe(unencrypted('password'));
    const awkward = { CICLO_PASSWORD: 'x/y@evil.example#z' };
    const inside = { url: 'http://ada:${{ env.CICLO_PASSWORD }}@127.0.0.1:8080' };
    expect(await messageOf(plain, inside, [], awkward)).toBe(unencrypted('password'));
    expect(await refused(plain, { token })).toBe(unencrypted('token'));
    expect(await refused(tls, { password })).toBe(
      'data.source has a password, and no user that it is of; write user: ${{ env.CICLO_USER }}, or both into url',
    );
    expect(await refused(tls, { user, password, token })).toBe(
      'data.source has a password and a token; Trino takes one of them: leave the other out',
    );
    expect(await messageOf(tls, { token }, [], { CICLO_TRINO_TOKEN: 'a\nb' })).toBe(
      'data.source.token cannot be sent: it goes in a header of HTTP, which has letters, digits and signs of ASCII only',
    );
    expect(await messageOf(tls, { token })).toContain(
      'the environment variable CICLO_TRINO_TOKEN is not set',
    );
  });

  test('has an address without a path', async () => {
    for (const url of ['trino://ada:hunter2@h:8080', 'https://ada:hunter2@h:8443/hive/shop', 'h:8080']) {
      expect(await messageOf(url)).toBe(
        'data.source.url is not the address of a coordinator of Trino; it should be like https://trino.example.org:8443, and catalog and schema are keys of their own',
      );
    }
  });

  test('that is another program, or sends on, is told so', async () => {
    const answered = async (status: number, body: string, headers: Record<string, string> = {}) => {
      await using server = await httpServer((_, response) => response.writeHead(status, headers).end(body));
      const message = await messageOf(server.url);
      return message.replace(new URL(server.url).host, 'HOST');
    };
    expect(await answered(200, '<html><title>Welcome</title></html>')).toBe(
      'cannot ask Trino at HOST: it answered something that is none of its answers, saying "Welcome"; is it a coordinator of Trino? Check the value of CICLO_TRINO_URL',
    );
    expect(await answered(404, 'no such page')).toContain('it answered 404, saying "no such page"');
    expect(await answered(401, 'Unauthorized')).toBe(
      'cannot ask Trino at HOST: it asks for a password or a token: write user and password, or token, as ${{ env.CICLO_… }}',
    );
    expect(await answered(403, 'Access Denied: User ciclo cannot impersonate user ada')).toContain(
      'it refuses access to the user, saying "Access Denied: User ciclo cannot impersonate user ada"',
    );
    expect(await answered(307, '', { location: 'https://sso.example.org/login' })).toContain(
      'it sends on to https://sso.example.org, where nothing is sent without your word',
    );
  });

  test('that gives no answer is asked six times', async () => {
    expect(await messageOf('http://127.0.0.1:9')).toMatch(
      /^Trino at 127\.0\.0\.1:9 gave no answer in 6 tries: .*; is its coordinator running and reachable from here, and do host and port hold\? Check the value of CICLO_TRINO_URL$/,
    );
  });
});
