import type { Clock } from '../../platform/clock.ts';
import { messageOf, quote } from '../../platform/errors.ts';
import {
  AlreadyExistsError,
  ForgeError,
  MissingPermissionError,
  RateLimitedError,
} from '../ports/forge-error.ts';

/** What was attempted, for an error's message. */
export interface Attempt {
  /** `commenting on pull request 12` */
  readonly doing: string;
  /** What it takes, as a workflow writes it. */
  readonly permission: `${string}: ${'read' | 'write'}`;
}

/** The parts of Octokit's errors that are read; what it throws is not ours to trust. */
interface Failure {
  readonly status?: number;
  /** Of a query of GraphQL's that was answered, with 200, by what is wrong with it. */
  readonly errors?: unknown;
  readonly response?: {
    readonly headers?: Readonly<Record<string, string | undefined>>;
    readonly data?: { readonly message?: unknown; readonly errors?: unknown };
  };
}

/** Seconds to wait when GitHub does not say, as it advises. */
const unsaidWait = 60;

/**
 * What Octokit threw, as an error of the port's. Neither it nor its cause shows the token.
 *
 * @throws the error itself when it came from neither Octokit nor the network: a bug.
 */
export function toForgeError(error: unknown, attempt: Attempt, clock: Clock): ForgeError {
  if (error instanceof ForgeError) return error;
  const options = { cause: error };
  const { status, response, errors } = error as Failure;
  if (status === undefined && Array.isArray(errors)) return refusedQuery(errors, attempt, options);
  if (status === undefined) throw error;
  if (!response)
    return new ForgeError(`${attempt.doing}: no answer from GitHub: ${messageOf(error)}`, undefined, options);
  const message = answerOf(response);
  const seconds = rateLimit(status, response, clock);
  if (seconds !== undefined) return rateLimited({ attempt, status, seconds, clock }, options);
  if (status === 401) {
    const remedy = 'is github-token the right one, and has it not expired?';
    return new ForgeError(
      `${attempt.doing}: GitHub does not know the token (401, ${quote(message)}); ${remedy}`,
      401,
      options,
    );
  }
  if (status === 422 && /already[ _]exists/i.test(message)) {
    return new AlreadyExistsError(`${attempt.doing}: GitHub answered 422: ${message}`, options);
  }
  const lacking = permissionLacking(status, message);
  if (lacking) return missingPermission(attempt, lacking, options);
  return new ForgeError(`${attempt.doing}: GitHub answered ${status}: ${message}`, status, options);
}

function refusedQuery(
  errors: readonly { readonly message?: unknown }[],
  attempt: Attempt,
  options: ErrorOptions,
): ForgeError {
  const message = answerOf({ data: { message: errors.map((error) => error?.message).join('; ') } });
  const lacking = permissionLacking(403, message);
  if (lacking) return missingPermission(attempt, lacking, options);
  return new ForgeError(`${attempt.doing}: GitHub answered: ${message}`, 200, options);
}

/** What GitHub says, in one line; the body of a failing proxy may be a whole page. */
function answerOf({ data }: NonNullable<Failure['response']>): string {
  const said = typeof data?.message === 'string' ? data.message : String(data ?? '');
  const errors = data?.errors === undefined ? '' : ` ${JSON.stringify(data.errors)}`;
  const line = `${said}${errors}`.replace(/\s+/g, ' ').trim();
  return line.length > 500 ? `${line.slice(0, 497)}...` : line || 'nothing';
}

function rateLimit(
  status: number,
  { headers = {}, data }: NonNullable<Failure['response']>,
  clock: Clock,
): number | undefined {
  if (status !== 403 && status !== 429) return undefined;
  if (headers['x-ratelimit-remaining'] === '0') {
    return Math.max(0, Math.ceil(Number(headers['x-ratelimit-reset']) - clock.now() / 1000));
  }
  const said = typeof data?.message === 'string' && /\bsecondary rate\b/i.test(data.message);
  return status === 429 || said || headers['retry-after']
    ? Number(headers['retry-after']) || unsaidWait
    : undefined;
}

function rateLimited(
  limit: {
    readonly attempt: Attempt;
    readonly status: number;
    readonly seconds: number;
    readonly clock: Clock;
  },
  options: ErrorOptions,
): RateLimitedError {
  const { attempt, status, seconds, clock } = limit;
  const retryAt = clock.now() + seconds * 1000;
  const when = new Date(retryAt).toISOString().replace(/\.\d+Z$/, 'Z');
  const message = `${attempt.doing}: GitHub limits how often this token may ask; try again in ${seconds} s, after ${when}`;
  return new RateLimitedError(message, { status, retryAt }, options);
}

/** Why a permission is missing: the token's rights, or that it is not an app's. */
function permissionLacking(status: number, message: string): 'rights' | 'app' | undefined {
  if (status !== 403 && status !== 404) return undefined;
  if (/must authenticate via a GitHub App/i.test(message)) return 'app';
  return /Resource not accessible by/i.test(message) ? 'rights' : undefined;
}

function missingPermission(
  { doing, permission }: Attempt,
  lacking: 'rights' | 'app',
  options: ErrorOptions,
): MissingPermissionError {
  const remedy =
    lacking === 'app'
      ? "only an app may do it, not a person's token; pass ${{ github.token }}, and add to the job's permissions:"
      : "the token may not do it; add to the job's permissions:";
  const fork = permission.endsWith('write')
    ? '\n(for a pull request from a fork the token is read-only, whatever the workflow says)'
    : '';
  return new MissingPermissionError(`${doing}: ${remedy}\n  ${permission}${fork}`, permission, options);
}
