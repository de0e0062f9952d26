import { Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import { ConfigurationError } from '../../platform/errors.ts';
import { second, timerDelay } from '../../platform/time-lengths.ts';

/** No answer that is asked for is longer: a server that sends more does not do what it was asked to. */
const mostBytes = 64 * 2 ** 20;

/** An answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  readonly bytes: Buffer;
}

/** A request, and how long it may take. */
export interface RawRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Seconds until the last byte. */
  readonly timeout: number;
  /** Sent by POST. */
  readonly body?: string;
}

/**
 * Requests whose answers are left as they are: `fetch` unpacks what is stored with `Content-Encoding: gzip`, and a range of
 * it cannot be unpacked. Redirects are not followed.
 */
export class RawHttp {
  readonly #plain = new PlainAgent({ keepAlive: true });
  readonly #secure = new SecureAgent({ keepAlive: true });
  readonly #end = new AbortController();

  /** @throws the system's error when the connection fails or breaks; with a TimeoutError as cause after the time-out. */
  send({ url, headers, timeout, body }: RawRequest): Promise<RawAnswer> {
    const secure = url.protocol === 'https:';
    const options = {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'accept-encoding': 'identity', 'user-agent': 'ciclo', ...headers },
      agent: secure ? this.#secure : this.#plain,
      signal: AbortSignal.any([AbortSignal.timeout(timerDelay(timeout * second)), this.#end.signal]),
    };
    return new Promise((resolve, reject) => {
      const sent = (secure ? secureRequest : plainRequest)(url, options, (response) => {
        const chunks: Buffer[] = [];
        let length = 0;
        response.on('data', (chunk: Buffer) => {
          length += chunk.length;
          if (length > mostBytes) response.destroy(tooLong(url));
          else chunks.push(chunk);
        });
        response.on('error', reject);
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            header: (name) => [response.headers[name]].flat()[0],
            bytes: Buffer.concat(chunks),
          });
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  /** Whether nobody waits for answers any more. */
  get ended(): boolean {
    return this.#end.signal.aborted;
  }

  /** Ends what is on its way. */
  close(): void {
    this.#end.abort();
    this.#plain.destroy();
    this.#secure.destroy();
  }
}

function tooLong(url: URL): ConfigurationError {
  return new ConfigurationError(
    `${url.host} answered more than ${mostBytes} bytes where less was asked for; object storage must answer ranges (HTTP Range)`,
  );
}
