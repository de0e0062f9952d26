import { ConfigurationError, quote } from '../../platform/errors.ts';
import { certificateFailure } from '../remote/certificate-failure.ts';
import { Setback, setbackOf, Tries } from '../remote/tries.ts';
import type { ObjectCredentials, ObjectRole, SourcePorts } from '../types.ts';
import { domainOf } from './object-address.ts';
import { type RawAnswer, RawHttp } from './raw-http.ts';
import { textOf } from './xml-values.ts';

/** A role, and what shows that this run may take it on. */
export interface WebIdentity {
  /** Its ARN. */
  readonly role: string;
  /** What logs of the account call this run. */
  readonly session: string;
  /** Where the role is taken on; default AWS's service in the region of the bucket. */
  readonly endpoint?: string | undefined;
  /** A token of the run's identity (OIDC), for one use. */
  token(): Promise<string>;
  /** Told each secret before it is used. */
  hide(secret: string): void;
}

const timeout = 30;
const retries = 4;
const validSeconds = 3600;
/** Credentials that expire within this many milliseconds are renewed. */
const margin = 300_000;

/**
 * The credentials of a role that a run takes on by its identity, renewed before they expire: nothing is stored anywhere.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export function roleOf(identity: WebIdentity, ports: Pick<SourcePorts, 'clock' | 'logger'>): ObjectRole {
  const sessions = new Map<string, Promise<Session>>();
  const begin = (region: string): Promise<Session> => {
    const session = takeOn(identity, region, ports);
    sessions.set(region, session);
    return session;
  };
  return async (region, expired) => {
    const current = sessions.get(region);
    if (current) {
      const { credentials, expires } = await current;
      const isOld = credentials.accessKeyId === expired?.accessKeyId;
      if (!isOld && expires - margin > ports.clock.now()) return credentials;
      // Of several that notice, the first one renews.
      if (sessions.get(region) === current) sessions.delete(region);
    }
    return (await (sessions.get(region) ?? begin(region))).credentials;
  };
}

interface Session {
  readonly credentials: ObjectCredentials;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

async function takeOn(
  identity: WebIdentity,
  region: string,
  ports: Pick<SourcePorts, 'clock' | 'logger'>,
): Promise<Session> {
  const url = new URL(identity.endpoint ?? `https://sts.${region}.${domainOf(region)}`);
  const token = await identity.token();
  identity.hide(token);
  const body = new URLSearchParams({
    Action: 'AssumeRoleWithWebIdentity',
    Version: '2011-06-15',
    RoleArn: identity.role,
    RoleSessionName: identity.session,
    DurationSeconds: String(validSeconds),
    WebIdentityToken: token,
  }).toString();
  const { status, bytes } = await posted(url, body, `taking on ${identity.role} (${url.host})`, ports);
  const xml = bytes.toString('utf8');
  if (status !== 200) throw refusal(identity.role, url.host, status, xml);
  return sessionOf(xml, identity, url.host);
}

async function posted(
  url: URL,
  body: string,
  called: string,
  ports: Pick<SourcePorts, 'clock' | 'logger'>,
): Promise<RawAnswer> {
  const http = new RawHttp();
  const tries = new Tries({ retries, advice: 'run again later', redact: (text) => text }, ports);
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  try {
    return await tries.until(called, async () => {
      try {
        const answer = await http.send({ url, headers, timeout, body });
        return answer.status === 429 || answer.status >= 500 ? new Setback(String(answer.status)) : answer;
      } catch (error) {
        const told = certificateFailure(error, url.host);
        if (told) throw told;
        return setbackOf(error, timeout);
      }
    });
  } finally {
    http.close();
  }
}

function sessionOf(xml: string, { role, hide }: WebIdentity, host: string): Session {
  const [accessKeyId, secretAccessKey, sessionToken] = ['AccessKeyId', 'SecretAccessKey', 'SessionToken'].map(
    (name) => textOf(xml, name),
  );
  const expires = Date.parse(textOf(xml, 'Expiration') ?? '');
  if (!accessKeyId || !secretAccessKey || !sessionToken || Number.isNaN(expires)) {
    throw new ConfigurationError(
      `aws-role: ${host} answered no credentials for ${quote(role)}; does sts-endpoint name a service that speaks as AWS's STS does?`,
    );
  }
  for (const secret of [accessKeyId, secretAccessKey, sessionToken]) hide(secret);
  return { credentials: { accessKeyId, secretAccessKey, sessionToken }, expires };
}

const meanings: Readonly<Record<string, string>> = {
  AccessDenied:
    'its trust policy does not let this run take it on: it must allow sts:AssumeRoleWithWebIdentity to token.actions.githubusercontent.com, with the aud and the sub that GitHub gives this run (repo:owner/name:…)',
  InvalidIdentityToken:
    'its account does not know who GitHub is: it needs the identity provider token.actions.githubusercontent.com',
  ExpiredTokenException: 'the token of this run came too late; run again',
  IDPCommunicationError: 'it could not reach GitHub to check the token; run again',
  ValidationError: 'it is not the ARN of a role',
};

function refusal(role: string, host: string, status: number, xml: string): ConfigurationError {
  const code = textOf(xml, 'Code') ?? '';
  const said = textOf(xml, 'Message') ?? '';
  const meaning = meanings[code] ?? 'check the inputs aws-role and sts-endpoint';
  return new ConfigurationError(
    `aws-role: the role ${quote(role)} cannot be taken on: ${host} answered ${status}${code === '' ? '' : ` ${code}`}: ${meaning}` +
      (said === '' ? '' : ` (${quote(said)})`),
  );
}
