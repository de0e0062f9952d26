import { describe, expect, test } from 'vitest';
import { type LogEntry, recordingLogger } from '../../platform/logger.ts';
import { httpServer, json } from '../testing/http-server.ts';
import { messageFrom, readConfigured, rowsOf } from '../testing/read-helpers.ts';

const items = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => ({ id: from + i }));

describe('an API', () => {
  test('that answers JSON gives the rows at their path, by its query and headers', async () => {
    await using server = await httpServer((_request, response) =>
      json(response, {
        data: {
          items: [
            { a: 1, b: 'x', c: true },
            { a: null, c: false, d: '007' },
          ],
        },
      }),
    );
    const { table, parts } = await readConfigured(
      {
        type: 'http',
        url: `${server.url}/v1/rows?kind=all`,
        rows: '$.data.items',
        query: { since: 2020, fresh: true, token: '${{ env.CICLO_KEY }}' },
        headers: { Authorization: 'Bearer ${{ env.CICLO_TOKEN }}' },
      },
      { environment: { CICLO_TOKEN: 's3cret', CICLO_KEY: 'k y' } },
    );
    expect(rowsOf(table)).toEqual([
      { a: 1, b: 'x', c: true, d: null },
      { a: null, b: null, c: false, d: '007' },
    ]);
    expect(parts).toEqual([
      { name: 'page 1', digest: expect.stringMatching(/^sha256:/), firstRow: 0, rows: 2 },
    ]);
    const [request] = server.requests;
    expect(request!.query).toEqual({ kind: 'all', since: '2020', fresh: 'true', token: 'k y' });
    expect(request!.headers.authorization).toBe('Bearer s3cret');
  });

  test('may be given more time than a timer knows', async () => {
    await using server = await httpServer((_request, response) => json(response, [{ a: 1 }]));
    for (const timeout of [3e6, 1e9]) {
      const { table } = await readConfigured({ type: 'http', url: server.url, timeout, retries: 0 });
      expect(rowsOf(table)).toEqual([{ a: 1 }]);
    }
  });

  test('has the same digest for the same rows, whatever stands around them and in whatever order', async () => {
    await using server = await httpServer((_request, response, before) =>
      json(
        response,
        before === 0 ? { time: 1, rows: [{ a: 1, b: 2 }] } : { rows: [{ b: 2, a: 1 }], time: 2 },
      ),
    );
    const source = { type: 'http', url: server.url, rows: '$.rows' };
    const [first, second] = [await readConfigured(source), await readConfigured(source)];
    expect(second.parts).toEqual(first.parts);
  });

  test('may answer CSV or NDJSON', async () => {
    await using server = await httpServer(({ path }, response) => {
      response.end(path === '/csv' ? 'a,b\n1,x\n2,y\n' : '{"a":1,"b":"x"}\n\n{"a":2,"b":"y"}\n');
    });
    const rows = [
      { a: 1, b: 'x' },
      { a: 2, b: 'y' },
    ];
    for (const format of ['csv', 'ndjson']) {
      const { table } = await readConfigured({ type: 'http', url: `${server.url}/${format}`, format });
      expect(rowsOf(table)).toEqual(rows);
    }
  });
});

describe('pages', () => {
  test('are followed by Link headers, relative ones too', async () => {
    await using server = await httpServer(({ query }, response) => {
      const page = Number(query.p ?? 1);
      if (page < 3)
        response.setHeader('link', `</rows?p=1>; rel="prev", </rows?p=${page + 1}>; rel="last next"`);
      json(response, items(page * 2, page * 2 + 2));
    });
    const { table, parts } = await readConfigured({
      type: 'http',
      url: `${server.url}/rows`,
      pagination: { type: 'link' },
    });
    expect(rowsOf(table)).toEqual(items(2, 8));
    expect(parts.map(({ name, firstRow, rows }) => [name, firstRow, rows])).toEqual([
      ['page 1', 0, 2],
      ['page 2', 2, 2],
      ['page 3', 4, 2],
    ]);
  });

  test('are followed by a cursor until there is none', async () => {
    await using server = await httpServer(({ query }, response) => {
      const next = { start: 'b&=', 'b&=': 7, 7: null }[query.after ?? 'start'];
      json(response, { rows: items(server.requests.length, server.requests.length + 1), meta: { next } });
    });
    const { table } = await readConfigured({
      type: 'http',
      url: server.url,
      rows: '$.rows[*]',
      pagination: { type: 'cursor', parameter: 'after', path: '$.meta.next' },
    });
    expect(rowsOf(table)).toEqual(items(1, 4));
  });

  test('are followed by number until one is empty, even when they are shorter than asked', async () => {
    await using server = await httpServer(({ query }, response) => {
      const page = Number(query.page);
      json(response, page < 2 ? items(page * 10, page * 10 + 10) : []);
    });
    const { table } = await readConfigured({
      type: 'http',
      url: server.url,
      pagination: { type: 'page', start: 0, size: { parameter: 'per_page', value: 100 } },
    });
    expect(table.rows).toBe(20);
    expect(server.requests.map(({ query }) => query)).toEqual([
      { per_page: '100', page: '0' },
      { per_page: '100', page: '1' },
      { per_page: '100', page: '2' },
    ]);
  });

  test('are followed by offset, by as many rows as came, until there are no more', async () => {
    const rows = items(0, 7);
    await using server = await httpServer(({ query }, response) => {
      // Three at the most, whatever it is asked for.
      const offset = Number(query.skip);
      json(response, rows.slice(offset, offset + Math.min(3, Number(query.limit ?? 3))));
    });
    const source = { type: 'http', url: server.url };
    const paged = { type: 'offset', parameter: 'skip', limit: { value: 5 } };
    const { table, parts } = await readConfigured({ ...source, pagination: paged });
    expect(rowsOf(table)).toEqual(rows);
    expect(parts.map(({ rows: count }) => count)).toEqual([3, 3, 1]);
    expect(server.requests.map(({ query }) => query)).toEqual([
      { skip: '0', limit: '5' },
      { skip: '3', limit: '5' },
      { skip: '6', limit: '5' },
      { skip: '7', limit: '5' },
    ]);
  });

  test('by offset of CSV, too, and from another first number', async () => {
    await using server = await httpServer(({ query }, response) => {
      const offset = Number(query.offset);
      const rows = ['x', 'y', 'z'].slice(offset - 1, offset + 1);
      response.end(['a', ...rows, ''].join('\n'));
    });
    const source = { type: 'http', url: server.url, format: 'csv', pagination: { type: 'offset', start: 1 } };
    expect(rowsOf((await readConfigured(source)).table)).toEqual([{ a: 'x' }, { a: 'y' }, { a: 'z' }]);
    expect(server.requests.map(({ query }) => query.offset)).toEqual(['1', '3', '4']);
  });

  test('of a server that does not know the offset are a loop', async () => {
    await using server = await httpServer((_request, response) => json(response, items(0, 3)));
    const source = { type: 'http', url: server.url, pagination: { type: 'offset' } };
    expect(await messageFrom(readConfigured(source))).toContain(
      'page 2 holds exactly the rows of page 1; the server seems not to know the parameter in data.source.pagination',
    );
  });

  test('of CSV each have a header', async () => {
    await using server = await httpServer(({ query }, response) => {
      response.end(Number(query.page) < 3 ? `a,b\n${query.page},x\n` : 'a,b\n');
    });
    const { table } = await readConfigured({
      type: 'http',
      url: server.url,
      format: 'csv',
      pagination: { type: 'page' },
    });
    expect(rowsOf(table)).toEqual([
      { a: 1, b: 'x' },
      { a: 2, b: 'x' },
    ]);
  });

  test('that lead back to an earlier address are a loop', async () => {
    await using server = await httpServer(({ query }, response) => {
      response.setHeader('link', `</?p=${query.p === '2' ? 1 : 2}>; rel=next`);
      json(response, items(server.requests.length, server.requests.length + 1));
    });
    expect(
      await messageFrom(
        readConfigured({ type: 'http', url: `${server.url}/?p=1`, pagination: { type: 'link' } }),
      ),
    ).toBe(
      `${server.url}/: the pages never end: after page 2 the server leads back to page 1, by the same address or ` +
        'cursor; check data.source.pagination',
    );
  });

  test('that hold the same rows again are a loop', async () => {
    await using server = await httpServer((_request, response) => json(response, items(0, 3)));
    expect(
      await messageFrom(readConfigured({ type: 'http', url: server.url, pagination: { type: 'page' } })),
    ).toBe(
      `${server.url}/: the pages never end: page 2 holds exactly the rows of page 1; the server seems not to know ` +
        'the parameter in data.source.pagination',
    );
  });

  test('that go on for ever end at max-pages', async () => {
    await using server = await httpServer(({ query }, response) =>
      json(response, items(Number(query.page), Number(query.page) + 1)),
    );
    expect(
      await messageFrom(
        readConfigured({ type: 'http', url: server.url, pagination: { type: 'page' }, 'max-pages': 5 }),
      ),
    ).toBe(
      `${server.url}/: still more after 5 pages, which is data.source.max-pages; raise it, ask for larger pages, ` +
        'or ask for less by data.source.query',
    );
    expect(server.requests).toHaveLength(5);
  });

  test('at another host are asked without the configured headers', async () => {
    await using other = await httpServer((_request, response) => json(response, items(1, 2)));
    await using server = await httpServer((_request, response) => {
      response.setHeader('link', `<${other.url}/>; rel=next`);
      json(response, items(0, 1));
    });
    const source = { type: 'http', url: server.url, headers: { 'x-key': 'k' }, pagination: { type: 'link' } };
    expect(rowsOf((await readConfigured(source)).table)).toEqual(items(0, 2));
    expect(server.requests[0]!.headers['x-key']).toBe('k');
    expect(other.requests[0]!.headers['x-key']).toBeUndefined();
  });
});

describe('pages on a bad day', () => {
  const rows = items(0, 230);
  const read = (url: string, more: object = {}, log: LogEntry[] = []) =>
    readConfigured(
      { type: 'http', url, pagination: { type: 'offset', limit: { value: 50 } }, ...more },
      { logger: recordingLogger(log) },
    );
  /** The page that is asked for, of rows that an offset counts. */
  const slice = (query: Readonly<Record<string, string>>) =>
    rows.slice(Number(query.offset), Number(query.offset) + 50);

  test('break in the middle, or are refused for now, and come whole and once', async () => {
    const failures = new Map<string, number>();
    await using server = await httpServer(({ query }, response) => {
      const tries = (failures.get(query.offset!) ?? 0) + 1;
      failures.set(query.offset!, tries);
      const text = JSON.stringify(slice(query));
      if (query.offset === '100' && tries < 3) {
        // A length that is not kept to, and pieces without their end.
        response.writeHead(200, tries === 1 ? { 'content-length': text.length } : {});
        response.write(text.slice(0, 200), () => response.destroy());
      } else if (query.offset === '150' && tries === 1) {
        response.writeHead(429, { 'retry-after': '3' }).end();
      } else response.end(text);
    });
    const log: LogEntry[] = [];
    const { table } = await read(server.url, {}, log);
    expect(rowsOf(table)).toEqual(rows);
    const told = log.filter(({ level }) => level === 'info').map(({ message }) => message);
    expect(told.map((line) => line.replace(/in [\d.]+ s/, 'in N s'))).toEqual([
      expect.stringMatching(/: the connection failed \(.+\); trying again in N s \(1 of 4\)$/),
      expect.stringMatching(/: the connection failed \(.+\); trying again in N s \(2 of 4\)$/),
      expect.stringMatching(/: 429; trying again in N s \(1 of 4\)$/),
    ]);
    expect(told[2]).toContain('in 3.0 s');
  });

  test('end by a refusal of what is behind the last of them, as some APIs have it', async () => {
    await using server = await httpServer(({ query }, response) => {
      if (Number(query.page ?? 1) > 5) json(response, { detail: 'Invalid page.' }, 404);
      else json(response, items((Number(query.page) - 1) * 46, Number(query.page) * 46));
    });
    const { table } = await read(server.url, { pagination: { type: 'page' } });
    expect(rowsOf(table)).toEqual(rows);
    await using first = await httpServer((_request, response) => json(response, {}, 404));
    expect(await messageFrom(read(first.url))).toContain('answered 404');
  });

  test.each([
    ['X-Total-Count', '230'],
    ['X-Total', '230'],
    ['Content-Range', 'items 0-49/230'],
    ['Content-Range', '0-49/230'],
  ])('end before what %s says: that is told', async (header, value) => {
    await using server = await httpServer(({ query }, response) => {
      response.setHeader(header, value);
      json(response, Number(query.offset) < 150 ? slice(query) : []);
    });
    const log: LogEntry[] = [];
    expect((await read(server.url, {}, log)).table.rows).toBe(150);
    expect(warnings(log)).toEqual([
      `${server.url}/ says that there are 230 rows (${header}), and 150 came; check data.source.pagination and rows, or ask again`,
    ]);
  });

  test('that are as many as the API says, or of which it says nothing, are not told', async () => {
    for (const [header, value] of [
      ['X-Total-Count', '230'],
      ['Content-Range', 'bytes 0-49/99999'],
      ['Content-Range', '0-49/*'],
    ] as const) {
      await using server = await httpServer(({ query }, response) => {
        response.setHeader(header, value);
        json(response, slice(query));
      });
      const log: LogEntry[] = [];
      expect((await read(server.url, {}, log)).table.rows).toBe(230);
      expect(warnings(log)).toEqual([]);
    }
  });

  test('that nobody asks for are told', async () => {
    await using server = await httpServer(({ path }, response) => {
      if (path === '/linked') response.setHeader('link', '</linked?p=2>; rel="next"');
      else response.setHeader('x-total-count', '230');
      json(response, items(0, 50));
    });
    const log: LogEntry[] = [];
    for (const path of ['linked', 'counted']) {
      await read(`${server.url}/${path}`, { pagination: undefined }, log);
    }
    expect(warnings(log)).toEqual([
      `${server.url}/linked has more pages than the one that was read (it names the next in its Link header); for all of them write data.source.pagination: { type: link }`,
      `${server.url}/counted says that there are 230 rows (X-Total-Count), and 50 came; say in data.source.pagination how its pages are asked for`,
    ]);
  });

  test('whose cursor comes back after others are a loop', async () => {
    const next: Readonly<Record<string, string>> = { start: 'a', a: 'b', b: 'c', c: 'a' };
    await using server = await httpServer(({ query }, response, before) =>
      json(response, { rows: items(before, before + 1), next: next[query.after ?? 'start'] }),
    );
    const pagination = { type: 'cursor', parameter: 'after', path: '$.next' };
    expect(await messageFrom(read(server.url, { pagination, rows: '$.rows' }))).toContain(
      'the pages never end: after page 4 the server leads back to page 2, by the same address or cursor',
    );
    expect(server.requests).toHaveLength(4);
  });

  test('that are the last again, whatever is asked for, are a loop, and no row is there twice', async () => {
    // What is behind the end is moved to it.
    await using server = await httpServer(({ query }, response) => {
      const offset = Math.min(Number(query.offset), rows.length - 50);
      json(response, rows.slice(offset, offset + 50));
    });
    expect(await messageFrom(read(server.url))).toContain(
      'the pages never end: page 6 holds exactly the rows of page 5',
    );
  });
});

function warnings(log: readonly LogEntry[]): string[] {
  return log.filter(({ level }) => level === 'warn').map(({ message }) => message);
}
