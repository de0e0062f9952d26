import { ConfigurationError, quote } from '../../platform/errors.ts';

/** What a storage said when it refused: the codes are AWS's, which others use too. */
export interface Refusal {
  readonly status: number;
  /** `NoSuchKey`, `AccessDenied` …; empty when it gave none. */
  readonly code: string;
  readonly message: string;
  /** Where the bucket is, when it is elsewhere. */
  readonly region?: string | undefined;
}

/** A request that was refused for good. */
export class ObjectRefusal extends ConfigurationError {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** What a request was about, for messages. */
export interface Asked {
  /** `s3://bucket/key`. */
  readonly address: string;
  readonly bucket: string;
  readonly host: string;
  readonly region: string;
  /** Where the credentials come from: variables, or the role; empty when there are none. */
  readonly credentials: string;
}

const expired = new Set(['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired', 'RequestExpired']);
const wrongKeys = new Set(['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'InvalidToken', 'InvalidSecurity']);
const elsewhere = new Set(['PermanentRedirect', 'TemporaryRedirect', 'AuthorizationHeaderMalformed']);

/** Whether a refusal says no more than that the credentials were good once. */
export function hasExpired({ code }: Pick<ObjectRefusal, 'code'>): boolean {
  return expired.has(code);
}

/** The error for what a storage refused, with what to look at. */
export function refusalOf(refusal: Refusal, asked: Asked): ObjectRefusal {
  const { status, code, message } = refusal;
  const said = `${asked.host} answered ${status}${code === '' ? '' : ` ${code}`}`;
  return new ObjectRefusal(code, `${asked.address}: ${said}: ${meaningOf(refusal, asked)}${quoted(message)}`);
}

function quoted(message: string): string {
  return message === '' ? '' : ` (${quote(message)})`;
}

function meaningOf({ status, code, region }: Refusal, asked: Asked): string {
  if (region !== undefined && region !== asked.region && (elsewhere.has(code) || status === 301)) {
    return `the bucket ${quote(asked.bucket)} is in another region; write data: { source: { storage: { region: ${region} } } }`;
  }
  if (code === 'NoSuchBucket') {
    return `there is no bucket ${quote(asked.bucket)}; check data.source.path, and region and endpoint in data.source.storage`;
  }
  if (code === 'NoSuchKey' || status === 404) return 'there is no such object; check data.source.path';
  if (expired.has(code)) {
    return `the credentials have expired: ${asked.credentials} ${renewal(asked)}`;
  }
  if (wrongKeys.has(code)) {
    return `it does not accept the credentials; check the value of ${asked.credentials}`;
  }
  if (code === 'RequestTimeTooSkewed')
    return 'the clock of this machine is wrong by more than it allows; set it';
  if (code === 'InvalidObjectState') {
    return 'the object is archived and cannot be read; restore it first, or leave it out of data.source.path';
  }
  if (elsewhere.has(code) || (status >= 300 && status < 400)) {
    return 'it wants to be asked elsewhere; check region and endpoint in data.source.storage';
  }
  if (status === 401 || status === 403) return deniedTo(asked);
  return 'check data.source.path and data.source.storage';
}

function renewal({ credentials }: Asked): string {
  return credentials.includes('CICLO_')
    ? 'must be set again; in a workflow the input aws-role takes on a role in each run'
    : 'is taken on again by a new run';
}

function deniedTo({ credentials }: Asked): string {
  return credentials === ''
    ? 'it refuses access, and no credentials were sent (anonymous: true in data.source.storage)'
    : `it refuses access: ${credentials} must be allowed s3:GetObject on the objects and s3:ListBucket on the bucket; ` +
        'who may not list it is refused where an object does not exist, too';
}

/** The error for an object that is no longer what was found. @param address `s3://bucket/key`. @param code why it is known. */
export function changedObject(address: string, code = ''): ConfigurationError {
  const now = code === 'NoSuchKey' ? 'it is gone' : 'it is not the version with which reading began';
  return new ConfigurationError(
    `${address} changed while it was read: ${now}; read it when nothing writes to it, or let each write be a new object`,
  );
}
