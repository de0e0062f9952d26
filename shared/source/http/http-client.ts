import { ConfigurationError } from '../../platform/errors.ts';
import { second, timerDelay } from '../../platform/time-lengths.ts';
import { certificateFailure } from '../remote/certificate-failure.ts';
import type { EnvironmentReferences } from '../remote/environment-reference.ts';
import { retryAfter } from '../remote/retry-after.ts';
import { Setback, setbackOf, Tries } from '../remote/tries.ts';
import type { SourcePorts } from '../types.ts';
import { firstWords, type HttpAnswer, shownUrl, statedTotal } from './http-answer.ts';
import { refusalOf } from './http-failure.ts';

const mostRedirects = 10;
const redirects = new Set([301, 302, 303, 307, 308]);

export interface HttpClientOptions {
  readonly headers: Readonly<Record<string, string>>;
  /** Seconds for each request, body included. */
  readonly timeout: number;
  /** Further tries after the first. */
  readonly retries: number;
  /** Bytes of all bodies together. */
  readonly maxBytes: number;
}

/**
 * Gets bodies over HTTP: follows redirects by hand (dropping the configured headers when one leads to another
 * host), tries again after 429, 5xx and broken connections, and counts bytes while they come.
 */
export class HttpClient {
  readonly #options: HttpClientOptions;
  readonly #ports: Pick<SourcePorts, 'clock' | 'logger'>;
  readonly #references: EnvironmentReferences;
  readonly #tries: Tries;
  #bytes = 0;

  constructor(
    options: HttpClientOptions,
    ports: Pick<SourcePorts, 'clock' | 'logger'>,
    references: EnvironmentReferences,
  ) {
    this.#options = options;
    this.#ports = ports;
    this.#references = references;
    const redact = (message: string): string => references.redact(message);
    this.#tries = new Tries(
      { retries: options.retries, advice: 'try later, or raise data.source.retries or timeout', redact },
      ports,
    );
  }

  /**
   * The body at a URL.
   *
   * @param headers false for a URL that the configuration did not name: its headers stay at home.
   * @throws HttpRefusal when the server refuses it for good; ConfigurationError when it cannot be had, with each try's outcome.
   */
  async get(url: URL, headers = true): Promise<HttpAnswer> {
    const answer = await this.#tries.until(shownUrl(url), () => this.#try(url, headers));
    this.#bytes += answer.bytes.length;
    return answer;
  }

  async #try(url: URL, headers: boolean): Promise<HttpAnswer | Setback> {
    try {
      const { response, from } = await this.#follow(url, headers);
      const { status } = response;
      if (response.ok) {
        return {
          url: from,
          contentType: response.headers.get('content-type') ?? '',
          link: response.headers.get('link'),
          total: statedTotal(response.headers),
          bytes: await this.#body(response, from),
        };
      }
      if (status === 429 || status >= 500) {
        await response.body?.cancel();
        return new Setback(
          String(status),
          retryAfter(response.headers.get('retry-after'), this.#ports.clock.now()),
        );
      }
      const words = this.#references.redact(firstWords(await this.#start(response)));
      throw refusalOf(status, shownUrl(from), words, this.#references.names);
    } catch (error) {
      const told = certificateFailure(error, shownUrl(url));
      if (told || error instanceof ConfigurationError) throw told ?? error;
      return setbackOf(error, this.#options.timeout);
    }
  }

  async #follow(url: URL, headers: boolean): Promise<{ response: Response; from: URL }> {
    const signal = AbortSignal.timeout(timerDelay(this.#options.timeout * second));
    let from = url;
    let own = headers;
    for (let hops = 0; hops <= mostRedirects; hops++) {
      const response = await fetch(from, { redirect: 'manual', signal, headers: this.#headers(own) });
      const location = response.headers.get('location');
      if (!redirects.has(response.status) || location === null) return { response, from };
      await response.body?.cancel();
      const to = targetOf(location, from);
      own &&= sameHost(from, to);
      from = to;
    }
    throw new ConfigurationError(
      `${shownUrl(url)} redirects more than ${mostRedirects} times, lastly to ${shownUrl(from)}; check data.source.url`,
    );
  }

  #headers(own: boolean): Headers {
    const headers = new Headers({ 'user-agent': 'ciclo', accept: '*/*' });
    if (!own) return headers;
    for (const [name, value] of Object.entries(this.#options.headers)) {
      try {
        headers.set(name, value.trim());
      } catch {
        throw new ConfigurationError(
          `data.source.headers.${name} is not an HTTP header: its name or its value has characters that none may have`,
        );
      }
    }
    return headers;
  }

  async #body(response: Response, from: URL): Promise<Buffer> {
    const announced = Number(response.headers.get('content-length') ?? 0);
    const left = this.#options.maxBytes - this.#bytes;
    const chunks: Uint8Array[] = [];
    let length = 0;
    if (announced > left) {
      await response.body?.cancel();
      throw this.#tooLarge(from);
    }
    // Leaving the loop closes the connection: what is not read is not sent.
    for await (const chunk of response.body ?? []) {
      length += chunk.length;
      if (length > left) throw this.#tooLarge(from);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, length);
  }

  /** The start of a body, for a message. */
  async #start(response: Response): Promise<Uint8Array> {
    for await (const chunk of response.body ?? []) return chunk.subarray(0, 4096);
    return new Uint8Array(0);
  }

  #tooLarge(from: URL): ConfigurationError {
    return new ConfigurationError(
      `${shownUrl(from)} answered more than ${this.#options.maxBytes} bytes and was cut off; ` +
        'ask for less by data.source.query, or raise data.source.max-bytes',
    );
  }
}

function targetOf(location: string, from: URL): URL {
  const to = URL.canParse(location, from) ? new URL(location, from) : undefined;
  if (to?.protocol === 'http:' || to?.protocol === 'https:') return withoutUser(to);
  throw new ConfigurationError(`${shownUrl(from)} redirects to something that is not an HTTP address`);
}

/** Requests have no user and password in their address. */
export function withoutUser(url: URL): URL {
  return Object.assign(new URL(url), { username: '', password: '' });
}

/** Whether credentials for one may be sent to the other: the same origin, or the same host by TLS. */
export function sameHost(from: URL, to: URL): boolean {
  return (
    from.origin === to.origin ||
    (from.protocol === 'http:' && to.protocol === 'https:' && from.hostname === to.hostname)
  );
}
