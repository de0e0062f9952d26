import type { ObjectStorageConfig } from '../../config/sections/sources/object-storage.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import { certificateFailure } from '../remote/certificate-failure.ts';
import type { EnvironmentReferences } from '../remote/environment-reference.ts';
import { retryAfter } from '../remote/retry-after.ts';
import { Setback, setbackOf, Tries } from '../remote/tries.ts';
import type { ObjectCredentials, SourcePorts } from '../types.ts';
import { formatAddress, type ObjectAddress, requestUrl } from './object-address.ts';
import { type CredentialSource, credentialsOf } from './object-credentials.ts';
import { type Asked, hasExpired, ObjectRefusal, refusalOf } from './object-failure.ts';
import { type RawAnswer, RawHttp } from './raw-http.ts';
import { signedHeaders } from './signed-headers.ts';
import { textOf } from './xml-values.ts';

/** A request to a storage. */
export interface ObjectRequest extends ObjectAddress {
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** A status that is an answer, too. */
  readonly accepted?: number;
}

/** Asks a storage: signed, with tries, and with errors that say what to look at. */
export class ObjectClient {
  readonly #storage: ObjectStorageConfig;
  readonly #ports: SourcePorts;
  readonly #references: EnvironmentReferences;
  readonly #credentials: CredentialSource;
  readonly #tries: Tries;
  readonly #http = new RawHttp();

  /** @throws ConfigurationError for variables of credentials that are not set. */
  constructor(storage: ObjectStorageConfig, references: EnvironmentReferences, ports: SourcePorts) {
    this.#storage = storage;
    this.#references = references;
    this.#ports = ports;
    this.#credentials = credentialsOf(storage, references, ports);
    const redact = (message: string): string => references.redact(message);
    const advice = 'try later, or raise data.source.storage.retries or timeout';
    this.#tries = new Tries({ retries: storage.retries, advice, redact }, ports);
  }

  /**
   * The answer to a request, of a status from 200 to 299.
   *
   * @throws ObjectRefusal for what is refused for good; ConfigurationError when there is no answer.
   */
  async get(request: ObjectRequest): Promise<RawAnswer> {
    const address = formatAddress(request);
    const url = requestUrl(this.#storage, request, request.query);
    let expired: ObjectCredentials | undefined;
    return this.#tries.until(`${address} (${url.host})`, async () => {
      const credentials = await this.#credentials.get(expired);
      const answer = await this.#try(url, request, { address, credentials });
      if (!(answer instanceof ObjectRefusal)) return answer;
      // Between the list and the last range a session may end early: of a role there is another one, once.
      if (!hasExpired(answer) || !this.#credentials.renewable || expired) throw answer;
      expired = credentials;
      return new Setback(answer.code);
    });
  }

  async #try(
    url: URL,
    request: ObjectRequest,
    {
      address,
      credentials,
    }: { readonly address: string; readonly credentials: ObjectCredentials | undefined },
  ): Promise<RawAnswer | Setback | ObjectRefusal> {
    const { region, timeout } = this.#storage;
    const own = request.headers ?? {};
    let answer: RawAnswer;
    try {
      const headers = credentials
        ? await signedHeaders(url, own, { credentials, region, now: this.#ports.clock.now() })
        : own;
      answer = await this.#http.send({ url, headers, timeout });
    } catch (error) {
      const told = certificateFailure(error, `${address} (${url.host})`);
      if (told || error instanceof ConfigurationError || this.#http.ended) throw told ?? error;
      return setbackOf(error, timeout);
    }
    const { status, header } = answer;
    if (status === 429 || status >= 500) {
      return new Setback(String(status), retryAfter(header('retry-after') ?? null, this.#ports.clock.now()));
    }
    if ((status >= 200 && status < 300) || status === request.accepted) return answer;
    return this.#refused(answer, { address, bucket: request.bucket, host: url.host });
  }

  #refused(
    { status, header, bytes }: RawAnswer,
    asked: Pick<Asked, 'address' | 'bucket' | 'host'>,
  ): ObjectRefusal {
    const xml = bytes.toString('utf8', 0, 65_536);
    const code = textOf(xml, 'Code') ?? '';
    return refusalOf(
      {
        status,
        code,
        message: this.#references.redact(textOf(xml, 'Message') ?? ''),
        region: header('x-amz-bucket-region') ?? textOf(xml, 'Region'),
      },
      { ...asked, region: this.#storage.region, credentials: this.#credentialWords() },
    );
  }

  #credentialWords(): string {
    if (this.#storage.anonymous) return '';
    const names = [...this.#references.names];
    return names.length > 0 ? names.join(', ') : 'the role that the workflow takes on';
  }

  /** Ends what is on its way. */
  close(): void {
    this.#http.close();
  }
}
