import { ConfigurationError } from '../../platform/errors.ts';
import { second, timerDelay } from '../../platform/time-lengths.ts';
import { firstWords } from '../http/http-answer.ts';
import { certificateFailure } from '../remote/certificate-failure.ts';
import { retryAfter } from '../remote/retry-after.ts';
import { Setback, setbackOf, Tries } from '../remote/tries.ts';
import type { SourcePorts } from '../types.ts';
import { parseAnswer, type TrinoAnswer } from './trino-answer.ts';
import { LostQuery, refusalOf, timedOut } from './trino-failure.ts';
import type { TrinoServer } from './trino-server.ts';

/** Seconds for one request, body included. A server that has nothing to say yet answers after about one. */
const requestSeconds = 120;
/** Further tries of a request that fails on the way: Trino keeps an answer until the next one is asked for. */
const retries = 5;
/** Bytes of one answer. Trino cuts its own at 128 MB. */
const mostBytes = 256 * 1024 * 1024;

/**
 * Statements of Trino, by its client protocol: <https://trino.io/docs/current/develop/client-protocol.html>. A statement is
 * posted, its rows come in answers that each name the next, and deleting the next one cancels it.
 */
export class TrinoClient {
  readonly #server: TrinoServer;
  readonly #clock: SourcePorts['clock'];
  readonly #tries: Tries;

  constructor(server: TrinoServer, ports: Pick<SourcePorts, 'clock' | 'logger'>) {
    this.#server = server;
    this.#clock = ports.clock;
    this.#tries = new Tries(
      {
        retries,
        advice: `is its coordinator running and reachable from here, and do host and port hold? ${server.check.replace(/^c/, 'C')}`,
        redact: server.redact,
      },
      ports,
    );
  }

  /**
   * The answers to a statement, one after the other; the next is asked for when it is wanted. A statement that is not read to its
   * end is cancelled.
   *
   * @param timeout seconds for all of it.
   * @throws ConfigurationError when the server cannot be asked, or the time is over. @throws LostQuery when the server has lost
   *   the statement.
   */
  async *answers(sql: string, timeout: number): AsyncGenerator<TrinoAnswer> {
    const end = AbortSignal.timeout(timerDelay(timeout * second));
    let next: string | undefined;
    try {
      let answer = await this.#ask('/v1/statement', { method: 'POST', body: sql }, end);
      for (;;) {
        next = answer.next;
        yield answer;
        if (next === undefined) return;
        answer = await this.#ask(next, { method: 'GET' }, end);
      }
    } catch (error) {
      throw end.aborted ? timedOut(timeout) : error;
    } finally {
      if (next !== undefined) await this.#cancel(next);
    }
  }

  async #ask(path: string, request: RequestInit, end: AbortSignal): Promise<TrinoAnswer> {
    return await this.#tries.until(`Trino at ${this.#server.name}`, async () => {
      end.throwIfAborted();
      return await this.#try(path, request, end);
    });
  }

  async #try(path: string, request: RequestInit, end: AbortSignal): Promise<TrinoAnswer | Setback> {
    const { origin, name, headers } = this.#server;
    let response: Response;
    let text: string;
    try {
      response = await fetch(`${origin}${path}`, {
        ...request,
        headers: { ...headers, 'user-agent': 'ciclo' },
        redirect: 'manual',
        signal: AbortSignal.any([end, AbortSignal.timeout(requestSeconds * 1000)]),
      });
      text = await bodyOf(response, name);
    } catch (error) {
      const told = certificateFailure(error, `Trino at ${name}`);
      if (told || error instanceof ConfigurationError || end.aborted) throw told ?? error;
      return setbackOf(error, requestSeconds);
    }
    const { status } = response;
    if (status === 429 || (status >= 502 && status <= 504)) {
      return new Setback(String(status), retryAfter(response.headers.get('retry-after'), this.#clock.now()));
    }
    const answer = status === 200 ? parseAnswer(text) : undefined;
    if (answer) return answer;
    const words = firstWords(Buffer.from(text));
    // A coordinator that was started again knows nothing of the statements before.
    if ((status === 404 || status === 410) && request.method === 'GET') throw new LostQuery(words);
    throw refusalOf({ status, words, location: response.headers.get('location') }, this.#server);
  }

  /** That it goes wrong means no more than that the server ends the statement later, by itself. */
  async #cancel(path: string): Promise<void> {
    const { origin, headers } = this.#server;
    const answer = await fetch(`${origin}${path}`, {
      method: 'DELETE',
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(5000),
    }).catch(() => undefined);
    await answer?.body?.cancel();
  }
}

async function bodyOf(response: Response, name: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop closes the connection: what is not read is not sent.
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > mostBytes) {
      throw new ConfigurationError(
        `Trino at ${name} answered more than ${mostBytes / 1024 / 1024} MiB at once and was cut off; ask for less by data.source.query`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length).toString('utf8');
}
