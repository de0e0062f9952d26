import { defaults, GitHub, getOctokitOptions } from '@actions/github/lib/utils';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import type { Clock } from '../../platform/clock.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/logger.ts';
import { cicloVersion } from '../../platform/version.ts';
import { createWritePace } from './write-pace.ts';

/** Octokit with everything that is said below. */
export type GitHubClient = InstanceType<typeof GitHub>;

/** How long GitHub is waited for. */
export interface GitHubWaits {
  /** Milliseconds for one request and its whole answer. */
  readonly timeout: number;
  /** Milliseconds for a file of a release, up or down, with all repetitions. */
  readonly transfer: number;
  /** How often a request that may be repeated is, after a server's error or a broken connection. */
  readonly retries: number;
  /** Milliseconds before the first repetition; 4 and 9 times as long before the second and the third. */
  readonly backoff: number;
  /** How often a rate limit is waited for. */
  readonly rateLimits: number;
  /** Longest wait for a rate limit, in seconds; a longer one is an error that says when to try again. */
  readonly longestRateLimit: number;
}

export const usualWaits: GitHubWaits = {
  timeout: 30_000,
  transfer: 600_000,
  retries: 3,
  backoff: 1000,
  rateLimits: 3,
  longestRateLimit: 120,
};

export interface GitHubClientOptions {
  readonly token: string;
  /** Without a slash at its end: `https://api.github.com`, `https://github.example/api/v3`. */
  readonly apiUrl: string;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly waits: GitHubWaits;
}

/** The version of the API that is requested, so that later changes of GitHub's do not reach us unnoticed. */
const apiVersion = '2022-11-28';

/** Errors that say the same the next time; rate limits (429) are the throttling's. */
const final = [400, 401, 403, 404, 410, 422, 429, 451];

/** @throws ConfigurationError when the token cannot be one, without showing it. */
export function createGitHubClient(options: GitHubClientOptions): GitHubClient {
  const { token, apiUrl, logger, clock, waits } = options;
  if (!/^[\x21-\x7e]+$/.test(token)) {
    const why = token === '' ? 'is empty' : 'holds blanks, line breaks or other characters that no token has';
    throw new ConfigurationError(`github-token ${why}; pass \${{ github.token }}`);
  }
  const log = logTo(logger);
  const client = new (GitHub.plugin(retry, throttling))(
    getOctokitOptions(token, {
      baseUrl: apiUrl,
      userAgent: `ciclo/${cicloVersion}`,
      log,
      request: { fetch: wholeAnswers(fetchFor(apiUrl), waits.timeout), log },
      retry: { doNotRetry: final, retries: waits.retries, retryAfterBaseValue: waits.backoff },
      throttle: throttleOptions({ logger, clock, waits }),
    }),
  );
  client.hook.before('request', (request) => {
    request.headers['x-github-api-version'] = apiVersion;
    // A copy, since Octokit hands the same object to every request and the plugins count in it. A broken connection may
    // have created what is posted: the caller looks before it tries again, or says that repeating is harmless. That is not
    // said by a number of retries, with which the plugin would send again at once what was refused for good.
    const once = request.method === 'POST' && request.request?.repeatable !== true;
    request.request = { ...(once ? { retries: 0 } : {}), ...request.request };
  });
  return client;
}

type RateLimitHandler = (
  seconds: number,
  request: object,
  octokit: unknown,
  count: number,
) => Promise<boolean>;

/** Rate limits are waited for by the clock, a limited number of times and not too long. */
function throttleOptions({ logger, clock, waits }: Pick<GitHubClientOptions, 'logger' | 'clock' | 'waits'>): {
  readonly onRateLimit: RateLimitHandler;
  readonly onSecondaryRateLimit: RateLimitHandler;
} {
  const onRateLimit: RateLimitHandler = async (seconds, _request, _octokit, count) => {
    if (count >= waits.rateLimits || seconds > waits.longestRateLimit) return false;
    logger.info(`GitHub limits how often this token may ask: waiting ${seconds} s`);
    await clock.sleep(seconds * 1000);
    return true;
  };
  const handlers = { onRateLimit, onSecondaryRateLimit: onRateLimit, retryAfterBaseValue: 0 };
  return Object.assign(handlers, createWritePace(clock));
}

function logTo(logger: Logger): Record<'debug' | 'info' | 'warn' | 'error', (message: string) => void> {
  const warn = (message: string): void => logger.warn(message);
  return {
    debug: (message) => logger.debug(message),
    info: (message) => logger.debug(message),
    warn,
    error: warn,
  };
}

/** The toolkit's own fetch knows the runner's proxy, which it chose for the runner's API. */
function fetchFor(apiUrl: string): typeof fetch {
  return apiUrl === defaults.baseUrl ? (defaults.request?.fetch ?? fetch) : fetch;
}

/** Statuses whose answers have no body. */
const bodiless = new Set([204, 205, 304]);

/**
 * Each attempt has its own time, unless the request brings one. The answer is read whole: Octokit takes one that breaks
 * off for an empty one, here it is a broken connection.
 */
function wholeAnswers(inner: typeof fetch, timeout: number): typeof fetch {
  return async (input, init) => {
    const signal = init?.signal ?? AbortSignal.timeout(timeout);
    const response = await inner(input, { ...init, signal });
    const body = await response.arrayBuffer();
    const { status, statusText } = response;
    const headers = isLimited(response, body) ? limitHeaders(response.headers) : response.headers;
    const whole = new Response(bodiless.has(status) ? null : body, {
      status,
      statusText,
      headers: [...headers],
    });
    // The pages of a list are found from it.
    return Object.defineProperty(whole, 'url', { value: response.url });
  };
}

/** A refusal that says when to ask again, and not in the words that the throttling plugin knows it by. */
function isLimited({ status, headers }: Response, body: ArrayBuffer): boolean {
  if ((status !== 403 && status !== 429) || !headers.has('retry-after')) return false;
  return !/\bsecondary rate\b/i.test(new TextDecoder().decode(body));
}

/** The same as a primary limit, which the plugin waits for. */
function limitHeaders(headers: Headers): Headers {
  const seconds = Number(headers.get('retry-after')) || 60;
  const limited = new Headers(headers);
  limited.set('x-ratelimit-remaining', '0');
  // The plugin counts from the machine's clock, and waits a second longer.
  limited.set('x-ratelimit-reset', String(Math.floor(Date.now() / 1000) + seconds - 1));
  return limited;
}
