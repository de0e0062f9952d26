/** Which run and which job a runtime token stands for, by the ids of the results service. */
export interface BackendIds {
  readonly run: string;
  readonly job: string;
}

/**
 * A token as the runner gives it to node actions in ACTIONS_RUNTIME_TOKEN: a JWT whose claim `scp` holds the ids. Its
 * signature is checked by the service alone, and this service does not.
 */
export function formatRuntimeToken({ run, job }: BackendIds): string {
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { scp: `Actions.GenericRead:00000000 Actions.Results:${run}:${job}`, iss: 'test', nbf: 0 };
  return `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}.${encode('signature')}`;
}

/** The ids of a request's `Authorization`; undefined when it holds no runtime token. */
export function parseRuntimeToken(authorization: string | undefined): BackendIds | undefined {
  const claims = /^Bearer [\w-]+\.([\w-]+)\.[\w-]+$/.exec(authorization ?? '')?.[1];
  if (claims === undefined) return undefined;
  const { scp } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { scp?: string };
  const scope = /(?:^| )Actions\.Results:([\w-]+):([\w-]+)(?: |$)/.exec(scp ?? '');
  return scope ? { run: scope[1]!, job: scope[2]! } : undefined;
}
