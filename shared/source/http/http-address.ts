import type { HttpSourceConfig } from '../../config/sections/sources/http-source.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import type { EnvironmentReferences } from '../remote/environment-reference.ts';
import { basicAuthorization, credentialsIn } from '../remote/url-credentials.ts';
import { withoutUser } from './http-client.ts';

/** Where the first page is, and the header that user and password of the address are sent by: requests have none in them. */
export function addressOf(
  source: HttpSourceConfig,
  references: EnvironmentReferences,
): { readonly url: URL; readonly authorization: string | undefined } {
  const text = references.resolveAddress(source.url, 'data.source.url');
  if (!URL.canParse(text))
    throw new ConfigurationError('data.source.url is not an address once its variables are in');
  const given = new URL(text);
  const { user = '', password = '' } = credentialsIn(given);
  const asked = user === '' && password === '' ? undefined : basicAuthorization(user, password);
  hideParts(given, source.url, references);
  const url = withoutUser(given);
  if (asked !== undefined) references.hide(asked.replace('Basic ', ''));
  for (const [name, value] of Object.entries(source.query)) {
    url.searchParams.set(name, references.resolve(String(value), `data.source.query.${name}`));
  }
  return { url, authorization: asked };
}

/** Texts shorter than this are words and numbers that messages need. */
const shortestKey = 8;

/** What of an address does not stand in ciclo.yml may be a secret, also a part of it: a server may quote it by itself. */
function hideParts(url: URL, written: string, references: EnvironmentReferences): void {
  const { user = '', password = '' } = credentialsIn(url);
  for (const secret of [url.password, password]) references.hide(secret);
  for (const key of [url.username, user, ...url.searchParams.values(), ...url.pathname.split('/')]) {
    if (key.length >= shortestKey && !written.includes(key)) references.hide(key);
  }
}
