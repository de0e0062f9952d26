import type { TrinoSourceConfig } from '../../config/sections/sources/trino-source.ts';
import { ConfigurationError, quote } from '../../platform/errors.ts';
import { EnvironmentReferences } from '../remote/environment-reference.ts';
import { basicAuthorization, credentialsIn } from '../remote/url-credentials.ts';

/** A coordinator of Trino, and who asks it. */
export interface TrinoServer {
  /** Scheme, host and port. */
  readonly origin: string;
  /** Host and port, for messages. */
  readonly name: string;
  /** Of every request: who asks, and by what right. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether a password, a token, or nothing tells who asks. */
  readonly credentials: 'password' | 'token' | 'none';
  /** What to look at where the address or the credentials are wrong. */
  readonly check: string;
  /** A message without the secrets of the address. */
  redact(message: string): string;
}

/** Who asks where nothing says so: Trino wants a name even where it asks for no password. */
const defaultUser = 'ciclo';

/**
 * The server of a source, with values of the environment put in.
 *
 * @throws ConfigurationError, without secrets, for an address that is none, a password without a user, and credentials that would
 *   go over the network unencrypted.
 */
export function serverOf(
  source: TrinoSourceConfig,
  environment: Readonly<Record<string, string | undefined>>,
): TrinoServer {
  const references = new EnvironmentReferences(environment);
  const redact = (message: string): string => references.redact(message);
  try {
    const url = urlOf(source, references);
    const who = whoAsks(source, url, references);
    const name = `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`;
    if (who.credentials !== 'none' && url.protocol !== 'https:') {
      throw new ConfigurationError(
        `data.source.url leads to ${name} by http://, and a ${who.credentials} would be sent there unencrypted; write https:// and the port of TLS, or leave the ${who.credentials} out`,
      );
    }
    const variables = [...references.names].join(', ');
    const check = variables === '' ? 'check data.source.url' : `check the value of ${variables}`;
    return { origin: url.origin, name, ...who, check, redact };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new ConfigurationError(redact(error.message));
  }
}

function urlOf(source: TrinoSourceConfig, references: EnvironmentReferences): URL {
  const text = references.resolveAddress(source.url, 'data.source.url').trim();
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (
    (url?.protocol !== 'https:' && url?.protocol !== 'http:') ||
    url.pathname !== '/' ||
    url.search !== ''
  ) {
    throw new ConfigurationError(
      'data.source.url is not the address of a coordinator of Trino; it should be like https://trino.example.org:8443, and catalog and schema are keys of their own',
    );
  }
  references.hide(url.password);
  return url;
}

function whoAsks(
  source: TrinoSourceConfig,
  url: URL,
  references: EnvironmentReferences,
): Pick<TrinoServer, 'headers' | 'credentials'> {
  const given = (key: 'user' | 'password' | 'token'): string | undefined =>
    source[key] === undefined ? undefined : references.resolve(source[key], `data.source.${key}`).trim();
  const token = given('token');
  const named = credentialsIn(url);
  const password = given('password') ?? named.password;
  const user = given('user') ?? named.user;
  if (password !== undefined) references.hide(password);
  if (token !== undefined && password !== undefined) {
    throw new ConfigurationError(
      'data.source has a password and a token; Trino takes one of them: leave the other out',
    );
  }
  if (password !== undefined && (user === undefined || user.includes(':'))) {
    throw new ConfigurationError(
      user === undefined
        ? 'data.source has a password, and no user that it is of; write user: ${{ env.CICLO_USER }}, or both into url'
        : `data.source.user is ${quote(user)}; a user with a password has no ":" in the name`,
    );
  }
  const secret =
    token !== undefined
      ? `Bearer ${token}`
      : password !== undefined && user !== undefined
        ? basicAuthorization(user, password)
        : undefined;
  if (secret !== undefined) references.hide(secret.slice(secret.indexOf(' ') + 1));
  const headers = {
    // Of a token, the user is whom it names.
    ...(user === undefined && token !== undefined ? {} : { 'x-trino-user': user ?? defaultUser }),
    'x-trino-source': 'ciclo',
    'x-trino-time-zone': 'UTC',
    // Without it Trino would cut times to milliseconds, and say so in the type.
    'x-trino-client-capabilities': 'PARAMETRIC_DATETIME',
    ...(source.catalog === undefined ? {} : { 'x-trino-catalog': source.catalog }),
    ...(source.schema === undefined ? {} : { 'x-trino-schema': source.schema }),
    ...(secret === undefined ? {} : { authorization: secret }),
  };
  checkHeaders(headers);
  const credentials = token !== undefined ? 'token' : password !== undefined ? 'password' : 'none';
  return { headers, credentials };
}

const keys: Readonly<Record<string, string>> = {
  'x-trino-user': 'data.source.user',
  'x-trino-catalog': 'data.source.catalog',
  'x-trino-schema': 'data.source.schema',
  authorization: 'data.source.token',
};

function checkHeaders(headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) {
    if (/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value)) continue;
    throw new ConfigurationError(
      `${keys[name]} cannot be sent: it goes in a header of HTTP, which has letters, digits and signs of ASCII only`,
    );
  }
}
