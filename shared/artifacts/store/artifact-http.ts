import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigurationError, messageOf } from '../../platform/errors.ts';

/** Where a repository's API answers, and who asks. */
export interface ApiAccess {
  /** `https://api.github.com` */
  readonly apiUrl: string;
  /** With the permission `actions: read`. */
  readonly token: string;
  /** `owner/name` */
  readonly repository: string;
  /** Milliseconds to wait before the second attempt, and twice as long before the third. Default 1,000. */
  readonly pause?: number;
}

const attempts = 3;
/** Milliseconds. An answer that has not begun by then will not come. */
const answerTimeout = 30_000;
/** A server that asks for a longer pause is not waited for. Milliseconds. */
const longestPause = 60_000;

/** An answer, or its absence, after which another attempt may do. */
export class PassingError extends Error {
  override name = 'PassingError';
  /** What the server asks to wait. Milliseconds. */
  readonly pause: number | undefined;

  constructor(message: string, options: ErrorOptions & { readonly pause?: number | undefined } = {}) {
    super(message, options);
    this.pause = options.pause;
  }
}

/**
 * Does something up to three times, as long as it ends with a {@link PassingError}.
 *
 * @throws what the work threw, when it is not a {@link PassingError} or was the last try.
 */
export async function withRetries<T>({ pause = 1000 }: ApiAccess, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof PassingError) || attempt === attempts) throw error;
      const wait = error.pause ?? pause * 2 ** (attempt - 1);
      if (wait > longestPause) throw error;
      await sleep(wait);
    }
  }
}

/**
 * One GET of the API, with the token. Redirections are answers: the token is only for this host.
 *
 * @param what is asked for, for messages: `the artifacts of run 7`.
 * @throws PassingError when it is worth another attempt, ConfigurationError when the token may not.
 */
export async function getFromApi(access: ApiAccess, path: string, what: string): Promise<Response> {
  const response = await answered(what, `${access.apiUrl}/repos/${access.repository}/${path}`, {
    redirect: 'manual',
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${access.token}`,
      'user-agent': 'ciclo',
      'x-github-api-version': '2022-11-28',
    },
  });
  if (response.status < 400) return response;
  await response.body?.cancel();
  throw refusal(response, what, access.repository);
}

/** One GET without any token, of an address that is its own permission. @throws PassingError */
export async function getSigned(url: URL, what: string): Promise<Response> {
  const response = await answered(what, url, { redirect: 'error', headers: { 'user-agent': 'ciclo' } });
  if (response.ok) return response;
  await response.body?.cancel();
  throw new PassingError(`cannot download ${what}: the blob store answered ${response.status}`);
}

async function answered(what: string, url: string | URL, init: RequestInit): Promise<Response> {
  // The time-out is for the head of the answer: whoever reads its body has a limit of bytes, and a time-out of its own.
  const controller = new AbortController();
  const timer = setTimeout(
    () => controller.abort(new Error(`no answer within ${answerTimeout} ms`)),
    answerTimeout,
  );
  try {
    return await fetch(url, { ...init, signal: controller.signal });
  } catch (error) {
    const cause = error instanceof Error && error.cause ? `: ${messageOf(error.cause)}` : '';
    throw new PassingError(`cannot read ${what}: ${messageOf(error)}${cause}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

function refusal({ status, headers }: Response, what: string, repository: string): Error {
  const pause = pauseOf(headers);
  if (status >= 500 || status === 429 || pause !== undefined) {
    const limit = pause === undefined ? '' : ' (its rate limit is used up)';
    return new PassingError(`cannot read ${what}: GitHub answered ${status}${limit}`, { pause });
  }
  if (status === 401 || status === 403 || status === 404) {
    return new ConfigurationError(
      `cannot read ${what} in ${repository}: GitHub answered ${status}: it is gone, or the token may not see it: give the job permissions: actions: read`,
    );
  }
  if (status === 410)
    return new ConfigurationError(`cannot read ${what}: it has expired: run the workflow again`);
  return new Error(`cannot read ${what}: GitHub answered ${status}`);
}

/** What GitHub asks to wait, in milliseconds. The primary limit ends within the hour, for which nobody waits here. */
function pauseOf(headers: Headers): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  if (Number.isFinite(seconds)) return seconds * 1000;
  return headers.get('x-ratelimit-remaining') === '0' ? Number.POSITIVE_INFINITY : undefined;
}
