import { describe, expect, test } from 'vitest';
import { type Clock, fixedClock } from '../../platform/clock.ts';
import { type LogEntry, recordingLogger } from '../../platform/logger.ts';
import { httpServer, json } from '../testing/http-server.ts';
import { messageFrom, readConfigured, rowsOf } from '../testing/read-helpers.ts';

/** A clock that notes how long it was asked to wait. */
function notingClock(start = 0): { clock: Clock; pauses: number[] } {
  const pauses: number[] = [];
  const clock = fixedClock(start);
  return {
    pauses,
    clock: {
      now: clock.now,
      sleep: (milliseconds) => {
        pauses.push(milliseconds);
        return clock.sleep(milliseconds);
      },
    },
  };
}

describe('a server that fails', () => {
  test('is asked again, with pauses that grow and differ', async () => {
    await using server = await httpServer((_request, response, before) => {
      if (before === 0) response.destroy();
      else if (before < 3) response.writeHead(before === 1 ? 503 : 429).end();
      else json(response, [{ a: 1 }]);
    });
    const { clock, pauses } = notingClock();
    const entries: LogEntry[] = [];
    const { table } = await readConfigured(
      { type: 'http', url: server.url },
      { clock, logger: recordingLogger(entries) },
    );
    expect(rowsOf(table)).toEqual([{ a: 1 }]);
    expect(pauses).toHaveLength(3);
    pauses.forEach((pause, i) => {
      expect(pause).toBeGreaterThan(250 * 2 ** i);
      expect(pause).toBeLessThanOrEqual(500 * 2 ** i);
    });
    expect(entries.map(({ message }) => message.replace(/in [\d.]+ s/, 'in N s'))).toEqual([
      `${server.url}/: the connection failed (UND_ERR_SOCKET); trying again in N s (1 of 4)`,
      `${server.url}/: 503; trying again in N s (2 of 4)`,
      `${server.url}/: 429; trying again in N s (3 of 4)`,
    ]);
  });

  test('is waited for as long as it asks, in seconds or until a date', async () => {
    const start = Date.UTC(2026, 0, 1);
    await using server = await httpServer((_request, response, before) => {
      const after = ['7', new Date(start + 7_000 + 90_000).toUTCString()][before];
      if (after) response.writeHead(429, { 'retry-after': after }).end();
      else json(response, []);
    });
    const { clock, pauses } = notingClock(start);
    await readConfigured({ type: 'http', url: server.url }, { clock });
    expect(pauses).toEqual([7_000, 90_000]);
  });

  test('is not waited for when it asks for too much', async () => {
    await using server = await httpServer((_request, response) => {
      response.writeHead(503, { 'retry-after': '86400' }).end();
    });
    expect(await messageFrom(readConfigured({ type: 'http', url: server.url }))).toBe(
      `${server.url}/ answered 503 and asks to wait 86400 s, more than the 600 s that are waited; run again later`,
    );
  });

  test('five times is given up, with each status once', async () => {
    await using server = await httpServer((_request, response, before) => {
      response.writeHead([500, 502, 500, 429, 500][before]!).end();
    });
    expect(await messageFrom(readConfigured({ type: 'http', url: server.url }))).toBe(
      `${server.url}/ gave no answer in 5 tries: 500 (3 times), 502, 429; try later, or raise data.source.retries ` +
        'or timeout',
    );
  });

  test('to answer in time is given up', async () => {
    await using server = await httpServer((_request, response) => {
      response.write('[');
    });
    const source = { type: 'http', url: server.url, timeout: 0.05, retries: 1 };
    expect(await messageFrom(readConfigured(source))).toBe(
      `${server.url}/ gave no answer in 2 tries: no answer within 0.05 s each time; try later, or ` +
        'raise data.source.retries or timeout',
    );
  });

  test('to be there at all says so', async () => {
    const { url } = await (async () => {
      await using server = await httpServer(() => undefined);
      return server;
    })();
    expect(await messageFrom(readConfigured({ type: 'http', url, retries: 0 }))).toBe(
      `${url}/ gave no answer in 1 try: the connection failed (ECONNREFUSED); try later, or raise ` +
        'data.source.retries or timeout',
    );
  });
});

describe('a server that refuses', () => {
  test.each([
    [401, ': it does not accept the credentials; check the value of CICLO_TOKEN'],
    [403, ': it refuses access: the credentials are good for something else; check the value of CICLO_TOKEN'],
    [404, ': there is nothing at this address: check data.source.url and data.source.query'],
    [400, ': check data.source.url and data.source.query'],
  ])('with %i is asked once, and what to check is said without the secret', async (status, advice) => {
    await using server = await httpServer((request, response) => {
      response.writeHead(status).end(`bad token ${request.headers.authorization}`);
    });
    const source = {
      type: 'http',
      url: `${server.url}/rows?x=1`,
      headers: { Authorization: 'Bearer ${{ env.CICLO_TOKEN }}' },
    };
    expect(await messageFrom(readConfigured(source, { environment: { CICLO_TOKEN: 's3cret' } }))).toBe(
      `${server.url}/rows answered ${status}, saying "bad token Bearer ***"${advice}`,
    );
    expect(server.requests).toHaveLength(1);
  });

  test('for lack of credentials says how to give some', async () => {
    await using server = await httpServer((_request, response) => {
      response.writeHead(401).end();
    });
    expect(await messageFrom(readConfigured({ type: 'http', url: server.url }))).toBe(
      `${server.url}/ answered 401: it does not accept the credentials; none are sent: set data.source.headers, ` +
        'as in Authorization: Bearer ${{ env.CICLO_TOKEN }}',
    );
  });
});

describe('an address with user and password', () => {
  const secret = 'p&ss wörd/|"';
  const [user, password] = ['a-token-of-mine', encodeURIComponent(secret)];

  test('sends them as a header, on to the same host alone, and shows them nowhere', async () => {
    await using other = await httpServer((_request, response) => json(response, [{ a: 2 }]));
    await using server = await httpServer(({ path }, response) => {
      if (path === '/rows')
        response.writeHead(302, { location: `//ada:x@${new URL(server.url).host}/there` }).end();
      else {
        response.setHeader('link', `<${other.url.replace('//', '//ada:x@')}/next>; rel=next`);
        json(response, [{ a: 1 }]);
      }
    });
    const url = server.url.replace('//', `//${user}:${password}@`);
    const log: LogEntry[] = [];
    const { table } = await readConfigured(
      { type: 'http', url: '${{ env.CICLO_URL }}/rows', pagination: { type: 'link' } },
      { environment: { CICLO_URL: url }, logger: recordingLogger(log) },
    );
    expect(rowsOf(table)).toEqual([{ a: 1 }, { a: 2 }]);
    const authorization = `Basic ${Buffer.from(`${user}:${secret}`, 'latin1').toString('base64')}`;
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
      authorization,
      authorization,
    ]);
    expect(other.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
    expect(JSON.stringify(log)).not.toContain('token-of-mine');
  });

  test('shows none of them where a server quotes them, in whatever form', async () => {
    await using server = await httpServer(({ headers }, response) => {
      response.writeHead(401).end([headers.authorization, user, secret].join(' '));
    });
    const message = await messageFrom(
      readConfigured(
        { type: 'http', url: '${{ env.CICLO_URL }}' },
        { environment: { CICLO_URL: server.url.replace('//', `//${user}:${password}@`) } },
      ),
    );
    expect(message).toBe(
      `${server.url}/ answered 401, saying "Basic *** *** ***": it does not accept the credentials; check the value of CICLO_URL`,
    );
  });

  test('may have any sign in a variable, and asks no other host', async () => {
    const own = 'a/b@evil.example?c#d\\e:f';
    await using server = await httpServer((_request, response) => json(response, [{ a: 1 }]));
    for (const [url, environment] of [
      ['ada:${{ env.CICLO_PASSWORD }}', { CICLO_PASSWORD: own }],
      ['${{ env.CICLO_PAIR }}', { CICLO_PAIR: `ada:${own}` }],
    ] as const) {
      const source = { type: 'http', url: `${server.url.replace('//', `//${url}@`)}/rows`, retries: 0 };
      expect(rowsOf((await readConfigured(source, { environment })).table)).toEqual([{ a: 1 }]);
      expect(server.requests.at(-1)!.headers.authorization).toBe(
        `Basic ${Buffer.from(`ada:${own}`).toString('base64')}`,
      );
    }
  });

  test('leaves the header to ciclo.yml where that says it', async () => {
    await using server = await httpServer((_request, response) => json(response, [{ a: 1 }]));
    const url = server.url.replace('//', `//${user}@`);
    await readConfigured({ type: 'http', url, headers: { Authorization: 'Bearer x' } });
    expect(server.requests[0]!.headers.authorization).toBe('Bearer x');
  });
});

test('a key in path or query of an address from a variable is shown neither in progress nor in errors', async () => {
  await using server = await httpServer(({ query }, response) => {
    if (query.page === '1') json(response, [{ a: 1 }]);
    else response.writeHead(400).end(`no page for ${query.key} at T0-hooks-4711`);
  });
  const log: LogEntry[] = [];
  const source = { type: 'http', url: '${{ env.CICLO_URL }}', pagination: { type: 'page' } };
  const message = await messageFrom(
    readConfigured(source, {
      environment: { CICLO_URL: `${server.url}/hooks/T0-hooks-4711/rows?key=of-the-laboratory` },
      logger: recordingLogger(log),
    }),
  );
  expect(message).toBe(
    `${server.url}/hooks/***/rows answered 400, saying "no page for *** at ***": check data.source.url and data.source.query`,
  );
  expect(log.map(({ message: line }) => line)).toEqual([`collect ${server.url}/hooks/***/rows 1/? 1 rows`]);
});

describe('an answer', () => {
  test('that is a web page is quoted by its first words', async () => {
    await using server = await httpServer((_request, response) => {
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end('<!doctype html><title>Sign in</title><script>let x;</script><h1>Welcome\n back</h1>');
    });
    expect(await messageFrom(readConfigured({ type: 'http', url: server.url }))).toBe(
      `${server.url}/ answered a web page (HTML) instead of JSON: "Sign in Welcome back". Check data.source.url; ` +
        'a login page means that the credentials are missing',
    );
  });

  test('that is not JSON is quoted by its first words', async () => {
    await using server = await httpServer((_request, response) => {
      response.end('rate limited');
    });
    expect(await messageFrom(readConfigured({ type: 'http', url: server.url }))).toBe(
      `${server.url}/ (page 1) answered what is not JSON (Unexpected token 'r', "rate limited" is not valid JSON): ` +
        '"rate limited"',
    );
  });

  test('that is larger than allowed is cut off while it comes', async () => {
    let sent = 0;
    await using server = await httpServer((_request, response) => {
      const chunk = Buffer.alloc(1 << 16, ' ');
      const more = (): void => {
        // Ten gigabytes, as long as somebody reads.
        while (sent < 10 * 2 ** 30 && !response.destroyed) {
          sent += chunk.length;
          if (!response.write(chunk)) {
            response.once('drain', more);
            return;
          }
        }
      };
      more();
    });
    expect(await messageFrom(readConfigured({ type: 'http', url: server.url, 'max-bytes': 1_000_000 }))).toBe(
      `${server.url}/ answered more than 1000000 bytes and was cut off; ask for less by data.source.query, or raise ` +
        'data.source.max-bytes',
    );
    expect(sent).toBeLessThan(100_000_000);
  });

  test('that says it is larger than allowed is not read', async () => {
    await using server = await httpServer((_request, response) => {
      response.writeHead(200, { 'content-length': String(10 * 2 ** 30) });
      response.write('[');
    });
    expect(await messageFrom(readConfigured({ type: 'http', url: server.url }))).toContain(
      'answered more than 1073741824 bytes and was cut off',
    );
  });

  test('of all pages together may not be larger than allowed', async () => {
    await using server = await httpServer(({ query }, response) =>
      json(response, [{ id: query.page, x: 'x'.repeat(400) }]),
    );
    const source = { type: 'http', url: server.url, pagination: { type: 'page' }, 'max-bytes': 1000 };
    expect(await messageFrom(readConfigured(source))).toContain('answered more than 1000 bytes');
    expect(server.requests).toHaveLength(3);
  });
});

describe('a redirect', () => {
  test('is followed with the configured headers on the same host, without them on another', async () => {
    await using other = await httpServer((_request, response) => json(response, [{ a: 1 }]));
    await using server = await httpServer(({ path }, response) => {
      response.writeHead(302, { location: path === '/' ? '/there' : `${other.url}/elsewhere` }).end();
    });
    const source = { type: 'http', url: server.url, headers: { authorization: 'Bearer x' } };
    expect(rowsOf((await readConfigured(source)).table)).toEqual([{ a: 1 }]);
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer x', 'Bearer x']);
    expect(other.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  test('that goes on and on is given up', async () => {
    await using server = await httpServer((_request, response, before) => {
      response.writeHead(307, { location: `/${before}` }).end();
    });
    expect(await messageFrom(readConfigured({ type: 'http', url: server.url }))).toBe(
      `${server.url}/ redirects more than 10 times, lastly to ${server.url}/10; check data.source.url`,
    );
  });
});

test('a header that no request may carry is named without its value', async () => {
  const source = { type: 'http', url: 'http://127.0.0.1:9', headers: { key: 'a${{ env.CICLO_KEY }}b' } };
  expect(await messageFrom(readConfigured(source, { environment: { CICLO_KEY: 'x\ny' } }))).toBe(
    'data.source.headers.key is not an HTTP header: its name or its value has characters that none may have',
  );
});
